import { type Card, type CardChange, type CardLine, Cards, type Shown, updateFor } from './cards.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A tap that is being answered, by `machine()`: when it came, and how long its answer may be on its way to the phone. */
export interface AnsweredTap {
  readonly id: string;
  readonly at: number;
  readonly until: number;
  /** The tap answered the form that the card shows. */
  readonly ofForm?: boolean | undefined;
}

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
  const { answering, putting, flight, ...card } = mustHaveMatched(
    await Cards.change(
      { outTrackId },
      {
        set: { ...wanted?.set, quietUntil: tap.until, stale: true, waitsFor: null },
        inc: { ...wanted?.inc, flight: 1, round: tap.ofForm ? 1 : undefined },
        push: { answering: { id: tap.id, until: tap.until } },
      },
      { also: ['answering', 'putting', 'flight'], tx },
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
export async function finishAnswer(
  answer: AnswerInFlight,
  shown: Shown | undefined,
  formOpen: boolean | undefined,
  redrawAt?: number,
): Promise<{ needsPut: boolean }> {
  const { outTrackId, flight } = answer;
  const pull = { answering: { id: answer.id } };
  if (shown !== undefined && !answer.crossed) {
    const filter = { outTrackId, flight, putting: { $exists: false } };
    const stale = redrawAt !== undefined;
    const fresh = await Cards.update(
      { ...filter, wanted: shown.version },
      { set: { shown, stale, formOpen }, max: { quietUntil: redrawAt ?? 0 }, pull },
    );
    if (fresh.matchedCount === 1) return { needsPut: stale };
    const behind = await Cards.update(filter, { set: { shown, stale: true, formOpen }, pull });
    if (behind.matchedCount === 1) return { needsPut: true };
  }
  await Cards.update({ outTrackId }, { set: { stale: true, formOpen, shown: null }, pull });
  return { needsPut: true };
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
