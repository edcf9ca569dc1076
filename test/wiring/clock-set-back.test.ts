import { beforeEach, describe, expect, it } from 'vitest';
import { beginAnswer } from '../../models/card-answers.ts';
import { claimStaleCard, finishPut } from '../../models/card-puts.ts';
import { addCard, cardWasDelivered } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { holdLane } from '../../models/lanes.ts';
import { holdLease } from '../../models/leases.ts';
import { addToOutbox, claimSend, dueSends } from '../../models/outbox.ts';
import { changePerson, meetPerson, peopleWithMoves } from '../../models/people.ts';
import { claimPicture, reservePictures } from '../../models/pictures.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { watchSetBack } from '../../src/wiring/clock-set-back.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

const TEN_MINUTES_MS = 600_000;

/** A card and a move that are to come in so long by this clock. */
async function isPutOff(name: string, inMs: number, clock: StillClock): Promise<void> {
  const dueAt = clock.now() + inMs;
  await inTransaction(async (tx) => {
    await addToOutbox({ intent: name, outTrackId: name, priority: 'answer', dueAt, callClass: 'own' }, tx);
    await meetPerson(name, name, tx);
    await changePerson(name, { move: { dueAt, since: clock.now(), id: name, photos: 0 } }, tx);
  });
}

/** A card that shows something else than it should. */
async function isStale(outTrackId: string): Promise<void> {
  const subject = { kind: 'person', id: 'nok' } as const;
  await inTransaction(async (tx) => {
    await addCard({ outTrackId, kind: 'record', view: 'help', subject, viewer: 'nok', line: undefined, at: 0 }, tx);
    await cardWasDelivered(outTrackId, undefined, false, tx);
  });
}

async function claimEither(worker: string, machine: number) {
  return (await claimStaleCard(worker, machine)) ?? (await claimStaleCard(worker, machine, 'abandoned'));
}

describe.each(servers())('on the $name store', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('what was put off by a clock that is set back then waits no longer for that, what comes later still does', async () => {
    const clock = new StillClock();
    const { log, text } = logLines('info');
    const { look } = watchSetBack({ clock, log });
    await isPutOff('soon', 2_000, clock);
    await isPutOff('tomorrow', 24 * 3_600_000, clock);
    const before = await dueSends(clock.now(), clock.machine());

    clock.moveTo(clock.now() + 1_000);
    await look();
    expect(await dueSends(clock.now(), clock.machine())).toEqual(before);

    clock.isSet(-TEN_MINUTES_MS);
    await look();
    expect((await dueSends(clock.now(), clock.machine())).count).toBe(1);
    const moves = new Map((await peopleWithMoves()).map(({ userId, dueAt }) => [userId, dueAt - clock.now()]));
    expect(moves.get('soon')).toBe(0);
    expect(moves.get('tomorrow')).toBeGreaterThan(23 * 3_600_000);
    expect(text()).toContain('clock.setBack');
  });

  it('a clock that is set on and back between two looks puts nothing off either', async () => {
    const clock = new StillClock();
    const { look } = watchSetBack({ clock, log: logLines('info').log });
    await look();
    clock.isSet(TEN_MINUTES_MS);
    await isPutOff('soon', 2_000, clock);
    clock.isSet(-TEN_MINUTES_MS);
    await look();
    expect((await dueSends(clock.now(), clock.machine())).count).toBe(1);
  });

  it('what was taken by such a clock, and not given back, is free a minute later; what is under way is not before', async () => {
    const clock = new StillClock();
    const { now, machine } = { now: () => clock.now(), machine: () => clock.machine() };
    const { look } = watchSetBack({ clock, log: logLines('info').log });
    await isPutOff('send', 0, clock);
    await isStale('card');
    const about = { kind: 'draft', id: 'shop' } as const;
    const picture = { pictureId: 'one', userId: 'nok', isoId: 'iso', seq: 1, sentAt: 1, about, downloadCode: 'code' };
    await inTransaction((tx) => reservePictures([picture], tx));
    /** What is free for this worker. */
    const takes = async (worker: string): Promise<boolean[]> => [
      (await claimSend(worker, now(), machine())) !== undefined,
      (await claimEither(worker, machine())) !== undefined,
      (await claimPicture(worker, now(), machine())) !== undefined,
      await holdLane('nok', worker, machine()),
      await holdLease('hand-over', worker, machine(), 60_000),
    ];
    expect(await takes('before')).toEqual([true, true, true, true, true]);
    clock.isSet(-TEN_MINUTES_MS);
    await look();
    expect(await takes('at once')).toEqual([false, false, false, false, false]);
    clock.skip(61_000);
    clock.isSet(61_000);
    expect(await takes('a minute later')).toEqual([true, true, true, true, true]);
  });

  it('an answer that such a clock had begun makes nobody draw its card again and again', async () => {
    const clock = new StillClock();
    const { look } = watchSetBack({ clock, log: logLines('info').log });
    await isStale('card');
    await beginAnswer('card', { id: 'tap', at: clock.machine(), until: clock.machine() + 3_000 });
    clock.isSet(-TEN_MINUTES_MS);
    await look();
    const put = await claimStaleCard('worker', clock.machine());
    if (put === undefined) throw new Error('it is not drawn');
    await finishPut(put, { version: put.card.wanted, hash: 'drawn' }, false);
    expect(await claimStaleCard('worker', clock.machine())).toBeUndefined();
  });

  it('nor does what a process put off by it that ended before it was set right, once another goes on', async () => {
    const [ahead, right] = [new StillClock(), new StillClock()];
    ahead.isSet(TEN_MINUTES_MS - 60_000);
    await isPutOff('soon', 2_000, ahead);
    await isStale('card');
    await beginAnswer('card', { id: 'tap', at: ahead.machine(), until: ahead.machine() + 3_000 });
    expect((await dueSends(right.now(), right.machine())).count).toBe(0);
    expect(await claimStaleCard('worker', right.machine())).toBeUndefined();

    const { look, processEnded } = watchSetBack({ clock: right, log: logLines('info').log });
    await look();
    expect((await dueSends(right.now(), right.machine())).count).toBe(1);
    expect((await peopleWithMoves()).map(({ dueAt }) => dueAt - right.now())).toEqual([0]);
    expect(await claimStaleCard('worker', right.machine())).toBeDefined();

    await isPutOff('later', 2_000, ahead);
    await look();
    expect((await dueSends(right.now(), right.machine())).count).toBe(1);
    processEnded();
    await look();
    expect((await dueSends(right.now(), right.machine())).count).toBe(2);
  });

  it('also where another one ends while what the one before it left is looked through', async () => {
    const [ahead, right] = [new StillClock(), new StillClock()];
    ahead.isSet(TEN_MINUTES_MS - 60_000);
    let endsMeanwhile: () => void = () => undefined;
    const machine = right.machine.bind(right);
    right.machine = () => {
      endsMeanwhile();
      return machine();
    };
    const { look, processEnded } = watchSetBack({ clock: right, log: logLines('info').log });
    endsMeanwhile = processEnded;
    await look();
    endsMeanwhile = () => undefined;
    await isPutOff('soon', 2_000, ahead);
    await look();
    expect((await dueSends(right.now(), right.machine())).count).toBe(1);
  });
});
