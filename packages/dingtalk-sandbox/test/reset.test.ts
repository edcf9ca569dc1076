import { expect, test } from 'vitest';
import { aBotControl } from './support/bot-control.ts';
import { aSandbox } from './support/sandbox.ts';

async function aPicture(sandbox: Awaited<ReturnType<typeof aSandbox>>): Promise<string> {
  const form = new FormData();
  form.set('type', 'image');
  form.set('media', new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], 'front.jpg', { type: 'image/jpeg' }));
  const path = `/media/upload?access_token=${await sandbox.demoToken()}`;
  return String((await sandbox.ask('POST', path, form)).body.media_id);
}

test('a reset keeps what the bot uploaded while it began afresh, and forgets what was there before', async () => {
  const { bot, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  const before = await aPicture(sandbox);
  let meanwhile = '';
  bot.onReset = async () => {
    meanwhile = await aPicture(sandbox);
  };
  await sandbox.control('POST', '/reset', {});
  const shown = async (mediaId: string) => (await fetch(`${sandbox.url}/sandbox/api/media/${mediaId}`)).status;
  expect(await shown(meanwhile)).toBe(200);
  expect(await shown(before)).toBe(404);
});

test('a reset counts what the bot asks while it begins afresh, and not what it still did before', async () => {
  const { bot, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  await aPicture(sandbox);
  bot.onIdle = async () => void (await aPicture(sandbox));
  bot.onReset = async () => {
    await aPicture(sandbox);
    await aPicture(sandbox);
  };
  await sandbox.control('POST', '/reset', {});
  const { body } = await sandbox.control('GET', '/stats');
  expect(body).toMatchObject({ apiCalls: { byPath: { 'POST /media/upload': 2 } } });
});
