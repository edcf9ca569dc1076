import type { StoredDraft } from '../../models/drafts.ts';
import { spotCountOfStore } from '../../models/spots.ts';
import { findStoreByKey } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import { DEFAULT_LIMITS, type PolicyLimits } from '../../src/domain/policy.ts';
import { type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { countryOf } from '../../src/flow/form.ts';

/** What the form says the shop is. */
export function identityOf(draft: Draft): StoreIdentity {
  const { nameLocal, address } = draft.answers.store ?? {};
  return { countryRegion: countryOf(draft), nameLocal: String(nameLocal ?? ''), address: String(address ?? '') };
}

/** domain A.12-12: spots of earlier promotions of the same product in the same store count, whoever promoted it. */
export async function limitsFor({ draft, isoId, product }: StoredDraft, tx?: Transaction): Promise<PolicyLimits> {
  // what is put right is among the spots already
  if (draft.modifies !== undefined) return DEFAULT_LIMITS;
  const storeId = draft.storeId ?? (await findStoreByKey(isoId, storeKey(identityOf(draft)), tx))?.storeId;
  const spotsAlreadyInStore = storeId === undefined ? 0 : await spotCountOfStore(storeId, product, tx);
  return { ...DEFAULT_LIMITS, spotsAlreadyInStore };
}
