import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fixtureTemplate } from '../../dingtalk-sandbox/test/support/template.ts';
import { startDemo } from '../src/demo.ts';

const ws = createRequire(import.meta.url).resolve('ws');

const COMPLAINT = 'One of the settings is wrong.\nSo is another.';
/** Stands for the built bot: connects, writes down its environment, and ends as the real one does. */
const BOT = `
const WebSocket = require(${JSON.stringify(ws)});
const { appendFileSync, existsSync } = require('node:fs');
const { DINGTALK_API_BASE, DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET, DATA_DIR, PORT } = process.env;
appendFileSync(DATA_DIR + '/bot-starts.txt', process.pid + ' ' + PORT + ' ' + process.env.DINGTALK_CARD_TEMPLATE_ID + '\\n');
if (existsSync(DATA_DIR + '/unusable')) {
  console.error(${JSON.stringify(COMPLAINT)});
  process.exit(78);
}
if (existsSync(DATA_DIR + '/no-database')) {
  console.error(${JSON.stringify(COMPLAINT)});
  process.exit(1);
}
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => { appendFileSync(DATA_DIR + '/bot-starts.txt', 'asked to end\\n'); process.exit(0); });
fetch(DINGTALK_API_BASE + '/v1.0/gateway/connections/open', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ clientId: DINGTALK_CLIENT_ID, clientSecret: DINGTALK_CLIENT_SECRET, subscriptions: [{ type: 'EVENT', topic: '*' }] }),
}).then((answer) => answer.json()).then(({ endpoint, ticket }) => new WebSocket(endpoint + '?ticket=' + ticket));
`;

async function freePort(): Promise<number> {
  const probe = createListener();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function aDemo(given: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [botEntry, templateFile] = [join(folder, 'bot.cjs'), join(folder, 'template.json')];
  await writeFile(botEntry, BOT);
  await writeFile(templateFile, fixtureTemplate);
  const env = {
    ...process.env,
    SANDBOX_PORT: `${await freePort()}`,
    PORT: `${await freePort()}`,
    DATA_DIR: join(folder, 'data'),
    DEMO: 'none',
    ...given,
  };
  const lines: string[] = [];
  const start = () => startDemo(env, { botEntry, templateFile, print: (line) => lines.push(line) });
  const starts = async () => (await readFile(join(env.DATA_DIR, 'bot-starts.txt'), 'utf8')).trim().split('\n');
  return { env, lines, start, starts };
}

test('the address comes when the bot is connected, then what to try, and nothing else', async () => {
  const { env, lines, start, starts } = await aDemo();
  const demo = await start();
  onTestFinished(() => demo.stop());
  expect(lines).toEqual([`chat page http://127.0.0.1:${env.SANDBOX_PORT}/`, ...Array(3).fill(expect.any(String))]);
  expect((await starts())[0]).toBe(`${demo.botPid()} ${env.PORT} 5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema`);
  await demo.stop();
  expect((await starts()).at(-1)).toBe('asked to end');
  const again = await start();
  await again.stop();
  expect(await starts()).toHaveLength(4);
  await expect(demo.ended).resolves.toBeUndefined();
});

test('a bot that dies is started again at once, and again', async () => {
  const { start, starts } = await aDemo();
  const demo = await start();
  onTestFinished(() => demo.stop());
  for (const count of [2, 3]) {
    process.kill(demo.botPid() ?? 0, 'SIGKILL');
    await expect.poll(() => starts()).toHaveLength(count);
  }
});

test('a bot that can never work as it is set up is started once, and what it said is why the demo does not', async () => {
  const { env, lines, start, starts } = await aDemo();
  await mkdir(env.DATA_DIR);
  await writeFile(join(env.DATA_DIR, 'unusable'), '');
  await expect(start()).rejects.toMatchObject({ code: 'bot.cannotWork', details: { say: COMPLAINT } });
  expect(lines).toEqual([]);
  expect(await starts()).toHaveLength(1);
  expect(await readFile(join(env.DATA_DIR, 'bot.log'), 'utf8')).toBe(`${COMPLAINT}\n`);
  // its port and folder are free again
  const taken = createServer();
  onTestFinished(() => void taken.close());
  await new Promise<void>((resolve) => taken.listen(Number(env.SANDBOX_PORT), '127.0.0.1', resolve));
});

test('a bot that ends three times with the same words is not started again, and the demo ends with them', async () => {
  const { env, start, starts } = await aDemo();
  await mkdir(env.DATA_DIR);
  await writeFile(join(env.DATA_DIR, 'no-database'), '');
  await expect(start()).rejects.toMatchObject({ code: 'bot.cannotWork', details: { say: COMPLAINT } });
  expect(await starts()).toHaveLength(3);
});

test.runIf(process.platform === 'linux')(
  'a folder that cannot be made, whatever is above it, is said at once',
  async () => {
    const { start } = await aDemo({ DATA_DIR: '/proc/field/data' });
    await expect(start()).rejects.toMatchObject({ code: 'folder.unwritable' });
  },
);

test('a demo ends when the bot died and cannot work any more', async () => {
  const { env, start, starts } = await aDemo();
  const demo = await start();
  onTestFinished(() => demo.stop());
  await writeFile(join(env.DATA_DIR, 'unusable'), '');
  process.kill(demo.botPid() ?? 0, 'SIGKILL');
  await expect(demo.ended).rejects.toMatchObject({ code: 'bot.cannotWork', details: { say: COMPLAINT } });
  expect(await starts()).toHaveLength(2);
});

test('a taken port and a bad one are said before anything starts', async () => {
  const { env, start } = await aDemo();
  const taken = createServer();
  onTestFinished(() => void taken.close());
  await new Promise<void>((resolve) => taken.listen(Number(env.SANDBOX_PORT), '127.0.0.1', resolve));
  await expect(start()).rejects.toMatchObject({
    code: 'port.taken',
    details: { say: expect.stringContaining('SANDBOX_PORT') },
  });
  await expect(startDemo({ ...env, PORT: env.SANDBOX_PORT })).rejects.toMatchObject({ code: 'port.taken' });
  await expect(startDemo({ ...env, SANDBOX_PORT: '99999' })).rejects.toMatchObject({ code: 'config.invalid' });
});

test.each([
  ['SANDBOX_PORT', '4190'],
  ['PORT', '6000'],
])('a port that no browser opens is refused before anything runs: %s=%s', async (variable, port) => {
  const { start, lines } = await aDemo({ [variable]: port });
  await expect(start()).rejects.toMatchObject({
    code: 'config.invalid',
    details: { say: `No browser opens port ${port}. Set ${variable} to another.` },
  });
  expect(lines).toEqual([]);
});
