import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ensureBuilt } from '../../../test/support/ensure-built.ts';
import { aSandbox } from './support/sandbox.ts';

/** A bot as its SDK's own example writes it, and a call by each way that bots make them. */
const BOT = `
import https from 'node:https';
import { DWClient, TOPIC_ROBOT } from 'dingtalk-stream';
const json = { 'content-type': 'application/json' };
const app = JSON.stringify({ appKey: 'demo-client', appSecret: 'demo-secret' });
const bot = new DWClient({ clientId: 'demo-client', clientSecret: 'demo-secret' });
bot.registerCallbackListener(TOPIC_ROBOT, async ({ data, headers }) => {
  const { sessionWebhook, text } = JSON.parse(data);
  const byFetch = await fetch('https://api.dingtalk.com/v1.0/oauth2/accessToken', { method: 'POST', headers: json, body: app });
  const named = { headers: { Host: 'oapi.dingtalk.com' } };
  const byHttps = await new Promise((done) => https.get('https://oapi.dingtalk.com/gettoken?appkey=demo-client&appsecret=demo-secret', named, done));
  const content = [text.content, byFetch.status, byHttps.statusCode].join(' ');
  const body = JSON.stringify({ msgtype: 'text', text: { content } });
  await fetch(sessionWebhook, { method: 'POST', headers: json, body });
  bot.socketCallBackResponse(headers.messageId, 'ok');
}).connect();
`;

test('a bot that knows nothing of the sandbox chats in it', async () => {
  ensureBuilt();
  const sandbox = await aSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'redirected-bot-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'bot.mjs'), BOT);
  const redirect = pathToFileURL(resolve('packages/dingtalk-sandbox/dist/redirect.js')).href;
  const bot = spawn(process.execPath, ['--import', redirect, join(folder, 'bot.mjs')], {
    env: { ...process.env, SANDBOX_URL: sandbox.url },
    stdio: 'ignore',
  });
  onTestFinished(() => {
    bot.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  await expect.poll(async () => (await sandbox.control('GET', '/stats')).body).toMatchObject({ connections: 1 });
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hello' });
  await vi.waitFor(
    async () => {
      const { body } = await sandbox.control<{ text: string }[]>('GET', '/conversations/staff1');
      expect(body.map(({ text }) => text)).toEqual(['hello', 'hello 200 200']);
    },
    { timeout: 250_000 },
  );
});
