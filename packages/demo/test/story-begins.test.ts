import { expect, test } from 'vitest';
import type { Cast } from '../../dingtalk-sandbox/src/control/extension.ts';
import { aBotControl } from '../../dingtalk-sandbox/test/support/bot-control.ts';
import { aSandbox } from '../../dingtalk-sandbox/test/support/sandbox.ts';
import { DEMO_SEED } from '../src/demo-people.ts';
import { type DemoParts, demoExtension, demoParts } from '../src/demo-sandbox.ts';

/** A demo whose bot is played by the test, as far as a story needs one to begin. */
async function aDemo() {
  const { bot, controlUrl } = await aBotControl();
  const reset = { works: true };
  let parts: DemoParts | undefined;
  let cast: () => Cast | undefined = () => undefined;
  const sandbox = await aSandbox({
    seed: DEMO_SEED,
    bot: { controlUrl },
    extend: (control) => {
      const settings = { dataDir: '/nowhere', programmeTimeZone: 'Asia/Shanghai' };
      parts = demoParts(control, settings, true);
      const extension = demoExtension(control, settings, parts);
      cast = () => extension.cast?.();
      return {
        ...extension,
        beforeReset: () => (reset.works ? Promise.resolve() : Promise.reject(new Error('not now'))),
      };
    },
  });
  if (parts === undefined) throw new Error('the sandbox was not extended');
  return { sandbox, bot, reset, ...parts, preparing: (userId: string) => cast()?.isPreparing(userId), cast };
}

test('nobody can do anything that the beginning of a story would remove', async () => {
  const { bot, teller, story, preparing } = await aDemo();
  const during: unknown[] = [];
  bot.onReset = async () => void during.push(preparing('staff1'), preparing('nok'), story.phase());
  await teller.open();
  expect(during).toEqual([true, true, 'opening']);
  expect([preparing('staff1'), preparing('nok'), story.phase()]).toEqual([false, true, 'playing']);
});

test('a story is told again when that is asked for, one telling at a time', async () => {
  const { sandbox, bot, teller, story, cast } = await aDemo();
  story.finish('fix');
  expect(cast()).toMatchObject({ hasStory: true, done: ['fix'] });
  let reset: (() => void) | undefined;
  bot.onReset = () =>
    new Promise((resolve) => {
      reset = resolve;
    });
  const first = sandbox.control('POST', '/story');
  await expect.poll(() => reset).toBeDefined();
  expect(await sandbox.control('POST', '/story')).toMatchObject({ status: 409 });
  reset?.();
  expect(await first).toMatchObject({ status: 200, body: { begun: true } });
  expect(cast()).toMatchObject({ done: [], openAs: 'nok' });
  expect(teller.isAtIt).toBe(true);
});

test('what cannot begin leaves everything as it was', async () => {
  const { sandbox, reset, story, preparing } = await aDemo();
  story.end();
  reset.works = false;
  expect((await sandbox.control('POST', '/story')).status).toBe(500);
  expect([story.phase(), preparing('staff1')]).toEqual(['told', false]);
});
