import type { CardLine } from '../../models/cards.ts';
import { changeDraft, findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findItem } from '../../models/items.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import type { Draft, Outcome } from '../../src/flow/draft.ts';
import { showMenu } from '../menu/menu.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { showItem } from '../review/item-at-hand.ts';
import { isBeingModified } from '../review/item-model.ts';
import { withCodesLookedUp } from './used-elsewhere.ts';

export function subjectOf(draftId: string): { kind: 'draft'; id: string } {
  return { kind: 'draft', id: draftId };
}

/** The draft that a tapped card is about, if it is this person's and open: what it puts right waits for it still. */
export async function tappedDraft(ctx: TapContext): Promise<StoredDraft | undefined> {
  const { subject } = ctx.update.params;
  const stored = subject?.kind === 'draft' ? await findDraft(subject.id, ctx.tx) : undefined;
  return stored?.userId === ctx.person.userId && (await isOpen(ctx, stored)) ? stored : undefined;
}

/** `tappedDraft` for what is done to promotions only, not to what puts something right. */
export async function tappedPromotion(ctx: TapContext): Promise<StoredDraft | undefined> {
  const stored = await tappedDraft(ctx);
  return stored?.draft.modifies === undefined ? stored : undefined;
}

async function isOpen(ctx: Context, { state, draft }: StoredDraft): Promise<boolean> {
  if (state !== 'OPEN' || draft.modifies === undefined) return state === 'OPEN';
  return isBeingModified(await findItem(draft.modifies.itemRef, ctx.tx), draft.modifies, ctx.now);
}

/** The open draft that a message is for: the one worked on, or the only one there is. */
export async function draftInHand(ctx: Context): Promise<StoredDraft | undefined> {
  const { inHand, userId } = ctx.person;
  const stored = inHand?.kind === 'draft' ? await findDraft(inHand.id, ctx.tx) : undefined;
  if (stored !== undefined && (await isOpen(ctx, stored))) return stored;
  const [only, ...others] = await openDraftsOf(userId, ctx.tx);
  return others.length === 0 && only !== undefined && (await isOpen(ctx, only)) ? only : undefined;
}

/** Stores a changed draft, with the codes in it looked up; the same draft is left alone. */
export async function saveDraft(
  ctx: Context,
  stored: StoredDraft,
  draft: Draft,
  more: { storeKey?: string | undefined; nextPhoto?: number | undefined } = {},
): Promise<StoredDraft> {
  const looked = await withCodesLookedUp(ctx, draft);
  if (looked === stored.draft && Object.keys(more).length === 0) return stored;
  return await changeDraft(stored, { draft: looked, ...more, updatedAt: ctx.now }, ctx.tx);
}

/** The draft is what the person works on now, and their working card shows where they stand in it. */
export async function showDraft(ctx: Context, draftId: string, line?: CardLine): Promise<void> {
  const subject = subjectOf(draftId);
  await takeInHand(ctx, subject);
  ctx.show({ view: 'promotion', subject, ...(line !== undefined && { line }) });
}

type Change = (draft: Draft, ctx: TapContext) => Outcome | undefined;

/** A tap that changes the draft by a function of the flow, and shows where that leads. An answer: never refused for age. */
export function answering(change: Change): (ctx: TapContext) => Promise<void> {
  return (ctx) => applied(ctx, change, false);
}

/** Like `answering`, for a command: from a card drawn from an older version nothing changes, it is redrawn (domain A.12-20). */
export function commanding(change: Change): (ctx: TapContext) => Promise<void> {
  return (ctx) => applied(ctx, change, true);
}

async function applied(ctx: TapContext, change: Change, isCommand: boolean): Promise<void> {
  const stored = await tappedDraft(ctx);
  if (stored === undefined) return gone(ctx);
  if (isCommand && ctx.update.params.version !== stored.version) return await showChanged(ctx, stored);
  const outcome = change(stored.draft, ctx);
  if (outcome !== undefined) await saveDraft(ctx, stored, outcome.draft);
  await showDraft(ctx, stored.draftId);
}

/** A command from a card that was drawn from an older version: nothing is done, and the card says why. */
export function showChanged(ctx: TapContext, stored: StoredDraft): Promise<void> {
  return showDraft(ctx, stored.draftId, { key: 'line.changed' });
}

/** The draft is submitted, discarded, or not this person's: the menu, with one line. What was put right shows how it stands. */
export async function gone(ctx: TapContext): Promise<void> {
  const { subject } = ctx.update.params;
  const stored = subject?.kind === 'draft' ? await findDraft(subject.id, ctx.tx) : undefined;
  const isOwn = stored?.userId === ctx.person.userId;
  const itemRef = stored?.draft.modifies?.itemRef;
  if (isOwn && itemRef !== undefined) return showItem(ctx, { itemRef }, { key: 'line.gone' });
  const submitted = isOwn && stored.state === 'SUBMITTED';
  showMenu(ctx, { key: submitted ? 'line.frozen' : 'line.gone' });
}
