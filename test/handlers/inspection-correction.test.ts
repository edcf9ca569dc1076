import { expect, it } from 'vitest';
import { findItem } from '../../models/items.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { decide } from '../support/shop-under-review.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekRefused, taskOf } from './landed-task.ts';

const world = useWorld();

it('asks only for the payment that the reviewer named, with the rest as it was submitted', async () => {
  const { lek, taskId } = await lekRefused(world(), 'PAYMENT_UPM_FAILED');
  const before = await taskOf(taskId);
  await lek.taps({ action: 'inspection.correct' });
  expect(await taskOf(taskId)).toMatchObject({ state: 'STARTED', revision: 2 });
  await lek.fills({ result: 'SUCCESS', amount: '21' });
  const { state, inspection } = await taskOf(taskId);
  expect(state).toBe('PAYMENT_VERIFIED');
  const paid = (payments: typeof inspection.payments, mode: 'MPM' | 'UPM') => payments.find((one) => one.mode === mode);
  expect(paid(inspection.payments, 'UPM')?.amount).toBe(21);
  expect(paid(inspection.payments, 'MPM')).toEqual(paid(before.inspection.payments, 'MPM'));
  expect((await lek.card()).buttons.map(({ params }) => params.action)).toContain('inspection.submit');
});

it('asks for other photos where the reviewer could not use them', async () => {
  const { lek, taskId } = await lekRefused(world(), 'INSPECTION_PHOTO_INVALID');
  await lek.taps({ action: 'inspection.correct' });
  expect(await taskOf(taskId)).toMatchObject({ state: 'STARTED', revision: 2 });
  await lek.sees(wordsOf('inspection.photoMissing'));
});

it('is begun once, however often it is tapped', async () => {
  const { lek, taskId } = await lekRefused(world(), 'PAYMENT_UPM_FAILED');
  const card = await lek.card();
  for (const _ of [1, 2]) await lek.taps({ action: 'inspection.correct' }, { on: card });
  expect(await taskOf(taskId)).toMatchObject({ state: 'STARTED', revision: 2 });
  expect(await findItem(taskId)).toMatchObject({ state: 'MODIFYING', revision: 1 });
});

it('is too late once its time is over', async () => {
  const { lek, taskId } = await lekRefused(world(), 'PAYMENT_UPM_FAILED');
  const card = await lek.card();
  await decide(taskId, 'REJECTED', { deadlineAt: world().clock.now() - 1 });
  await lek.taps({ action: 'inspection.correct' }, { on: card });
  expect(await taskOf(taskId)).toMatchObject({ state: 'REJECTED', revision: 1 });
  await lek.sees(wordsOf('line.frozen'));
});
