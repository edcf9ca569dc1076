import { type CardSend, drop, giveBack, type JobRun, NOBODY, Outbox } from './outbox.ts';

const LOOK_AGAIN_MS = 50;

/**
 * Gives a claim back while the card that it folds is under way: a chat keeps the order in which things happened. One that only waits
 * is not sent any more.
 */
export async function waitsForFolded(
  claim: CardSend,
  { now, machine }: { now: number; machine: number },
): Promise<boolean> {
  for (let fold = claim.folds; fold !== undefined; ) {
    const before = await Outbox.get(fold.outTrackId, { only: ['intent', 'state', 'leaseUntil', 'folds'] });
    if (before === undefined || before.state === 'SENT') return false;
    if (before.leaseUntil > machine) {
      await giveBack(
        claim,
        { set: { ...NOBODY, dueAt: now + LOOK_AGAIN_MS }, inc: { tries: -1, attempts: -1 } },
        { attempted: false },
      );
      return true;
    }
    if (before.state === 'PENDING') {
      const { intent } = before;
      await Outbox.update({ intent, state: 'PENDING', leaseUntil: { $lte: machine } }, drop('overtaken'));
    }
    // of one that was overtaken, what it would have folded may be under way
    fold = before.folds;
  }
  return false;
}

/**
 * Gives a claim back while an earlier job of the same series is under way: what that did is not in sight before it has ended. Of two that
 * were taken at the same moment one waits.
 */
export async function waitsForSeries(
  claim: JobRun,
  { now, machine }: { now: number; machine: number },
): Promise<boolean> {
  const { intent, series } = claim;
  if (series === undefined) return false;
  const underWay = { series, intent: { $ne: intent }, leaseUntil: { $gt: machine } } as const;
  const others = await Outbox.find(
    { ...underWay, state: { $in: ['PENDING', 'DROPPED'] } },
    { only: ['intent', 'state'] },
  );
  if (!others.some((other) => other.state === 'DROPPED' || other.intent < intent)) return false;
  await giveBack(
    claim,
    { set: { ...NOBODY, dueAt: now + LOOK_AGAIN_MS }, inc: { tries: -1, attempts: -1 } },
    { attempted: false },
  );
  return true;
}
