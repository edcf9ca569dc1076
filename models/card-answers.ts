import { present } from '@field/kit/present';
import { type Card, type CardChange, type CardLine, Cards, nowShows, type Shown, updateFor } from './cards.ts';
import { isInTransaction } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A tap that is being answered, by `machine()`: when it came, and how long its answer may be on its way to the phone. */
export interface AnsweredTap {
  readonly id: string;
  readonly at: number;
  readonly until: number;
  /** The tap answered the form that the card shows. */
  readonly ofForm?: boolean | undefined;
  /** Something is done by it: pushed again it does nothing, until its card was tapped by so many others. */
  readonly applies?: TapsKept | undefined;
  /** Outside of a transaction, what follows from the card as it was read holds only while it is so. */
  readonly seen?: { readonly wanted: number; readonly flight: number } | undefined;
}

/** What is not acked is pushed again after a minute (dingtalk 1.6): how often one person taps one card meanwhile, and a group one of its cards. */
export const TAPS_KEPT = { person: 64, group: 1_024 } as const;
type TapsKept = (typeof TAPS_KEPT)[keyof typeof TAPS_KEPT];

/** A tap's answer that is under way; handed from `beginAnswer` to `finishAnswer`. */
export interface AnswerInFlight {
  readonly outTrackId: string;
  readonly id: string;
  readonly flight: number;
  /** Something else was in flight when the tap came, so the order of the two is not known. */
  readonly crossed: boolean;
}

/**
 * The last write of a tap's transaction: the tapped card as it shall be, no PUT until the tap's `until`, and the answer counted as in flight.
 * Answers the card as it is then, which is what the answer is drawn from.
 */
export async function beginAnswer(
  outTrackId: string,
  tap: AnsweredTap,
  change?: CardChange,
  tx?: Transaction,
): Promise<{ answer: AnswerInFlight; card: Card }> {
  const wanted = change && updateFor(change);
  const seen = tx === undefined || isInTransaction(tx) ? undefined : tap.seen;
  const again = tap.applies && { $ne: tap.id };
  const { answering, putting, flight, ...card } = mustHaveMatched(
    await Cards.change(
      present({ outTrackId, wanted: seen?.wanted, flight: seen?.flight, tapped: again }),
      {
        set: { ...wanted?.set, quietUntil: tap.until, stale: true, waitsFor: null },
        inc: { ...wanted?.inc, flight: 1, round: tap.ofForm ? 1 : undefined },
        push: {
          answering: { id: tap.id, until: tap.until },
          tapped: tap.applies && { $each: [tap.id], $slice: -tap.applies },
        },
      },
      { also: ['answering', 'putting', 'flight'], tx, isLast: true },
    ),
  );
  const others = answering.some(({ id, until }) => id !== tap.id && until > tap.at);
  const crossed = others || (putting !== undefined && putting.until > tap.at);
  return { answer: { outTrackId, id: tap.id, flight, crossed }, card };
}

/**
 * What became of a tap's answer. `shown` is what it carried if it left in time, else undefined: the worker will repair.
 * `redrawAt` (by `machine()`) when something was left out of it that is to come.
 */
export interface AnswerEnd {
  readonly answer: AnswerInFlight;
  readonly shown: Shown | undefined;
  readonly formOpen: boolean | undefined;
  readonly redrawAt?: number | undefined;
}

/** Notes what became of these answers; tells of each whether an update of its card is needed. */
export async function finishAnswers(ends: readonly AnswerEnd[]): Promise<readonly { readonly needsPut: boolean }[]> {
  const [only, second] = ends;
  if (only !== undefined && second === undefined) return [await finishAnswer(only)];
  const { matchedCount } = await Cards.updateEach(ends.map((end) => asFresh(end) ?? asDoubtful(end)));
  // which of them were behind is not told
  const behind = matchedCount < ends.length ? await notNoted(ends) : [];
  return await Promise.all(
    ends.map((end) =>
      behind.includes(end) ? finishAnswer(end) : { needsPut: asFresh(end)?.change.set.stale ?? true },
    ),
  );
}

/** Those that still count as under way. */
async function notNoted(ends: readonly AnswerEnd[]): Promise<readonly AnswerEnd[]> {
  const outTrackId = { $in: ends.map(({ answer }) => answer.outTrackId) };
  const cards = await Cards.find({ outTrackId }, { only: ['outTrackId', 'answering'] });
  const underWay = new Map(cards.map(({ outTrackId, answering }) => [outTrackId, answering.map(({ id }) => id)]));
  return ends.filter(({ answer: { outTrackId, id } }) => underWay.get(outTrackId)?.includes(id));
}

async function finishAnswer(end: AnswerEnd): Promise<{ needsPut: boolean }> {
  const fresh = asFresh(end);
  if (fresh !== undefined) {
    const { filter, change } = fresh;
    if ((await Cards.update(filter, change)).matchedCount === 1) return { needsPut: change.set.stale };
    const { wanted: _, ...unchanged } = filter;
    const { set, pull } = change;
    const behind = await Cards.update(unchanged, { set: { ...set, stale: true }, pull });
    if (behind.matchedCount === 1) return { needsPut: true };
  }
  const { filter, change } = asDoubtful(end);
  await Cards.update(filter, change);
  return { needsPut: true };
}

/** It shows what the answer carried, if nothing else was sent to it and nothing else is wanted by now. */
function asFresh({ answer: { outTrackId, id, flight, crossed }, shown, formOpen, redrawAt }: AnswerEnd) {
  if (shown === undefined || crossed) return undefined;
  const filter = { outTrackId, flight, putting: { $exists: false }, wanted: shown.version };
  const set = { ...nowShows(shown), stale: redrawAt !== undefined, formOpen };
  return { filter, change: { set, max: { quietUntil: redrawAt ?? 0 }, pull: { answering: { id } } } };
}

function asDoubtful({ answer: { outTrackId, id }, formOpen }: AnswerEnd) {
  return {
    filter: { outTrackId },
    change: { set: { stale: true, formOpen, shown: null }, pull: { answering: { id } } },
  };
}

/** What stood on top in an answer alone, and did not get to the phone, stands on the card until its next change. */
export async function keepLine(outTrackId: string, line: CardLine): Promise<void> {
  const live = { outTrackId, kind: { $in: ['working', 'record'] }, folded: { $exists: false } } as const;
  await Cards.update(live, updateFor({ line }));
}

/**
 * An answer that counted as shown may not have arrived: what the card shows is not known, if nothing was sent to it since. Answers
 * whether nothing was.
 */
export async function doubtAnswer({ outTrackId, flight }: AnswerInFlight): Promise<boolean> {
  return (await Cards.update({ outTrackId, flight }, { set: { stale: true, shown: null } })).matchedCount === 1;
}
