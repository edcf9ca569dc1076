import type { Clock } from '@field/kit/clock';
import { derivedId, type IdSource } from '@field/kit/ids';
import { type CardLine, findCard } from '../../models/cards.ts';
import { type CardMove, changePerson, findPerson } from '../../models/people.ts';
import { picturesUnderWay } from '../../models/pictures.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { CallBudget } from '../delivery/call-budget.ts';
import type { DingTalkTime } from '../platform/dingtalk-time.ts';
import { type FollowUp, newContext } from './context.ts';
import { commitEffects, leftBehind, showBelow } from './effects.ts';
import type { LaneStep } from './lanes.ts';

/** A burst of pictures moves the card once, this long after the last one (wording rule 1). */
export const BURST_MS = 2_000;
/** An answer that is not ready by then is preceded by "Got it. Checking…" (wording rule 12). */
const CHECKING_MS = 3_000;

/**
 * Moves a person's working card below what they sent, when that is due. A card with an open form stays where it is: one line
 * is sent below it instead (wording rule 2). While pictures are still being checked the move waits for their verdicts, 3 s at most.
 */
export async function moveWhenDue(
  options: { clock: Clock; dingTalkTime: DingTalkTime; ids: IdSource; budget: Pick<CallBudget, 'stops'> },
  userId: string,
  tx: Transaction,
): Promise<LaneStep> {
  const now = options.clock.now();
  const person = await findPerson(userId, tx);
  const move = person?.move;
  if (person === undefined || move === undefined) return { kind: 'empty' };
  if (move.dueAt > now) return { kind: 'later', at: move.dueAt };
  const lastAskedAt = move.dueAt - BURST_MS;
  const checking = person.currentWork === undefined ? 0 : await picturesUnderWay(person.currentWork, tx);
  if (checking > 0 && now < lastAskedAt + CHECKING_MS) return { kind: 'later', at: lastAskedAt + CHECKING_MS };

  const update: FollowUp = { kind: 'move', id: move.id, saidAt: move.saidAt };
  const card = person.workingCard === undefined ? undefined : await findCard(person.workingCard, tx);
  const { ids, dingTalkTime } = options;
  const ctx = newContext({ update, tx, ids, now, dingTalkNow: dingTalkTime.now(), person, card });
  // without a call nothing moves: the card above shows it when it is tapped
  if (card === undefined || options.budget.stops(person) !== undefined) {
    ctx.person = await changePerson(userId, { move: null }, tx);
    return { kind: 'done' };
  }
  if (card.formOpen && move.evenForm !== true) {
    ctx.send({
      intent: derivedId('line', userId, move.id),
      to: userId,
      kind: 'line',
      view: 'line',
      subject: card.subject,
      line: move.belowForm ?? formStaysOpen(move),
    });
    ctx.person = await changePerson(userId, { move: null }, tx);
  } else {
    const content = {
      view: card.view,
      subject: card.subject,
      ...move.content,
      line: move.line,
    };
    // what is still being looked at is not said to be kept
    await showBelow(ctx, content, leftBehind(checking > 0 ? { photos: 0 } : move), `move:${move.id}`);
  }
  await commitEffects(ctx);
  return { kind: 'done' };
}

type Kept = Pick<CardMove, 'photos' | 'shop'>;

function formStaysOpen({ photos, shop = '' }: Kept): CardLine {
  if (photos <= 0) return { key: 'line.finishForm' };
  if (shop === '') return { key: 'line.photosKeptFinishForm', args: { count: photos } };
  return { key: 'line.photosKeptFor', args: { count: photos, shop } };
}
