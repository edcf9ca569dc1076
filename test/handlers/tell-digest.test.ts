import { MovableClock } from '@field/kit/clock';
import { expect, it } from 'vitest';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { findDigest } from '../../models/digests.ts';
import { addGroup, changeGroup, findGroup, groupsOf } from '../../models/groups.ts';
import type { ItemJudgement } from '../../models/item-rows.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { claimSend } from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);

const clock = new MovableClock();
const DAY = { isoId: 'iso', dataDate: '20261123', timeZone: 'Asia/Shanghai' };
const submitted = {
  itemType: 'SPOT' as const,
  isoId: 'iso',
  staffId: 'nok',
  storeId: 'store',
  product: 'MARKETING_CODE',
  shop: 'Baan Coffee',
  spotType: 'ENTRANCE_DOOR',
  number: 1,
  revision: 1,
  programme: 1,
  submittedAt: 1,
} as const;
const judgement: ItemJudgement = {
  revision: 1,
  decision: 'APPROVED',
  reasonCodes: [],
  decidedAt: 1,
  dataDate: DAY.dataDate,
  text: undefined,
  language: undefined,
  sourceRowKey: 'row',
};

async function judged(spotId: string, decision: 'APPROVED' | 'REJECTED'): Promise<void> {
  await inTransaction(async (tx) => {
    await addItems([{ ...submitted, itemRef: spotId, spotId }], tx);
    const item = await findItem(spotId, tx);
    if (item === undefined) throw new Error('no item');
    const failed = { deadlineAt: clock.now() + 24 * 3_600_000, reasonCodes: ['SPOT_NOT_FIXED'] };
    const row = decision === 'REJECTED' ? { ...judgement, decision, reasonCodes: failed.reasonCodes } : judgement;
    const change = { state: decision, judgement: row };
    await changeItem(item, decision === 'REJECTED' ? { ...change, deadlineAt: failed.deadlineAt } : change, tx);
  });
}

async function bound(openConversationId: string, isoId: string): Promise<void> {
  const group = {
    openConversationId,
    isoId,
    title: 'Team',
    language: 'en',
    state: 'BOUND',
    by: 'ploy',
    at: 1,
  } as const;
  await inTransaction((tx) => addGroup(group, tx));
}

async function sends(): Promise<string[]> {
  const intents: string[] = [];
  for (;;) {
    const row = await claimSend(`worker${intents.length}`, clock.now(), clock.machine());
    if (row === undefined) return intents;
    intents.push(row.intent);
  }
}

it('each group of the ISO gets one card a day, told ten times at once; other groups get none', async () => {
  await bound('one', 'iso');
  await bound('two', 'iso');
  await bound('rival', 'other');
  await judged('a', 'APPROVED');
  await judged('b', 'REJECTED');
  await Promise.all(Array.from({ length: 10 }, () => tellDigest(clock, DAY)));
  expect((await sends()).length).toBe(2);
  expect(await findDigest('iso:20261123')).toMatchObject({
    urgent: 1,
    numbers: { spots: { promoted: 2, approved: 1, failed: 1 }, reasons: [{ code: 'SPOT_NOT_FIXED', count: 1 }] },
  });
});

it('a further file of the day changes what the card says, and sends none', async () => {
  await judged('c', 'APPROVED');
  await tellDigest(clock, DAY);
  expect(await sends()).toEqual([]);
  expect(await findDigest('iso:20261123')).toMatchObject({ numbers: { spots: { promoted: 3 } } });
});

it('a day that brought nothing brings no card, and a group that was given up gets none', async () => {
  await tellDigest(clock, { ...DAY, dataDate: '20261124' });
  expect(await findDigest('iso:20261124')).toBeUndefined();
  const group = await findGroup('two');
  if (group === undefined) throw new Error('no group');
  await inTransaction((tx) => changeGroup(group, { state: 'ASKED' }, tx));
  expect((await groupsOf('iso')).map(({ openConversationId }) => openConversationId)).toEqual(['one']);
});
