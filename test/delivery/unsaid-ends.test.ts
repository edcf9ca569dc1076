import mongoose from 'mongoose';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { useModels } from '../models/store.ts';
import { PATIENCE } from './delivery-on-sandbox.ts';
import { aFlakyDelivery } from './flaky-dingtalk.ts';

const { onDisk } = useModels(undefined);
beforeEach(forgetEverything);

/** Whose clock stands still: no lease ends by itself. */
function aProcess() {
  const at = aFlakyDelivery();
  onTestFinished(() => at.close());
  return at;
}

/** The disk fills up while DingTalk is asked for this: what came of it cannot be noted. */
function fillsUpDuring({ dingTalk }: ReturnType<typeof aFlakyDelivery>, call: string): void {
  dingTalk.onCall = (made) => {
    if (made !== call) return;
    dingTalk.onCall = undefined;
    onDisk('failing');
  };
}

const arrived = (at: ReturnType<typeof aFlakyDelivery>) => at.dingTalk.arrived.map(({ outTrackId }) => outTrackId);

it('a card whose end could not be noted is held by nobody as soon as the disk has room, and holds up none below it', async () => {
  const at = aProcess();
  fillsUpDuring(at, 'createAndDeliver');
  const first = await at.writes('nok');
  onDisk(undefined);
  const second = await at.writes('nok');
  await expect.poll(() => arrived(at), PATIENCE).toEqual([first, second]);
  await expect.poll(() => at.left(), PATIENCE).toEqual([]);
  expect(at.dingTalk.cards.get(first)?.params).toEqual({ title: 'folded' });
  const rows = mongoose.connection.collection<{ _id: string }>('outbox');
  expect(await rows.countDocuments({ leaseUntil: { $gt: 0 } })).toBe(0);
});

it('so is a redraw', async () => {
  const at = aProcess();
  const card = await at.writes('nok');
  fillsUpDuring(at, 'updateCard');
  await at.changes(card);
  onDisk(undefined);
  await expect.poll(() => at.left(), PATIENCE).toEqual([]);
  expect(at.dingTalk.cards.get(card)?.params).toEqual({ title: 'help 2' });
});
