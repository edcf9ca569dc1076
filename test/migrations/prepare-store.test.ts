import { setTimeout as pause } from 'node:timers/promises';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../../migrations/migration.ts';
import { prepareStore, type StorePreparation } from '../../migrations/prepare-store.ts';
import { readVersion } from '../../migrations/store-version.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { dropLease, freeLeases, holdLease } from '../../models/leases.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';

const clock = new MovableClock();

describe.each(servers())('a store is prepared on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  let ran: string[] = [];
  let events: string[] = [];
  beforeEach(async () => {
    ran = [];
    events = [];
    await database().collection('storeversion').deleteMany({});
    await freeLeases();
  });

  const log = { info: (_: unknown, event?: unknown) => void events.push(String(event)) } as StorePreparation['log'];
  const start = (migrations: readonly Migration[], more: Partial<StorePreparation> = {}) =>
    prepareStore({ clock, ids: systemIds, log, alone: false, migrations, ...more });
  const migration = (id: number, more: Partial<Migration> = {}): Migration => ({
    id,
    name: `number-${id}`,
    readableFrom: 0,
    up: async () => void ran.push(`up ${id}`),
    ...more,
  });
  const history = async (): Promise<readonly number[]> => {
    const row = await database().collection<{ _id: string; done: { id: number }[] }>('storeversion').findOne({});
    return row?.done.map(({ id }) => id) ?? [];
  };

  it('by what it has not seen, in order, each once', async () => {
    await start([migration(1), migration(2)]);
    await start([migration(1), migration(2)]);
    await start([migration(1), migration(2), migration(3, { readableFrom: 2 })]);
    expect(ran).toEqual(['up 1', 'up 2', 'up 3']);
    expect(await readVersion(database())).toEqual({ writtenBy: 3, readableFrom: 2 });
    expect(await history()).toEqual([1, 2, 3]);
  });

  it('from where it was stopped, and what came before is not done again', async () => {
    const seen: (string | undefined)[] = [];
    const broken = migration(2, {
      async up({ checkpoint, reached }) {
        seen.push(checkpoint);
        if (checkpoint === 'b') return;
        await reached(checkpoint === undefined ? 'a' : 'b');
        throw new Error('the power went');
      },
    });
    for (const _ of [1, 2]) await expect(start([migration(1), broken, migration(3)])).rejects.toThrow('the power went');
    expect(await readVersion(database())).toEqual({ writtenBy: 1, readableFrom: 0 });
    await start([migration(1), broken, migration(3)]);
    expect(seen).toEqual([undefined, 'a', 'b']);
    expect(ran).toEqual(['up 1', 'up 3']);
    expect(await history()).toEqual([1, 2, 3]);
  });

  it('by the release before as long as it can read it, which leaves its indexes alone', async () => {
    await start([migration(1), migration(2, { readableFrom: 1 })]);
    await database().collection('runs').dropIndex('at_1');
    await start([migration(1)]);
    expect(await readVersion(database())).toEqual({ writtenBy: 2, readableFrom: 1 });
    expect((await database().collection('runs').indexes()).map(({ name }) => name)).not.toContain('at_1');
    await start([migration(1), migration(2, { readableFrom: 1 })]);
    expect((await database().collection('runs').indexes()).map(({ name }) => name)).toContain('at_1');
  });

  it('never by one that cannot, from the moment that what it cannot read is begun', async () => {
    const narrows = migration(2, {
      readableFrom: 1,
      up: async () => {
        throw new Error('the power went');
      },
    });
    await expect(start([migration(1), narrows])).rejects.toThrow('the power went');
    await holdLease('other', 'token', clock.machine(), 60_000);
    await expect(start([], { alone: true })).rejects.toMatchObject({
      code: 'store.tooNew',
      details: { writtenBy: 1, readableFrom: 1, known: 0, say: expect.stringContaining('from form 1 on') },
    });
    // not even what a crash left behind was touched
    expect(await holdLease('other', 'another', clock.machine(), 60_000)).toBe(false);
  });

  it('by one of several that start at once, while the others wait and say so once', async () => {
    const waiting = () => events.filter((event) => event === 'store.waits').length;
    const slow = migration(1, {
      async up({ reached }) {
        ran.push('up 1');
        while (waiting() < 2) {
          await pause(20);
          await reached('further');
        }
        // as long as they look again, and do not say it again
        await pause(600);
      },
    });
    await Promise.all([1, 2, 3].map(() => start([slow])));
    expect(ran).toEqual(['up 1']);
    expect(waiting()).toBe(2);
    expect(await history()).toEqual([1]);
  });

  /** A machine's clock that goes on when a test says so, while renewals come by real time. */
  const steppedClock = () => {
    let now = clock.machine();
    const goOn = (ms: number): void => {
      now += ms;
    };
    return { machine: () => now, goOn };
  };
  const leaseUntil = async () => {
    const lease = await database().collection<{ _id: string; until: number }>('leases').findOne({ _id: 'migrations' });
    return lease?.until;
  };

  it('as long as it takes, under a lease that is renewed', async () => {
    const stepped = steppedClock();
    const slow = migration(1, {
      async up({ reached }) {
        ran.push('up 1');
        for (let batch = 1; batch <= 4; batch++) {
          stepped.goOn(200);
          await reached(String(batch));
          while ((await leaseUntil()) !== stepped.machine() + 300) await pause(20);
        }
      },
    });
    await Promise.all([1, 2].map(() => start([slow], { clock: stepped, leaseMs: 300 })));
    expect(ran).toEqual(['up 1']);
    expect(await history()).toEqual([1]);
  });

  it('by another once the lease of one that was killed has run out', async () => {
    const stepped = steppedClock();
    await holdLease('migrations', 'of one that was killed', stepped.machine(), 60_000);
    const waiting = start([migration(1)], { clock: stepped });
    while (!events.includes('store.waits')) await pause(20);
    expect(ran).toEqual([]);
    stepped.goOn(60_000);
    await waiting;
    expect(ran).toEqual(['up 1']);
  });

  it('not for ever while another has it, and at once after one that was killed on a store of its own', async () => {
    await holdLease('migrations', 'of one that was killed', clock.machine(), 60_000);
    await expect(start([migration(1)], { longestWaitMs: 0 })).rejects.toMatchObject({ code: 'store.migrating' });
    expect(ran).toEqual([]);
    await start([migration(1)], { alone: true, longestWaitMs: 0 });
    expect(ran).toEqual(['up 1']);
    await dropLease('migrations', 'of one that was killed');
  });

  it('no further by a process whose lease another has taken, until that is free again', async () => {
    const overtaken = migration(1, {
      async up({ checkpoint, reached }) {
        if (checkpoint !== undefined) return void ran.push(`up 1 from ${checkpoint}`);
        const other = { token: 'another', until: clock.machine() + 60_000 };
        await database().collection<{ _id: string }>('leases').updateOne({ _id: 'migrations' }, { $set: other });
        // its next renewal finds the other
        for (;;) {
          await pause(20);
          await reached('further');
        }
      },
    });
    const waiting = start([overtaken], { clock: steppedClock(), leaseMs: 600 });
    while (!events.includes('store.waits')) await pause(20);
    expect([events, ran]).toEqual([expect.arrayContaining(['store.turnOver']), []]);
    expect(await readVersion(database())).toEqual({ writtenBy: 0, readableFrom: 0 });
    await dropLease('migrations', 'another');
    await waiting;
    expect(ran).toEqual(['up 1 from further']);
  });

  it('by the same process where its lease ran out, since the store is slow', async () => {
    const stepped = steppedClock();
    const slow = migration(1, {
      async up({ checkpoint, reached }) {
        ran.push(`up 1 from ${checkpoint ?? 'the beginning'}`);
        await reached('half of it');
        if (checkpoint !== undefined) return;
        stepped.goOn(600);
        await reached('all of it');
      },
    });
    await start([slow], { clock: stepped, leaseMs: 600 });
    expect(ran).toEqual(['up 1 from the beginning', 'up 1 from half of it']);
    expect(await history()).toEqual([1]);
  });

  it("and keeps its version through the demo's reset", async () => {
    await start([migration(1)]);
    await forgetEverything();
    expect(await readVersion(database())).toEqual({ writtenBy: 1, readableFrom: 0 });
  });
});
