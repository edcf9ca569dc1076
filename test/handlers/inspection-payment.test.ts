import { expect, it } from 'vitest';
import { chooseTool } from '../../src/inspection/say.ts';
import { good } from '../inspection/shop.ts';
import { pay } from '../support/conversations/inspection.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekBeforePayment, taskOf } from './landed-task.ts';

const world = useWorld();

const LINKER = 'ALIPAY_PLUS_LINKER';

/** Lek pays with what the rule says, and is asked for the first way of paying. */
async function paying() {
  const found = await lekBeforePayment(world());
  await found.lek.taps({ action: 'inspection.tool', tool: LINKER });
  return found;
}

/** Lek has paid by the shop's code, and is asked for the other way. */
async function payingTheOtherWay() {
  return await lekBeforePayment(world(), {}, (work) =>
    work
      .does((now, task) => chooseTool(now, task, LINKER))
      .fills({ kind: 'payment', mode: 'MPM' }, { result: 'SUCCESS', amount: '20' })
      .sends(good('paid')),
  );
}

it('both ways of paying, each with its photo, verify the payment', async () => {
  const { lek, taskId } = await payingTheOtherWay();
  await pay(lek, 3);
  const { state, inspection } = await taskOf(taskId);
  expect(state).toBe('PAYMENT_VERIFIED');
  expect(inspection.payments).toEqual([
    { tool: LINKER, mode: 'MPM', result: 'SUCCESS', amount: 20 },
    { tool: LINKER, mode: 'UPM', result: 'SUCCESS', amount: 35.5 },
  ]);
});

it('a way of paying asks for its photo before it counts as tried', async () => {
  const { lek, taskId } = await paying();
  await lek.fills({ result: 'DECLINED' });
  expect((await lek.card()).forms).toEqual([]);
  expect((await taskOf(taskId)).state).toBe('DEPLOYMENT_CHECKED');
});

it('a payment without its amount comes back as typed, and nothing is saved', async () => {
  const { lek, taskId } = await paying();
  await lek.fills({ result: 'SUCCESS' });
  const { payments, typed } = (await taskOf(taskId)).inspection;
  expect(payments).toEqual([]);
  expect(Object.values(typed)).toMatchObject([
    { values: { result: 'SUCCESS' }, problems: [{ field: 'amount', code: 'required' }] },
  ]);
});

it('Alipay, for a shop that takes more by what is known, asks whether it takes only Alipay', async () => {
  const { lek, taskId } = await lekBeforePayment(world());
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  await lek.sees(wordsOf('pay.onlyAlipay'));
  await lek.taps({ action: 'inspection.onlyAlipay', is: 'yes' });
  expect((await taskOf(taskId)).inspection).toMatchObject({ tool: 'ALIPAY', onlyAlipay: true });
});

it('a shop that takes other wallets too is not paid with Alipay, whatever was tapped', async () => {
  const { lek, taskId } = await lekBeforePayment(world());
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  await lek.taps({ action: 'inspection.onlyAlipay', is: 'no' });
  expect((await taskOf(taskId)).inspection).toMatchObject({ tool: 'ALIPAY_PLUS_LINKER' });
});

it('what was not tried keeps from submitting', async () => {
  const { lek, taskId } = await payingTheOtherWay();
  await lek.fills({ result: 'NOT_ATTEMPTED' });
  const { outTrackId, buttons } = await lek.card();
  expect(buttons.map(({ params }) => params.action)).not.toContain('inspection.submit');
  const { version } = await taskOf(taskId);
  const params = { action: 'inspection.submit', subject: `inspection:${taskId}`, version: String(version) };
  await world().receive(world().tap(outTrackId, { userId: 'lek', actionId: 'x', params }));
  expect((await taskOf(taskId)).state).toBe('DEPLOYMENT_CHECKED');
});
