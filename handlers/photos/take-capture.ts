import { present } from '@field/kit/present';
import { capturedSource } from '../../models/captures.ts';
import { changePerson } from '../../models/people.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { isShutOut } from '../../src/domain/person-state.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { sameSubject } from './current-work.ts';
import { namedShop } from './named-shop.ts';
import { workNamed } from './photo-subjects.ts';
import type { PhotoTarget, Taken } from './photo-target.ts';
import { sayBelow } from './say-below.ts';
import { IN_THE_CHAT, type Quiet, takeFor } from './take-photos.ts';
import { photoTargetOf } from './targets.ts';

/**
 * Whoever stands in a shop with the page open takes the next within that, and what is on its way from a phone arrives: one move for all of it.
 * A page that could not say that it was left, and a phone that is gone in the midst of it, are not waited for longer.
 */
const NEXT_COMES_MS = 60_000;

/**
 * Something was taken on the page beside the chat: it goes into the work and the place that it was taken for, whatever is in hand by now, by
 * the moment at which it was taken.
 */
export async function takeCapture(ctx: EventContext<'capture.taken'>): Promise<void> {
  const { at } = ctx.update;
  const { kind, hash, work: named, slot } = ctx.update.facts;
  if (isShutOut(ctx.person.state)) return;
  const work = workNamed(`${named.kind}:${named.id}`);
  if (kind !== 'photo') return await takeAnswer(ctx);
  const photo = { photoId: `capture:${hash}`, at, slot, source: capturedSource(hash) };
  await takeFor(ctx, work, { at, photos: [photo], quiet: () => quietFor(ctx, work) });
}

/** A code, or a form that was filled in. */
async function takeAnswer(ctx: EventContext<'capture.taken'>): Promise<void> {
  const { at } = ctx.update;
  const { work: named, kind } = ctx.update.facts;
  const work = workNamed(`${named.kind}:${named.id}`);
  const target = work && photoTargetOf(work.kind);
  const found = work && (await target?.find(ctx, work.id, at));
  if (work === undefined || target === undefined || found === undefined) return;
  const { shop, named: isNamed } = namedShop(found.shop);
  const taken = found.ended === undefined ? await answered(ctx, target, work.id) : undefined;
  if (taken === undefined) {
    const args = { what: kind, shop, named: isNamed, how: found.ended ?? 'over' };
    return sayBelow(ctx, { key: 'line.answerTooLate', args });
  }
  const { view, subject, line } = taken.content;
  const isInHand = sameSubject(subject, ctx.person.currentWork);
  // what somebody may be typing in the chat stays before them
  const evenForm = taken.evenForm || ctx.person.move?.evenForm === true;
  if (!isInHand || (kind === 'form' && ctx.card?.formOpen === true && !evenForm)) return ctx.touch(subject);
  ctx.moveBelow({ ...(await quietFor(ctx, subject)), evenForm, photos: 0, shop, line, content: { view, subject } });
}

async function answered(
  ctx: EventContext<'capture.taken'>,
  target: PhotoTarget,
  workId: string,
): Promise<Taken | undefined> {
  const { at } = ctx.update;
  const { kind, slot, code = '', typed: isTyped = false, values = {} } = ctx.update.facts;
  if (kind === 'code') return await target.scanned(ctx, workId, { slot, code, isTyped, at });
  return await target.filledIn(ctx, workId, { slot, values, at });
}

/**
 * Nobody looks at the chat while the page asks for more, or while more of it is under way; its being left brings the card at once. What was
 * taken before that and comes afterwards, from a worker or as the page went, is waited for by nobody but the others of it.
 */
async function quietFor(ctx: EventContext<'capture.taken'>, work: Subject | undefined): Promise<Quiet> {
  const { more, unseen } = ctx.update.facts;
  if (more === true) return { afterMs: NEXT_COMES_MS };
  if (unseen === true || ctx.update.at <= (ctx.person.leftPageAt ?? 0)) return IN_THE_CHAT;
  const target = work && photoTargetOf(work.kind);
  if (work === undefined || target === undefined) return IN_THE_CHAT;
  const [asks, forms] = [await target.asks(ctx, work.id), await target.forms(ctx, work.id)];
  const asksMore = forms.length > 0 || asks.some(({ have, checking, most }) => have + checking < most);
  return asksMore ? { afterMs: NEXT_COMES_MS } : IN_THE_CHAT;
}

/** The page was left: whoever looks at the chat again sees where they stand. */
export async function leaveCapture(ctx: EventContext<'capture.left'>): Promise<void> {
  const { move, userId } = ctx.person;
  if (isShutOut(ctx.person.state)) return;
  const hastened = move && { ...move, dueAt: Math.min(move.dueAt, ctx.now) };
  ctx.person = await changePerson(userId, { leftPageAt: ctx.update.at, ...present({ move: hastened }) }, ctx.tx);
}
