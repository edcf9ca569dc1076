import { present } from '@field/kit/present';
import type { CardLine } from '../../models/cards.ts';
import { changeDraft, findDraft, paymentsNow, type StoredDraft } from '../../models/drafts.ts';
import { findItem } from '../../models/items.ts';
import { actedAt, type Context, type MessageContext, type TapContext } from '../../src/bot/context.ts';
import type { Refusal, SubjectHandler, TapSubject, VersionedSubject } from '../../src/bot/tap-subject.ts';
import { changedTo, type History } from '../../src/domain/since.ts';
import type { Aim, Draft, Outcome } from '../../src/flow/draft.ts';
import { aimAt, aimOf, sameAim } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { sameSubject, setCurrentWork, workAt } from '../photos/current-work.ts';
import type { Asking } from '../photos/photo-work.ts';
import { showItem } from '../review/item-at-hand.ts';
import { isBeingModified } from '../review/item-model.ts';
import { holdSite, saysAnotherShop } from './sites.ts';
import { withCodesLookedUp } from './used-elsewhere.ts';

export function subjectOf(draftId: string): { kind: 'draft'; id: string } {
  return { kind: 'draft', id: draftId };
}

/** The draft that a tapped card is about, whatever it is for: what it puts right waits for it still. */
export const OWN_DRAFT: VersionedSubject<StoredDraft> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'draft' ? await findDraft(subject.id, tx) : undefined;
  },
  mayUse: ({ userId }, stored) => stored.ownerId === userId,
  isOpen,
  versionOf: ({ version }) => version,
  refuse: showRefused,
};

/** `OWN_DRAFT` for what is done to promotions only, not to what puts something right. */
export const OWN_PROMOTION: VersionedSubject<StoredDraft> = {
  ...OWN_DRAFT,
  isOpen: async (ctx, stored) => stored.draft.modifies === undefined && (await isOpen(ctx, stored)),
};

/** One of the drafts that the menu lists. */
export const LISTED_DRAFT: TapSubject<StoredDraft> = {
  async load({ update, tx }) {
    const { draft } = update.params.extra;
    return draft === undefined ? undefined : await findDraft(draft, tx);
  },
  mayUse: OWN_DRAFT.mayUse,
  isOpen: (_ctx, { state }) => state === 'OPEN',
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

export async function isOpen({ now, tx }: Asking, { state, draft }: StoredDraft): Promise<boolean> {
  if (state !== 'OPEN' || draft.modifies === undefined) return state === 'OPEN';
  return isBeingModified(await findItem(draft.modifies.itemRef, tx), draft.modifies, now);
}

/** The open draft that is worked on. */
export async function currentDraft(ctx: Context): Promise<StoredDraft | undefined> {
  const { currentWork } = ctx.person;
  const stored = currentWork?.kind === 'draft' ? await findDraft(currentWork.id, ctx.tx) : undefined;
  return stored !== undefined && (await isOpen(ctx, stored)) ? stored : undefined;
}

/** Whether the person has gone on, to other work or in this one, since they wrote what comes now: it answered something else. */
export function wentOnSince({ person, update }: MessageContext, { draftId, draft, asked = [] }: StoredDraft): boolean {
  if (!sameSubject(workAt(person, update.at), subjectOf(draftId))) return true;
  return !sameAim(aimAt(draft, asked, update.at), aimOf(draft));
}

/** What may be stored with a changed draft; what is undefined stays as it is. */
type Beside = {
  readonly [Key in 'storeKey' | 'nextPhoto' | 'verification' | 'verifiedBefore']?: StoredDraft[Key] | undefined;
};

/** Stores a changed draft, with the codes in it looked up and the site of its shop held; the same draft is left alone. */
export async function saveDraft(
  ctx: Context,
  stored: StoredDraft,
  draft: Draft,
  more: Beside = {},
): Promise<StoredDraft> {
  const coded = await withCodesLookedUp({ tx: ctx.tx, isoId: stored.isoId }, draft);
  const looked = await paymentsNow(stored, coded, present(more));
  if (looked === stored.draft && Object.keys(more).length === 0) return stored;
  const asked = askedSince(ctx, stored, looked);
  const site = saysAnotherShop(stored.draft, looked) ? await holdSite(ctx, stored, looked) : undefined;
  const siteId = site?.siteId ?? stored.siteId;
  return await changeDraft(stored, { draft: looked, ...more, asked, siteId, updatedAt: ctx.now }, ctx.tx);
}

/** What was asked since when, with what the changed draft asks. */
function askedSince(ctx: Context, { draft, asked = [] }: StoredDraft, changed: Draft): History<Aim> {
  const [before, value] = [aimOf(draft), aimOf(changed)];
  if (sameAim(asked.at(-1)?.value ?? before, value)) return asked;
  const byItself = ctx.update.kind === 'verdict';
  return changedTo(asked, { before, value, at: actedAt(ctx), now: ctx.dingTalkNow, byItself });
}

/** The draft is what the person works on now, and their working card shows where they stand in it. */
export async function showDraft(ctx: Context, draftId: string, line?: CardLine): Promise<void> {
  const subject = subjectOf(draftId);
  await setCurrentWork(ctx, subject);
  ctx.show({ view: 'promotion', subject, line });
}

/** What a tap does to the draft; undefined where it means nothing there. */
export type Change = (draft: Draft, ctx: TapContext) => Outcome | undefined;

/** Changes the draft by a function of the flow, and shows where that leads. */
export function changing(change: Change): SubjectHandler<StoredDraft> {
  return async (ctx, stored) => {
    const outcome = change(stored.draft, ctx);
    if (outcome !== undefined) await saveDraft(ctx, stored, outcome.draft);
    await showDraft(ctx, stored.draftId);
  };
}

async function showRefused(ctx: TapContext, refusal: Refusal<StoredDraft>): Promise<void> {
  switch (refusal.why) {
    case 'stale':
      return await showDraft(ctx, refusal.subject.draftId, { key: 'line.changed' });
    case 'over':
      return showOver(ctx, refusal.subject);
    default:
      showMenu(ctx, { key: 'line.gone' });
  }
}

/** The draft is submitted or discarded: the menu, with one line. What was put right shows how it stands. */
export function showOver(ctx: TapContext, { draft, state }: StoredDraft): void {
  const itemRef = draft.modifies?.itemRef;
  if (itemRef !== undefined) showItem(ctx, { itemRef }, { key: 'line.gone' });
  else showMenu(ctx, { key: state === 'SUBMITTED' ? 'line.frozen' : 'line.gone' });
}
