import { expect, it } from 'vitest';
import { addToOutbox, pendingSends } from '../../models/outbox.ts';
import { changePerson, meetPerson, peopleWithMoves } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { watchSetBack } from '../../src/wiring/clock-set-back.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

const TEN_MINUTES_MS = 600_000;

useModels(undefined);

/** A card and a move that are to come in so long by this clock. */
async function isPutOff(name: string, inMs: number, clock: StillClock): Promise<void> {
  const dueAt = clock.now() + inMs;
  await inTransaction(async (tx) => {
    await addToOutbox({ intent: name, outTrackId: name, priority: 'answer', dueAt, callClass: 'own' }, tx);
    await meetPerson(name, name, tx);
    await changePerson(name, { move: { dueAt, since: clock.now(), id: name, photos: 0 } }, tx);
  });
}

it('what was put off by a clock that is set back then waits no longer for that, what comes later still does', async () => {
  const clock = new StillClock();
  const { log, text } = logLines('info');
  const look = watchSetBack({ clock, log });
  await isPutOff('soon', 2_000, clock);
  await isPutOff('tomorrow', 24 * 3_600_000, clock);
  const before = await pendingSends();

  clock.moveTo(clock.now() + 1_000);
  await look();
  expect(await pendingSends()).toEqual(before);

  clock.isSet(-TEN_MINUTES_MS);
  await look();
  expect((await pendingSends()).nextAt).toBe(clock.now());
  const moves = new Map((await peopleWithMoves()).map(({ userId, dueAt }) => [userId, dueAt - clock.now()]));
  expect(moves.get('soon')).toBe(0);
  expect(moves.get('tomorrow')).toBeGreaterThan(23 * 3_600_000);
  expect(text()).toContain('clock.setBack');
});
