import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { recordUpdate } from '../../models/inbox.ts';
import { holdLane, releaseLane } from '../../models/lanes.ts';
import { findPerson } from '../../models/people.ts';
import { claimPicture, pictureChecked, reservePictures } from '../../models/pictures.ts';
import { sealJson } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { createLaneStep, type LaneStepOptions } from '../../src/bot/lane-step.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** The step of a process of its own, with what it handled and which verdicts it applied, in order. */
function stepping(change: Partial<LaneStepOptions> = {}) {
  const { clock, dingTalkTime, ids, log } = world();
  const did: string[] = [];
  const step = createLaneStep({
    budget: { stops: () => undefined },
    clock,
    dingTalkTime,
    ids,
    log: log.log,
    dispatch: async ({ update }) => void did.push(update.id),
    applyVerdict: async (_ctx, { pictureId }) => void did.push(pictureId),
    trouble: ({ update }) => void did.push(`trouble ${update.id}`),
    ...change,
  });
  return { did, step };
}

const record = (id: string) =>
  recordUpdate({ ...world().message('nok', { text: 'hello' }), id }, 'nok', world().clock.now());

/** Three pictures for one thing, of which two were checked, the last one first. */
async function picturesChecked(order: readonly string[]): Promise<void> {
  const sent = ['one', 'two', 'three'].map((pictureId, index) => ({
    pictureId,
    userId: 'nok',
    isoId: 'iso',
    about: { kind: 'draft', id: 'd1' } as const,
    sentAt: world().clock.now(),
    seq: index + 1,
    downloadCode: pictureId,
  }));
  const { clock } = world();
  await inTransaction((tx) => reservePictures(sent, tx));
  for (const _ of sent) await claimPicture('worker', clock.now(), clock.machine());
  for (const pictureId of order) await pictureChecked(pictureId, 'worker', { kept: false, reason: 'picture.expired' });
}

it('what was recorded comes before what was checked', async () => {
  await world().hires('nok');
  await picturesChecked(['one']);
  await record('message');
  const { did, step } = stepping();
  await holdLane('nok', 'token', world().clock.machine());
  for (const _ of [1, 2]) await step('nok', 'token');
  expect(did).toEqual(['message', 'one']);
});

it('verdicts are applied in the order in which the photos were sent, whichever was checked first', async () => {
  await world().hires('nok');
  await picturesChecked(['three', 'two']);
  const { did, step } = stepping();
  await holdLane('nok', 'token', world().clock.machine());
  expect(await step('nok', 'token')).toEqual({ kind: 'empty' });
  await pictureChecked('one', 'worker', { kept: false, reason: 'picture.expired' });
  for (const _ of [1, 2, 3]) expect(await step('nok', 'token')).toEqual({ kind: 'done' });
  expect(did).toEqual(['one', 'two', 'three']);
  expect(await step('nok', 'token')).toEqual({ kind: 'empty' });
});

it('a process that lost its lease applies nothing', async () => {
  await record('message');
  await holdLane('nok', 'ours', world().clock.machine());
  await releaseLane('nok', 'ours');
  await holdLane('nok', 'theirs', world().clock.machine());
  const { did, step } = stepping();
  await expect(step('nok', 'ours')).rejects.toThrow('lane.lost');
  expect(did).toEqual([]);
  await step('nok', 'theirs');
  expect(did).toEqual(['message']);
});

it.each(['subject.lostRace', 'store.transient'] as const)(
  'what failed by %s may work the next time: it stays where it was',
  async (code) => {
    await record('message');
    await holdLane('nok', 'token', world().clock.machine());
    const failing = stepping({
      dispatch: async () => {
        throw new AppError(code);
      },
    });
    await expect(failing.step('nok', 'token')).rejects.toThrow(code);
    const { did, step } = stepping();
    await step('nok', 'token');
    expect([...failing.did, ...did]).toEqual(['message']);
  },
);

it('what another release recorded and this one does not know holds nothing up, and is logged', async () => {
  await record('festival');
  await record('hello');
  const sealed = sealJson({ kind: 'event', id: 'festival', type: 'festival.begun', at: 0 });
  await mongoose.connection.collection<{ _id: string }>('inbox').updateOne({ _id: 'festival' }, { $set: { sealed } });
  await holdLane('nok', 'token', world().clock.machine());
  const { did, step } = stepping();
  for (const kind of ['done', 'done', 'empty']) expect(await step('nok', 'token')).toEqual({ kind });
  expect(did).toEqual(['hello']);
  expect(world().log.of('update.unknown')).toMatchObject([{ trace: 'festival', level: 'error' }]);
});

it('who writes for the first time is met; whom an event only names is not', async () => {
  const { step } = stepping();
  const at = world().clock.now();
  await recordUpdate({ kind: 'event', type: 'user_add_org', id: 'joined', at }, 'som', at);
  await holdLane('som', 'token', world().clock.machine());
  await step('som', 'token');
  expect(await findPerson('som')).toBeUndefined();
  await record('message');
  await holdLane('nok', 'token', world().clock.machine());
  await step('nok', 'token');
  expect(await findPerson('nok')).toMatchObject({ state: 'UNKNOWN', name: 'nok' });
});
