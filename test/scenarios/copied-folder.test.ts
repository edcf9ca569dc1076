import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { PartProcess } from '../support/world/process.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], fresh: true });
const it = story('A data folder that was copied from another machine');

const elsewhere = mkdtempSync(join(tmpdir(), 'copied-'));
let copyAtWork: PartProcess | undefined;
afterAll(async () => {
  await copyAtWork?.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

/** The bot's own of the folder that it shares with the sandbox here. */
function copied(name: string, without: RegExp): string {
  const to = join(elsewhere, name);
  cpSync(world.dataDir, to, {
    recursive: true,
    filter: (path) => !/^sandbox|\.log$/.test(basename(path)) && !without.test(basename(path)),
  });
  return to;
}

/** As the bot in this folder is set up, on the port of the first. */
function settings(dataDir: string): Record<string, string> {
  const { origin } = new URL(world.sandbox.url);
  const { port } = new URL(world.botUrl);
  return { DATA_DIR: dataDir, PORT: port, DINGTALK_API_BASE: origin, DINGTALK_OAPI_BASE: origin };
}

async function doctor(dataDir: string, about: string) {
  const { out } = await operatorCommand({ dataDir, env: settings(dataDir) }, 'doctor', '--json');
  return JSON.parse(out).findings.find((one: { about: string }) => one.about === about);
}

it('copied while its bot worked, without what was saved last: refused with one line, found by the doctor, and nothing is changed', async () => {
  await promote(nok, { spots: 1, together: true });
  const copy = copied('halved', /-(wal|shm)$/);
  const { PATH } = process.env;
  const bot = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH, ...settings(copy) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(bot.stderr), once(bot, 'exit')]);
  expect(code).toBe(78);
  expect(said.trim().split('\n')).toEqual([
    expect.stringMatching(/was copied while its bot was at work.*Copy it again .* or restore a backup/),
  ]);
  expect(await doctor(copy, 'store')).toMatchObject({
    state: 'wrong',
    says: said.trim(),
    remedy: expect.stringContaining('Do what it says'),
  });
  // whoever has nothing else goes on with what is there, as it says
  rmSync(join(copy, 'mongo.open'));
  expect(await operatorCommand(copy, 'iso', 'list')).toMatchObject({ code: 0 });
});

it('copied whole: the doctor says so before its bot starts, the bot as it starts, and the doctor for a week', async () => {
  expect(await world.stopBot()).toBe(0);
  const copy = copied('whole', /^$/);
  expect(await doctor(copy, 'copy')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining(world.dataDir),
    remedy: expect.stringContaining('end it for good'),
  });
  // a container has no id of its own: there a copy is known by the folder beside it, and any machine may be told by its name
  const note = join(copy, 'whereabouts.json');
  const noted = JSON.parse(readFileSync(note, 'utf8'));
  writeFileSync(note, JSON.stringify({ ...noted, name: 'field-1' }));
  const log = join(elsewhere, 'copy.log');
  copyAtWork = new PartProcess({
    name: 'The copy',
    entry: 'dist/src/main.js',
    env: settings(copy),
    logFile: log,
    readyUrl: `${world.botUrl}/readyz`,
  });
  await copyAtWork.start();
  const said = readFileSync(log, 'utf8')
    .split('\n')
    .find((line) => line.includes('"store.fromElsewhere"'));
  expect(JSON.parse(said ?? '{}')).toMatchObject({ machine: 'field-1', folder: realpathSync(world.dataDir) });
  expect(await doctor(copy, 'copy')).toMatchObject({ state: 'warning', says: expect.stringContaining('field-1') });
});

it('and the first one, started again with the same app, says of what the copy has sent that another installation is there', async () => {
  await nok.says('menu');
  await nok.sees('Hi Nok');
  const card = await nok.card('Hi Nok');
  await copyAtWork?.stop();
  await world.startBot();
  expect(await doctor(world.dataDir, 'copy')).toMatchObject({ state: 'ok' });
  for (let tap = 0; tap < 4; tap += 1) await nok.taps('Help', { on: card });
  expect(world.botLog(1_000)).toContain('tap.unknownCard');
  const found = await doctor(world.dataDir, 'bot.installation');
  expect(found).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('another installation with the same app'),
  });
});
