import type { StoredDraft } from '../../models/drafts.ts';
import type { Reads } from '../../models/single-write.ts';
import { spotCountAt } from '../../models/spot-shops.ts';
import { spotCountOfStore } from '../../models/spots.ts';
import type { PolicyLimits } from '../../src/domain/policy.ts';
import { type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { limitsOf } from '../../src/flow/engine.ts';
import { countryOf } from '../../src/flow/form.ts';
import { answerAs } from '../../src/flow/roles.ts';

/** What the form says the shop is. */
export function identityOf(draft: Draft): StoreIdentity {
  const said = (role: 'storeName' | 'storeAddress'): string => String(answerAs(draft, role) ?? '');
  return { countryRegion: countryOf(draft), nameLocal: said('storeName'), address: said('storeAddress') };
}

/** domain A.12-12: spots of earlier promotions of the same product in the same store count, whoever promoted it. */
export async function limitsFor({ draft, isoId, product }: StoredDraft, tx?: Reads): Promise<PolicyLimits> {
  // what is put right is among the spots already
  if (draft.modifies !== undefined) return limitsOf(draft);
  const { storeId } = draft;
  const spotsAlreadyInStore = await (storeId === undefined
    ? spotCountAt({ isoId, normalizedKey: storeKey(identityOf(draft)) }, product, tx)
    : spotCountOfStore(storeId, product, tx));
  return { ...limitsOf(draft), spotsAlreadyInStore };
}
