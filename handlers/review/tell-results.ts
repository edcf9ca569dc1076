import { answersToTell, changeAppeal } from '../../models/appeals.ts';
import { touchCards, touchCardsAbout } from '../../models/cards.ts';
import { findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { keepResultDay } from '../../models/result-days.ts';
import { promotionsOfSpots } from '../../models/spots.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { Clock } from '../../src/clock.ts';
import type { DataDate } from '../../src/domain/calendar.ts';
import { derivedId } from '../../src/ids.ts';
import { numbersOfDay } from './day-numbers.ts';
import { tellFraud } from './fraud.ts';

export interface ConcernedStaff {
  readonly userId: string;
  readonly isoId: string;
  /** The day whose data has landed. */
  readonly dataDate: DataDate;
}

/**
 * Tells a person what the data of a day brought: one card a day, redrawn when another file of that day lands, and one for each
 * appeal that was answered. Told again, nothing is sent a second time (domain A.12-7). `timeZone` is the programme's (A.12-18).
 */
export function createTellStaff(clock: Clock, timeZone: string): (concerned: ConcernedStaff) => Promise<void> {
  return (concerned) =>
    inTransaction(async (tx) => {
      const person = await findPerson(concerned.userId, tx);
      if (person?.isoId !== concerned.isoId || person.state !== 'ACTIVE') return;
      const now = clock.now();
      await tellDay(concerned, timeZone, now, tx);
      await tellAnswers(concerned, now, tx);
      // the menu says what failed
      await touchCards({ kind: 'person', id: concerned.userId }, tx);
    });
}

async function tellDay(concerned: ConcernedStaff, timeZone: string, now: number, tx: Transaction): Promise<void> {
  const { userId, isoId, dataDate } = concerned;
  const numbers = await numbersOfDay(userId, dataDate, timeZone, tx);
  if (numbers === undefined) return;
  const { stores, spots, failed } = numbers;
  const day = await keepResultDay({ userId, isoId, dataDate, stores, spots, failed }, tx);
  const subject = { kind: 'resultDay', id: day.resultDayId };
  await touchCards(subject, tx);
  const intent = derivedId('resultDay', userId, dataDate);
  await sendRecord({ intent, to: userId, kind: 'record', view: 'result-day', subject }, now, tx);
  await tellFraud(day.failed, now, tx);
  await touchCardsAbout('promotion', await promotionsOfSpots(numbers.spotIds, tx), tx);
}

async function tellAnswers({ userId }: ConcernedStaff, now: number, tx: Transaction): Promise<void> {
  for (const appeal of await answersToTell(userId, tx)) {
    const subject = { kind: 'appeal', id: appeal.appealId };
    await changeAppeal(appeal, { told: true }, tx);
    const intent = derivedId('appealAnswer', appeal.appealId);
    await sendRecord({ intent, to: userId, kind: 'record', view: 'appeal-answer', subject }, now, tx);
  }
}
