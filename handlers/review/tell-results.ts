import { answersToTell, changeAppeal } from '../../models/appeals.ts';
import { findPerson } from '../../models/people.ts';
import { keepResultDay } from '../../models/result-days.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type Context, newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import type { Clock } from '../../src/clock.ts';
import type { DataDate } from '../../src/domain/calendar.ts';
import { derivedId, type IdSource } from '../../src/ids.ts';
import { numbersOfDay } from './day-numbers.ts';

export interface ConcernedStaff {
  readonly userId: string;
  readonly isoId: string;
  /** The day whose data has landed. */
  readonly dataDate: DataDate;
}

export interface TellStaffOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The programme's (domain A.12-18). */
  readonly timeZone: string;
  /** Wakes delivery after a commit. */
  readonly poke: () => void;
}

/**
 * Tells a person what the data of a day brought: one card a day, redrawn when another file of that day lands, and one for each
 * appeal that was answered. Told again, nothing is sent a second time (domain A.12-7).
 */
export function createTellStaff(options: TellStaffOptions): (concerned: ConcernedStaff) => Promise<void> {
  const { clock, ids, timeZone, poke } = options;
  return async ({ userId, isoId, dataDate }) => {
    await inTransaction(async (tx) => {
      const person = await findPerson(userId, tx);
      if (person?.isoId !== isoId || person.state !== 'ACTIVE') return;
      const now = clock.now();
      const update = { kind: 'event', type: 'results.landed', at: now, userIds: [userId] } as const;
      const id = derivedId('results', userId, dataDate);
      const ctx = newContext({ update: { ...update, id }, tx, ids, now, person, card: undefined });
      await tellDay(ctx, isoId, dataDate, timeZone);
      await tellAnswers(ctx);
      // the menu says what failed
      ctx.touch({ kind: 'person', id: userId });
      await commitEffects(ctx);
    });
    poke();
  };
}

async function tellDay(ctx: Context, isoId: string, dataDate: DataDate, timeZone: string): Promise<void> {
  const { userId } = ctx.person;
  const numbers = await numbersOfDay(userId, dataDate, timeZone, ctx.tx);
  if (numbers === undefined) return;
  const day = await keepResultDay({ userId, isoId, dataDate, ...numbers }, ctx.tx);
  const subject = { kind: 'resultDay', id: day.resultDayId };
  ctx.touch(subject);
  ctx.send({
    intent: derivedId('resultDay', userId, dataDate),
    ...{ to: userId, kind: 'record', view: 'result-day', subject },
  });
}

async function tellAnswers(ctx: Context): Promise<void> {
  const { userId } = ctx.person;
  for (const appeal of await answersToTell(userId, ctx.tx)) {
    const subject = { kind: 'appeal', id: appeal.appealId };
    await changeAppeal(appeal, { told: true }, ctx.tx);
    ctx.touch(subject);
    ctx.send({
      intent: derivedId('appealAnswer', appeal.appealId),
      ...{ to: userId, kind: 'record', view: 'appeal-answer', subject },
    });
  }
}
