import { begunAfter, type History, heldAt } from '../domain/since.ts';
import { slotOf, stepsOf } from './definition.ts';
import type { Aim, Draft, Slot } from './draft.ts';
import { photoIn, sameSlot } from './lookup.ts';
import { placeOf } from './place.ts';
import { slotAt } from './screens.ts';

/** Photos sent together arrive so far apart at most: the check of the first may be done before the last is there. */
const BURST_MS = 10_000;

/** What a photo is meant for that is sent while this draft asks what it asks now. */
export function aimOf(draft: Draft): Aim {
  const place = placeOf(draft);
  if (place.kind === 'summary' || place.kind === 'change') return {};
  if (place.kind === 'payments') return { step: place.step, payment: draft.payments?.photoOf };
  const aim: Aim = place.spot === undefined ? { step: place.step } : { step: place.step, spot: place.spot };
  if (place.kind === 'question' && place.question.kind === 'weakPhoto') {
    return { ...aim, replaces: [place.question.slot] };
  }
  if (place.kind !== 'photo' || !place.reopened || place.codeWanted) return aim;
  const step = stepsOf(draft).find(({ id }) => id === place.step);
  const slots = place.wanted.map((name) => slotAt(name, place.spot));
  const meant = slots.filter((slot) => photoIn(draft, slot) || !(step && slotOf(step, slot.name)?.required));
  return meant.length > 0 ? { ...aim, replaces: meant } : aim;
}

/**
 * What a photo is meant for that was sent at `at`, by what was asked since when. Where a person has gone on since, it is `past`: what is
 * asked now was not asked for. A draft of which nothing is known but its present asks what it asked then; so does one that asks something
 * else now than it was seen to ask last, since another programme or order of work is applied and not the person has gone on.
 */
export function aimAt(draft: Draft, asked: History<Aim>, at: number): Aim {
  const now = aimOf(draft);
  const last = asked.at(-1);
  if (last === undefined || !sameAim(last.value ?? {}, now)) return now;
  const then = heldAt(asked, at)?.value ?? {};
  if (sameAim(then, now)) return now;
  const since = begunAfter(asked, at);
  const inOneBurst =
    heldAt(asked, at) !== undefined && since.every((one) => one.byItself && one.since <= at + BURST_MS);
  return inOneBurst ? then : { ...then, past: true };
}

export function sameAim(one: Aim, other: Aim): boolean {
  if (one.step !== other.step || one.spot !== other.spot || one.payment !== other.payment) return false;
  return sameSlots(one.replaces ?? [], other.replaces ?? []);
}

function sameSlots(some: readonly Slot[], others: readonly Slot[]): boolean {
  return some.length === others.length && some.every((slot) => others.some((other) => sameSlot(slot, other)));
}
