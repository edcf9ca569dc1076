import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import {
  addToOutbox,
  claimSend,
  markDead,
  markSent,
  type OutboxRow,
  pendingSends,
  retrySend,
} from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { insist, useModels } from './store.ts';

const CROWD = 50;
const NOW = 1_800_000_000_000;
const LEASE_MS = 30_000;
const LATER = {
  now: NOW,
  dueAt: NOW,
  error: 'dingtalk.unreachable',
  made: false,
  waitsFor: 'createAndDeliver',
  counts: true,
  attempted: true,
} as const;
const REFUSED = { error: 'dingtalk.refused', deadAt: NOW };

const add = (intent: string, priority: 'answer' | 'notice' | 'digest' = 'answer', dueAt = NOW) =>
  insist((tx) => addToOutbox({ intent, outTrackId: intent, priority, dueAt }, tx));
const together = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => work(index)));

async function claim(machine = NOW, now = NOW): Promise<OutboxRow> {
  const row = await claimSend(`w${machine}`, now, machine);
  if (row === undefined) throw new Error('nothing to send');
  return row;
}

describe.each(servers())('the outbox on the $name server', ({ uri }) => {
  useModels(uri);
  const sent = (intent: string) => inTransaction((tx) => markSent(intent, tx));

  it('holds one delivery of an intent, however many ask for it at once', async () => {
    const added = await together(() => add('one'));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await pendingSends()).toBe(1);
    await sent('one');
    expect(await add('one')).toBe(false);
    expect(await claimSend('w', NOW, NOW)).toBeUndefined();
  });

  it('keeps nothing of a transaction that was broken off', async () => {
    await inTransaction(async (tx) => {
      await addToOutbox({ intent: 'never', outTrackId: 'never', priority: 'answer', dueAt: NOW }, tx);
      throw new Error('broken off');
    }).catch(() => undefined);
    expect(await pendingSends()).toBe(0);
  });

  it('gives each of fifty deliveries to one of fifty workers', async () => {
    await together((index) => add(`many-${index}`));
    const claims = await together((index) => claimSend(`w${index}`, NOW, NOW));
    expect(new Set(claims.map((row) => row?.intent)).size).toBe(CROWD);
    for (const row of claims) if (row) await sent(row.intent);
    expect(await pendingSends()).toBe(0);
  });

  it('sends answers before notices and digests, and nothing before it is due', async () => {
    await add('digest', 'digest', NOW - 50);
    await add('notice', 'notice', NOW - 40);
    await add('answer', 'answer', NOW - 30);
    await add('tomorrow', 'answer', NOW + 1);
    const order = [await claim(), await claim(), await claim()].map(({ intent }) => intent);
    expect(order).toEqual(['answer', 'notice', 'digest']);
    expect(await claimSend('w', NOW, NOW)).toBeUndefined();
    expect((await claim(NOW, NOW + 1)).intent).toBe('tomorrow');
    for (const intent of [...order, 'tomorrow']) await sent(intent);
  });

  it('gives a delivery on when its worker has died, and counts the tries', async () => {
    await add('orphan');
    expect(await claim(NOW)).toMatchObject({ intent: 'orphan', tries: 1, made: false });
    expect(await claimSend('w', NOW, NOW + LEASE_MS - 1)).toBeUndefined();
    const second = await claim(NOW + LEASE_MS);
    expect(second).toMatchObject({ intent: 'orphan', tries: 2 });
    const failed = { error: 'dingtalk.undelivered', made: true, waitsFor: 'itself' } as const;
    await retrySend(second, { ...LATER, ...failed, dueAt: NOW + 10 });
    expect(await claimSend('w', NOW + 9, NOW + LEASE_MS)).toBeUndefined();
    expect(await claim(NOW + LEASE_MS, NOW + 10)).toMatchObject({ tries: 3, made: true });
    await sent('orphan');
  });

  it('does not let a worker that was too slow undo what another has sent', async () => {
    await add('slow');
    const slow = await claim(NOW);
    const quick = await claim(NOW + LEASE_MS);
    await retrySend(slow, LATER);
    expect(await claimSend('w', NOW, NOW + LEASE_MS)).toBeUndefined();
    await sent(quick.intent);
    await markDead(slow, REFUSED);
    await retrySend(slow, LATER);
    expect(await pendingSends()).toBe(0);
    expect(await claimSend('w', NOW, NOW + 2 * LEASE_MS)).toBeUndefined();
  });

  it('never sends again what was given up', async () => {
    await add('dead');
    await markDead(await claim(), REFUSED);
    expect(await claimSend('w', NOW + 1, NOW + 2 * LEASE_MS)).toBeUndefined();
    expect(await pendingSends()).toBe(0);
  });

  it('keeps the name that a contact job has in the store since the first release', async () => {
    const job = { kind: 'lookup', id: 'nok' } as const;
    await insist((tx) => addToOutbox({ intent: 'who', job, priority: 'answer', dueAt: NOW }, tx));
    const rows = mongoose.connection.collection<{ _id: string }>('outbox');
    expect(await rows.findOne({ _id: 'who' })).toMatchObject({ errand: job });
    expect(await claim()).toMatchObject({ intent: 'who', job });
    await sent('who');
  });
});
