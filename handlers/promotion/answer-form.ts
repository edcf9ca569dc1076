import { fieldHash } from '../../cards/form-params.ts';
import { findOpenDraftOf, type StoredDraft } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { type Store, storesInCity } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { FormValue } from '../../src/bot/update.ts';
import { looksLikeSameShop, type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Draft, KnownStore } from '../../src/flow/draft.ts';
import { answer, askSameShop, typeCode } from '../../src/flow/engine.ts';
import { gone, saveDraft, showDraft, tappedDraft } from './current-draft.ts';
import { formNamed, partNamed } from './place-name.ts';
import { identityOf } from './store-limits.ts';

const SHOPS_COMPARED = 200;
const SHOPS_ASKED = 3;

/** A form was sent: saved field by field, or it comes back as typed with the mistake on top (design 4). */
export async function answerForm(ctx: TapContext): Promise<void> {
  const stored = await tappedDraft(ctx);
  if (stored === undefined) return gone(ctx);
  const { extra } = ctx.update.params;
  const part = partNamed(extra.form);
  const form = formNamed(extra.form);
  const values = changedValues(ctx);
  if (part?.kind === 'typeCode') {
    const { draft } = typeCode(stored.draft, part.spot, ctx.update.params.form?.code ?? '');
    await saveDraft(ctx, stored, draft);
  } else if (form !== undefined) {
    const { draft } = answer(stored.draft, { ...form, values });
    if (form.step === 'store' && draft.answers.store !== stored.draft.answers.store)
      return await storeSaved(ctx, stored, draft);
    await saveDraft(ctx, stored, draft);
  }
  await showDraft(ctx, stored.draftId);
}

/** What the person changed: a field that still equals what was drawn is no answer. */
function changedValues(ctx: TapContext): Record<string, FormValue> {
  const { form = {}, base = {} } = ctx.update.params;
  return Object.fromEntries(Object.entries(form).filter(([field, value]) => base[field] !== fieldHash(value)));
}

/** The shop has a name and an address now: it may be known, and only one open draft is for it (A.12-10). */
async function storeSaved(ctx: TapContext, stored: StoredDraft, draft: Draft): Promise<void> {
  const identity = identityOf(draft);
  const key = storeKey(identity);
  const other = await findOpenDraftOf(stored.userId, stored.product, key, ctx.tx);
  const isSecond = other !== undefined && other.draftId !== stored.draftId;
  const asked = askSameShop(draft, await similarShops(ctx, draft, identity));
  await saveDraft(ctx, stored, asked, { storeKey: isSecond ? `${key}|${stored.draftId}` : key });
  await showDraft(ctx, isSecond && stored.draft.photos.length === 0 ? other.draftId : stored.draftId);
}

async function similarShops(ctx: TapContext, draft: Draft, identity: StoreIdentity): Promise<readonly KnownStore[]> {
  const isoId = ctx.person.isoId ?? '';
  const city = String(draft.answers.store?.city ?? '');
  const near = await storesInCity(isoId, city, SHOPS_COMPARED, ctx.tx);
  const alike = near.filter((store) => looksLikeSameShop(identity, store)).slice(0, SHOPS_ASKED);
  const known: KnownStore[] = [];
  for (const store of alike) known.push(await knownStore(ctx, store));
  return known;
}

/** A shop as it is asked about: `Baan Coffee, Silom Rd 12, promoted 3 May by Lek`. */
async function knownStore(ctx: TapContext, store: Store): Promise<KnownStore> {
  const by = await findPerson(store.createdBy, ctx.tx);
  const { storeId, nameLocal, address, createdAt } = store;
  return { storeId, name: nameLocal, address, by: by?.name ?? '', at: createdAt };
}
