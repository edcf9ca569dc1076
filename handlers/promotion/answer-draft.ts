import type { CardLine } from '../../models/cards.ts';
import { changeDraft, findOpenDraftOf, type StoredDraft } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { findStore, findStoreByKey, type Store, shopIdOf, storesInCity } from '../../models/stores.ts';
import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import { readTyped } from '../../src/domain/code.ts';
import { looksLikeSameShop, type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Draft, KnownStore } from '../../src/flow/draft.ts';
import {
  answer,
  askSameShop,
  type FormInput,
  formKey,
  isFormOvertaken,
  placeOf,
  sameStore,
  typeCode,
  useStore,
} from '../../src/flow/engine.ts';
import { answerAs, storeStepOf } from '../../src/flow/roles.ts';
import type { VerifiedBefore } from '../../src/inspection/promotion-payments.ts';
import { changedValues } from '../changed-values.ts';
import { currentDraft, saveDraft, showDraft, wentOnSince } from './current-draft.ts';
import { shopName } from './job.ts';
import { knownFacts } from './known-facts.ts';
import { formNamed, partNamed } from './place-name.ts';
import { identityOf } from './store-limits.ts';
import { withCodesLookedUp } from './used-elsewhere.ts';

const SHOPS_COMPARED = 200;
const SHOPS_ASKED = 3;

/** The draft that goes on after a form was sent, and what is said of that. */
interface GoesOn {
  readonly draftId: string;
  readonly line?: CardLine | undefined;
}

/** A form was sent: saved field by field, or it comes back as typed with the mistake on top (architecture 4). */
export async function answerForm(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const { extra } = ctx.update.params;
  const part = partNamed(extra.form);
  const form = formNamed(extra.form);
  if (form !== undefined) {
    const { draftId, line } = await formAnswered(ctx, stored, {
      ...form,
      values: changedValues(ctx),
      at: ctx.update.at,
    });
    return await showDraft(ctx, draftId, line);
  }
  if (part?.kind === 'typeCode') {
    const { draft } = typeCode(stored.draft, part.spot, ctx.update.params.form?.code ?? '', ctx.update.at);
    await saveDraft(ctx, stored, draft);
  }
  await showDraft(ctx, stored.draftId);
}

/** Takes what was filled in, on a card or on the page beside the chat. */
export async function formAnswered(ctx: Context, stored: StoredDraft, form: FormInput): Promise<GoesOn> {
  const { draft } = answer(stored.draft, form);
  const step = storeStepOf(draft);
  const isNewShop = draft.modifies === undefined && form.step === step;
  if (isNewShop && draft.answers[step] !== stored.draft.answers[step])
    return await storeSaved(ctx, stored, draft, form.at);
  await saveDraft(ctx, stored, draft);
  return stored;
}

/** The shop has a name and an address now: it may be known, and only one open draft is for it (domain A.12-10). */
async function storeSaved(ctx: Context, stored: StoredDraft, draft: Draft, at: number | undefined): Promise<GoesOn> {
  const identity = identityOf(draft);
  const key = storeKey(identity);
  const { ownerId, product } = stored;
  const [open, similar, verifiedBefore] = await readAll(
    async () => (ownerId === undefined ? undefined : await findOpenDraftOf(ownerId, product, key, ctx.tx)),
    () => similarShops(ctx, stored.isoId, draft, identity),
    () => verifiedIn(ctx, stored.isoId, draft, key),
    () => withCodesLookedUp({ tx: ctx.tx, isoId: stored.isoId }, draft),
  );
  const other = open?.draftId === stored.draftId ? undefined : open;
  const hasPhotos = stored.draft.photos.length + stored.verification.photos.length > 0;
  if (other !== undefined && !hasPhotos) return await goOnWith(ctx, { other, stored, draft, at });
  const asked = askSameShop(draft, similar);
  // photos that were sent for it cannot move to the other draft: rather two drafts than a lost photo
  const ownKey = other === undefined ? key : `${key}|${stored.draftId}`;
  await saveDraft(ctx, stored, asked, { storeKey: ownKey, verifiedBefore });
  return stored;
}

/** When payments were verified in the shop that was chosen, or that is known by this name and address. */
async function verifiedIn(ctx: Context, isoId: string, { storeId }: Draft, key: string): Promise<VerifiedBefore> {
  const store = storeId === undefined ? await findStoreByKey(isoId, key, ctx.tx) : await findStore(storeId, ctx.tx);
  return verifiedAs(store, ctx.now);
}

function verifiedAs(store: Store | undefined, lookedUpAt: number): VerifiedBefore {
  return { at: store?.verifiedAt ?? 0, lookedUpAt };
}

/** `Same shop`: it is that one, with what is known of its payments. */
export async function sayingSameShop(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const { store: storeId = '' } = ctx.update.params.extra;
  const { draft } = sameStore(stored.draft, storeId);
  const store = draft === stored.draft ? undefined : await findStore(storeId, ctx.tx);
  const known = store?.isoId === stored.isoId ? { verifiedBefore: verifiedAs(store, ctx.now) } : {};
  await saveDraft(ctx, stored, draft, known);
  await showDraft(ctx, stored.draftId);
}

/** The shop was begun before: that draft goes on, with what the form has just said, and the new one ends. */
async function goOnWith(
  ctx: Context,
  { other, stored, draft, at }: { other: StoredDraft; stored: StoredDraft; draft: Draft; at: number | undefined },
): Promise<GoesOn> {
  const step = storeStepOf(draft);
  const values = draft.answers[step] ?? {};
  await saveDraft(ctx, other, answer(other.draft, { step, part: 'main', values, at }).draft);
  await changeDraft(stored, { state: 'DISCARDED', goesOnAs: other.draftId, updatedAt: ctx.now }, ctx.tx);
  return { draftId: other.draftId, line: { key: 'line.begunBefore', args: { shop: shopName(draft) } } };
}

async function similarShops(
  ctx: Context,
  isoId: string,
  draft: Draft,
  identity: StoreIdentity,
): Promise<readonly KnownStore[]> {
  const city = String(answerAs(draft, 'storeCity') ?? '');
  const near = await storesInCity(isoId, city, SHOPS_COMPARED, ctx.tx);
  const alike = near.filter((store) => looksLikeSameShop(identity, store)).slice(0, SHOPS_ASKED);
  return await readAll(...alike.map((store) => () => knownStore(ctx, store)));
}

/** A shop as it is asked about: `Baan Coffee, Silom Rd 12, promoted 3 May by Lek`. */
async function knownStore(ctx: Context, store: Store): Promise<KnownStore> {
  const by = await findPerson(store.createdBy, ctx.tx);
  const { storeId, nameLocal, address, createdAt } = store;
  return { storeId, name: nameLocal, address, by: by?.name ?? '', at: createdAt };
}

/** A known shop was tapped: its facts stand in the forms; the consent is asked afresh (policy P2). */
export async function chooseStore(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const { store: storeId } = ctx.update.params.extra;
  const store = storeId === undefined ? undefined : await findStore(storeId, ctx.tx);
  const form = formKey({ step: storeStepOf(stored.draft), part: 'main' });
  if (isFormOvertaken(stored.draft, form, ctx.update.at))
    return await showDraft(ctx, stored.draftId, { key: 'line.changed' });
  if (store !== undefined && store.isoId === ctx.person.isoId) {
    const facts = await knownFacts(stored.draft, store, ctx);
    await saveDraft(ctx, stored, useStore(stored.draft, shopIdOf(store), facts).draft, {
      verifiedBefore: verifiedAs(store, ctx.now),
    });
  }
  await showDraft(ctx, stored.draftId);
}

/** A text: the code of the spot where one is asked for; answers false where it has no meaning here. */
export async function takeText(ctx: MessageContext): Promise<boolean> {
  const stored = ctx.card?.view === 'promotion' ? await currentDraft(ctx) : undefined;
  if (stored === undefined || wentOnSince(ctx, stored)) return false;
  const place = placeOf(stored.draft);
  const typed = ctx.update.content.text ?? '';
  const reads = (): boolean => readTyped(typed, stored.draft.flow.codes).kind === 'ours';
  const wanted = place.kind === 'typeCode' || (place.kind === 'photo' && place.codeWanted && reads());
  if (!wanted || place.spot === undefined) return false;
  await saveDraft(ctx, stored, typeCode(stored.draft, place.spot, typed, ctx.update.at).draft);
  await showDraft(ctx, stored.draftId);
  return true;
}

/** What stands beside photos: the code that is asked for; anything else is not used, which is said where nothing else is. */
export async function takeCaption(ctx: MessageContext): Promise<void> {
  if (await takeText(ctx)) return;
  const { move } = ctx.effects;
  if (move !== undefined && move.line === undefined) ctx.moveBelow({ ...move, line: { key: 'line.captionUnused' } });
}
