import { AppError } from '@field/kit/errors';
import { describe, expect, it } from 'vitest';
import { expireInbox, lanesWithWork, markApplied, nextRecorded, recordUpdate } from '../../models/inbox.ts';
import { holdLane, keepLane, LANE_LEASE_MS, releaseLane } from '../../models/lanes.ts';
import { claimRun, dropLease, holdLease } from '../../models/leases.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import type { MessageUpdate } from '../../src/platform/update.ts';
import { allAtOnce, insist, refusals, useModels, winners } from './store.ts';

const CROWD = 50;
const NOW = 1_800_000_000_000;

function message(id: string, at: number, text = 'hello'): MessageUpdate {
  return {
    kind: 'message',
    id,
    at,
    from: { userId: 'nok', nick: 'Nok' },
    conversation: { kind: 'direct', id: 'cid-nok' },
    content: { text, pictures: [] },
  };
}

const together = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => work(index)));

describe.each(servers())('inbox and lanes on the $name server', ({ uri }) => {
  useModels(uri);

  it('records an update that comes fifty times at once exactly once', async () => {
    const recorded = await together(() => recordUpdate(message('same', NOW), 'lane-a', NOW));
    expect(recorded.filter(Boolean)).toHaveLength(1);
    expect(await lanesWithWork()).toEqual(['lane-a']);
  });

  it('gives updates out by their time and then their id, however they came in', async () => {
    const order = [7, 3, 9, 1, 5].map((at) => message(`m${at}`, NOW + at));
    await Promise.all([...order, message('m3b', NOW + 3)].map((one) => recordUpdate(one, 'lane-b', NOW)));
    const seen: string[] = [];
    for (;;) {
      const next = await inTransaction(async (tx) => {
        const update = await nextRecorded('lane-b', tx);
        if (update !== undefined) await markApplied(update.id, tx);
        return update;
      });
      if (next === undefined) break;
      seen.push(next.id);
    }
    expect(seen).toEqual(['m1', 'm3', 'm3b', 'm5', 'm7', 'm9']);
  });

  it('keeps an update whose transaction was broken off, and forgets what it said once it is applied', async () => {
    await recordUpdate(message('kept', NOW, 'a secret'), 'lane-c', NOW);
    await expect(
      inTransaction(async (tx) => {
        await markApplied('kept', tx);
        throw new Error('broken off');
      }),
    ).rejects.toThrow('broken off');
    const again = await inTransaction((tx) => nextRecorded('lane-c', tx));
    expect(again).toMatchObject({ id: 'kept', update: { content: { text: 'a secret' } } });
    await inTransaction((tx) => markApplied('kept', tx));
    expect(await inTransaction((tx) => nextRecorded('lane-c', tx))).toBeUndefined();
    expect(await recordUpdate(message('kept', NOW), 'lane-c', NOW)).toBe(false);
  });

  it('forgets applied updates after their time, and never one that is not applied', async () => {
    await recordUpdate(message('old-open', NOW - 10), 'lane-d', NOW - 10);
    await recordUpdate(message('old-done', NOW - 9), 'lane-d', NOW - 9);
    await inTransaction((tx) => markApplied('old-done', tx));
    expect(await expireInbox(NOW)).toBe(1);
    expect(await recordUpdate(message('old-open', NOW), 'lane-d', NOW)).toBe(false);
  });

  it('lets one of fifty hold a lane, and the next only after its release or its time', async () => {
    const tokens = await together(async (index) => ({ index, held: await holdLane('crowded', `t${index}`, NOW) }));
    const holders = tokens.filter(({ held }) => held);
    expect(holders).toHaveLength(1);
    expect(await holdLane('crowded', 'late', NOW + LANE_LEASE_MS - 1)).toBe(false);
    await releaseLane('crowded', 'not the holder');
    expect(await holdLane('crowded', 'late', NOW + 1)).toBe(false);
    await releaseLane('crowded', `t${holders[0]?.index}`);
    const again = await together((index) => holdLane('crowded', `u${index}`, NOW + 1));
    expect(again.filter(Boolean)).toHaveLength(1);
    const overdue = await together((index) => holdLane('crowded', `v${index}`, NOW + 1 + LANE_LEASE_MS));
    expect(overdue.filter(Boolean)).toHaveLength(1);
  });

  it('refuses the work of whoever lost the lane meanwhile', async () => {
    await holdLane('lost', 'first', NOW);
    await holdLane('lost', 'second', NOW + LANE_LEASE_MS);
    await recordUpdate(message('for-second', NOW), 'lost', NOW);
    await expect(
      inTransaction(async (tx) => {
        await markApplied('for-second', tx);
        await keepLane('lost', 'first', NOW + LANE_LEASE_MS, tx);
      }),
    ).rejects.toMatchObject({ code: 'lane.lost' });
    expect(await inTransaction((tx) => nextRecorded('lost', tx))).toMatchObject({ id: 'for-second' });
  });

  it('applies each of fifty updates once, whoever tries', async () => {
    await together((index) => recordUpdate(message(`crowd-${index}`, NOW + index), 'lane-e', NOW));
    const applied: string[] = [];
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        for (;;) {
          const id = await insist(async (tx) => {
            const update = await nextRecorded('lane-e', tx);
            if (update !== undefined) await markApplied(update.id, tx);
            return update?.id;
          });
          if (id === undefined) return;
          applied.push(id);
        }
      }),
    );
    expect(new Set(applied).size).toBe(CROWD);
  });
});

describe.each(servers())('leases and runs on the $name server', ({ uri }) => {
  useModels(uri);

  it('gives a lease to one of fifty, renews it for that one, and passes it on after it', async () => {
    const held = await together((index) => holdLease('hand-over', `p${index}`, NOW, 1_000));
    expect(held.filter(Boolean)).toHaveLength(1);
    const holder = `p${held.indexOf(true)}`;
    expect(await holdLease('hand-over', holder, NOW + 999, 1_000)).toBe(true);
    expect(await holdLease('hand-over', 'other', NOW + 1_500, 1_000)).toBe(false);
    const after = await together((index) => holdLease('hand-over', `q${index}`, NOW + 1_999, 1_000));
    expect(after.filter(Boolean)).toHaveLength(1);
    await dropLease('hand-over', `q${after.indexOf(true)}`);
    expect(await holdLease('hand-over', 'other', NOW + 2_000, 1_000)).toBe(true);
  });

  it('runs a slot of a job once for ever', async () => {
    const first = await together(() => claimRun('close', 'slot-1', NOW));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await claimRun('close', 'slot-1', NOW + 1)).toBe(false);
    expect(await claimRun('close', 'slot-2', NOW + 1)).toBe(true);
  });
});

describe.each(servers())('transactions of the models on the $name server', ({ uri }) => {
  useModels(uri);

  it('begins afresh on a lost race, three times, and then says so', async () => {
    let tries = 0;
    const outcomes = await allAtOnce(1, async () => {
      tries += 1;
      throw new AppError('subject.lostRace');
    });
    expect(tries).toBe(3);
    expect(refusals(outcomes)).toEqual(['subject.lostRace']);
    expect(winners(outcomes)).toEqual([]);
  });
});
