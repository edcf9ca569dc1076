import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../support/world/free-port.ts';
import { endParts, type Parts, startParts } from '../support/world/parts.ts';
import { PartProcess } from '../support/world/process.ts';
import { World } from '../support/world/world.ts';

/** A new installation: an empty folder for its settings, and a sandbox that plays the DingTalk of a real app. */
let folder: string;
let parts: Parts;
let world: World;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'set-up-'));
  const sandboxAlone = await startParts({ bot: false });
  const port = String(await freePort());
  env = {
    ENV_FILE: join(folder, '.env'),
    DATA_DIR: sandboxAlone.dataDir,
    DINGTALK_API_BASE: sandboxAlone.sandboxUrl,
    DINGTALK_OAPI_BASE: sandboxAlone.sandboxUrl,
    DISK_LOW_MB: '1',
    PORT: port,
  };
  const botUrl = `http://127.0.0.1:${port}`;
  const bot = new PartProcess({
    name: 'The bot',
    entry: 'scripts/start.mjs',
    args: ['bot'],
    env,
    logFile: join(folder, 'bot.log'),
    readyUrl: `${botUrl}/readyz`,
  });
  parts = { ...sandboxAlone, bot, botUrl };
  world = new World();
  await world.start(parts);
});

afterAll(async () => {
  await endParts(parts);
  rmSync(folder, { recursive: true, force: true });
});

/** `npm run …` as an operator types it; the answers come by a pipe, one a line. */
async function run(part: string, words: readonly string[] = [], answers: readonly string[] = []) {
  const { PATH, NODE_OPTIONS } = process.env;
  const child = spawn(process.execPath, ['scripts/start.mjs', part, ...words], { env: { PATH, NODE_OPTIONS, ...env } });
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(''));
  const [out, problem, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, problem };
}

const settings = () => parseEnv(readFileSync(env.ENV_FILE ?? '', 'utf8'));

it('from an empty folder to a first card: ten answers, a green doctor, the menu of an admin', async () => {
  const { userId } = await world.newPerson({
    name: 'Malee Boon',
    mobile: '+66-811112222',
    userId: 'malee',
    joined: true,
  });
  const { cardTemplateId } = { cardTemplateId: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema' };
  const answers = [
    'demo-client',
    'demo-secret',
    cardTemplateId,
    '',
    '',
    'lotus@iso.example',
    'Lotus Partners',
    'en',
    userId,
    '',
  ];

  const wrong = await run('setup', [], answers.with(1, 'another-secret'));
  expect(wrong.code).toBe(1);
  expect(wrong.problem).toMatch(
    /DingTalk does not take that \(dingtalk\.credentials\)\. Check DINGTALK_CLIENT_ID .* Nothing was written\./,
  );
  expect(() => statSync(env.ENV_FILE ?? '')).toThrow('ENOENT');

  const done = await run('setup', [], answers);
  expect([done.code, done.out]).toEqual([0, expect.stringContaining('Malee Boon is admin of lotus@iso.example.')]);
  // nobody who sets it up reads lines of a log
  expect(done.problem).toBe('');
  expect(done.out).toContain('npm run doctor');
  expect(statSync(env.ENV_FILE ?? '').mode & 0o777).toBe(0o600);
  const { DATA_KEY, ...others } = settings();
  expect(Buffer.from(DATA_KEY ?? '', 'base64')).toHaveLength(32);
  expect(others).toEqual({
    DINGTALK_CLIENT_ID: 'demo-client',
    DINGTALK_CLIENT_SECRET: 'demo-secret',
    DINGTALK_CARD_TEMPLATE_ID: cardTemplateId,
  });

  await world.startBot();
  const doctor = await run('doctor');
  expect(doctor.out).not.toContain('✗');
  expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining('Nothing is wrong.')]);

  const malee = world.person(userId);
  await malee.says('menu');
  await malee.sees('Hi Malee Boon', 'Team');

  const again = await run('setup', [], answers);
  expect(again.code).toBe(2);
  expect(again.problem).toContain('is there already. With --replace');
  // as > of PowerShell writes it: its DATA_KEY is the one of the data
  writeFileSync(env.ENV_FILE ?? '', readFileSync(env.ENV_FILE ?? '', 'utf8').replace(/^/, '\ufeff'), 'utf16le');
  const replaced = await run(
    'setup',
    ['--replace', '--iso-name', 'Lotus', '--public-url', 'https://field.example.com'],
    [...answers.slice(0, 4), ...answers.slice(5, 6), ...answers.slice(7)],
  );
  expect([replaced.code, replaced.out]).toEqual([0, expect.stringContaining('.env.old-1')]);
  expect(settings()).toEqual({ ...others, DATA_KEY, PUBLIC_URL: 'https://field.example.com' });

  const kept = readFileSync(env.ENV_FILE ?? '', 'utf8');
  rmSync(env.ENV_FILE ?? '');
  const lost = await run('setup', [], answers);
  expect(lost.problem).toContain('sealed with another DATA_KEY. Write the line DATA_KEY=…');
  expect(() => statSync(env.ENV_FILE ?? '')).toThrow('ENOENT');
  writeFileSync(env.ENV_FILE ?? '', kept, { mode: 0o600 });
  expect((await run('setup', ['--replace'], answers.slice(0, 5))).problem).toContain('no answer came');
});

it('the commands that the page has for a further ISO do what it says, word by word', async () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  const [, block = ''] = /The commands of step \d+:\n\n((?: {4}.*\n)+)/.exec(page) ?? [];
  const lines = block
    .trim()
    .split('\n')
    .map((line) => line.trim().replace('lotus@', 'mango@').replace('<userId>', 'anong'));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const words = [...line.replace(/^npm run op -- /, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    const { code, problem } = await run('op', words);
    expect([code, problem]).toEqual([0, '']);
  }
  const { out } = await run('op', ['iso', 'list']);
  expect(out).toContain('mango@iso.example');
});

it('a bot with settings and data of its own needs no more than to read its files: as nobody special, in a tree that it cannot write', async () => {
  await parts.bot.stop();
  if (process.getuid?.() !== 0) return;
  const own = mkdtempSync(join(tmpdir(), 'nobody-'));
  const { chownSync } = await import('node:fs');
  const nobody = 65_534;
  chownSync(own, nobody, nobody);
  const bot = spawn(process.execPath, ['dist/src/main.js'], {
    uid: nobody,
    gid: nobody,
    env: { ...env, ...settings(), PATH: process.env.PATH, HOME: own, DATA_DIR: own, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(bot.stdout), text(bot.stderr)]);
  const isReady = async () => {
    const check = spawn(process.execPath, ['deploy/is-ready.mjs'], {
      uid: nobody,
      gid: nobody,
      env: { PORT: env.PORT },
    });
    const [code] = await once(check, 'exit');
    return code;
  };
  await expect.poll(isReady).toBe(0);
  bot.kill('SIGTERM');
  const [code] = await once(bot, 'exit');
  const [, problem] = await said;
  rmSync(own, { recursive: true, force: true });
  expect([code, problem]).toEqual([0, '']);
  expect(await isReady()).toBe(1);
});
