import { expect, it } from 'vitest';
import { inspectionLine } from '../../handlers/inspection/hand-over-line.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { findItem } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { SHIPPED_INSPECTION } from '../support/shipped-programme.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekAtWork, taskLands } from './landed-task.ts';

const world = useWorld();

const atWork = () => lekAtWork(world());
const stateOf = async (taskId: string) => (await findTask(taskId))?.state;

/** Why it cannot be inspected, and the photo that shows it: the shortest way to *Submit*. */
async function cannotInspect(lek: Awaited<ReturnType<typeof atWork>>['lek']): Promise<void> {
  await lek.taps('Cannot inspect');
  await lek.fills({ Why: 'Not found' });
  await lek.sends(await pictures.storefront(1));
}

it('to look at a task takes it from nobody; the first answer begins it', async () => {
  const { lek, taskId } = await atWork();
  await lek.sees('Som Tam House', wordsOf('inspection.sendFront'));
  expect(await stateOf(taskId)).toBe('ASSIGNED');
  await lek.taps('Everything matches');
  expect(await stateOf(taskId)).toBe('STARTED');
});

it('a photo goes to the task that is worked on', async () => {
  const { lek, taskId } = await atWork();
  await lek.sends(await pictures.storefront(1));
  expect((await findTask(taskId))?.inspection.photos).toHaveLength(1);
});

it('one that cannot be inspected is submitted with its reason and a photo, and its review begins', async () => {
  const { lek, taskId } = await atWork();
  await cannotInspect(lek);
  expect(await stateOf(taskId)).toBe('CANNOT_INSPECT');
  await lek.taps({ action: 'inspection.submit' });
  expect(await stateOf(taskId)).toBe('SUBMITTED');
  expect(await findItem(taskId)).toMatchObject({ itemType: 'INSPECTION', state: 'PENDING', staffId: 'lek' });
  expect((await findPerson('lek'))?.currentWork).toBeUndefined();
  await world().person('admin1').sees('Som Tam House', 'Lek');
});

it('whoever reviews it reads that the shop was their own', async () => {
  const { taskId } = await atWork();
  const task = await findTask(taskId);
  if (task === undefined) throw new Error('no task');
  const by = (staffRef: string) =>
    inspectionLine(
      { ...task, promoters: ['nok'] },
      { spots: [], acceptsOnlyAlipay: false, ...SHIPPED_INSPECTION },
      { staffRef, submittedAt: 1, account: undefined, currency: undefined },
    );
  expect([by('nok'), by('lek')].map(({ values }) => values.inspectsOwnSpots)).toEqual([true, false]);
});

it('what was submitted is frozen', async () => {
  const { lek, taskId } = await atWork();
  await cannotInspect(lek);
  const ready = await lek.card();
  await lek.taps({ action: 'inspection.submit' });
  const submitted = await findTask(taskId);
  await forge('lek', ready.outTrackId, { action: 'inspection.matches', subject: `inspection:${taskId}` });
  await lek.sees(wordsOf('line.frozen'));
  expect(await findTask(taskId)).toEqual(submitted);
});

it('Submit from a card that is older than the task changes nothing, and shows it as it is now', async () => {
  const { lek, taskId } = await atWork();
  await cannotInspect(lek);
  const { outTrackId } = await lek.card();
  await forge('lek', outTrackId, { action: 'inspection.submit', subject: `inspection:${taskId}`, version: '1' });
  expect(await stateOf(taskId)).toBe('CANNOT_INSPECT');
  await lek.sees(wordsOf('line.changed'));
});

it('Submit before everything is there submits nothing', async () => {
  const { lek, taskId } = await atWork();
  const { outTrackId } = await lek.card();
  const version = String((await findTask(taskId))?.version);
  await forge('lek', outTrackId, { action: 'inspection.submit', subject: `inspection:${taskId}`, version });
  expect(await stateOf(taskId)).toBe('ASSIGNED');
  expect(await findItem(taskId)).toBeUndefined();
});

it('a task that went to a colleague is taken away, and whoever worked on it is told', async () => {
  const { lek, taskId } = await atWork();
  await lek.taps('Everything matches');
  await world().hires('dao');
  await taskLands(world(), { namedAssignee: 'dao' }, '20261125');
  await world().sweep();
  const before = await findTask(taskId);
  const { outTrackId } = await lek.card('Som Tam House');
  await forge('lek', outTrackId, { action: 'inspection.matches', subject: `inspection:${taskId}` });
  expect(await findTask(taskId)).toEqual(before);
  await lek.sees('went to a colleague');
});

it('nobody of another ISO reaches a task', async () => {
  const { taskId } = await atWork();
  const before = await findTask(taskId);
  const ploy = world().person('ploy');
  await ploy.says('menu');
  const { outTrackId } = await ploy.card();
  for (const action of ['matches', 'submit', 'back', 'goOn', 'correct', 'askAccount', 'afterAll', 'answer'])
    await forge('ploy', outTrackId, { action: `inspection.${action}`, subject: `inspection:${taskId}`, version: '1' });
  await forge('ploy', outTrackId, { action: 'inspection.open', task: taskId });
  expect(await findTask(taskId)).toEqual(before);
  expect(await ploy.chat()).not.toContain('Som Tam');
});

it('Back at the first step leads to the list', async () => {
  const { lek } = await atWork();
  await lek.says('back');
  await lek.sees('Som Tam House');
  expect((await lek.card()).buttons.map(({ params }) => params.action)).toContain('inspection.open');
});

async function forge(userId: string, outTrackId: string, params: Record<string, string>): Promise<void> {
  await world().receive(world().tap(outTrackId, { userId, actionId: 'x', params }));
}
