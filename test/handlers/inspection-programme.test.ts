import { expect, it, onTestFinished } from 'vitest';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { openTasks } from '../support/conversations/inspection.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
  withChangedWords,
} from '../support/shipped-programme.ts';
import { lekBeforePayment, lekRefused, taskOf } from './landed-task.ts';

const world = useWorld();

const LINKER = 'ALIPAY_PLUS_LINKER';
const GUIDE = 'docs.alipayplus.com';
const STORES = '{ ios: https://apps.example/ios, android: https://apps.example/android }';

/** Another programme is applied: the app is in two stores, who pays says something else, and one way of paying is enough. */
function otherPayments(): void {
  const links = withChange('programme.yaml', /links: \{ other: https:\/\/docs\.alipayplus[^}]*\}/, `links: ${STORES}`);
  const modes = withChange('programme.yaml', 'modes: [MPM, UPM]', 'modes: [UPM]', links);
  const words = withChangedWords(/ {2}MPM:\n(?: {4}.*\n)+/, '', modes);
  const step = withChange('en.yaml', 'Log in with the same account as in DingTalk.', 'Show your badge.', words);
  const result = withChange('en.yaml', 'DECLINED: Payment refused', 'DECLINED: No money', step);
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(result)));
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
}

it('an inspection that was not submitted goes on by what is applied, with what was said of it', async () => {
  const { lek, taskId } = await lekBeforePayment(world());
  await lek.taps({ action: 'inspection.tool', tool: LINKER });
  await lek.sees(GUIDE, 'Log in with the same account as in DingTalk.', 'the shop shows the code');
  otherPayments();
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  await lek.sees('apps.example/ios', 'apps.example/android', 'Show your badge.');
  const [form] = (await lek.card()).forms;
  expect(JSON.stringify(form)).toContain('No money');
  await lek.fills({ result: 'DECLINED' });
  expect((await taskOf(taskId)).inspection.payments).toEqual([{ tool: LINKER, mode: 'UPM', result: 'DECLINED' }]);
});

it('one that is to be corrected goes on by what it was submitted under', async () => {
  const { lek } = await lekRefused(world(), 'PAYMENT_MPM_FAILED');
  otherPayments();
  await lek.taps({ action: 'inspection.correct' });
  await lek.sees(GUIDE, 'Log in with the same account as in DingTalk.', 'the shop shows the code');
  expect(JSON.stringify((await lek.card()).forms)).toContain('Payment refused');
});

it('whether a tool needs a test account, and where its app is had, is what the programme says', async () => {
  const change = withChange('programme.yaml', /(id: ALIPAY_PLUS_LINKER[\s\S]*?)account: false/, '$1account: true');
  const odd = withChange(
    'programme.yaml',
    /links: \{ other: https:\/\/docs\.alipayplus[^}]*\}/,
    'links: { other: "https://apps.example/a_(b)" }',
    change,
  );
  const { lek } = await lekBeforePayment(world());
  await lek.taps({ action: 'inspection.tool', tool: LINKER });
  const asks = async () => (await lek.card()).buttons.some(({ params }) => params.action === 'inspection.askAccount');
  expect(await asks()).toBe(false);
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(odd)));
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  await lek.sees('(https://apps.example/a_%28b%29)');
  expect(await asks()).toBe(true);
});
