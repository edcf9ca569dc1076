import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { BotProcess } from '../src/bot-process.ts';

it('the bot is started with few places for memory, unless its environment says how many', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, 'bot.mjs');
  writeFileSync(entry, "console.log('places:', process.env.MALLOC_ARENA_MAX);\nsetInterval(() => {}, 1_000);\n");
  const saysWith = async (name: string, env: Readonly<Record<string, string>>): Promise<void> => {
    const logFile = join(folder, `${name}.log`);
    const bot = new BotProcess({ entry, env, logFile });
    bot.start();
    await expect.poll(() => readFileSync(logFile, 'utf8')).toContain(`places: ${name}`);
    await bot.stop();
  };
  await saysWith('2', {});
  await saysWith('4', { MALLOC_ARENA_MAX: '4' });
});

it.runIf(process.platform === 'linux').each([
  ['takes nothing more', '/dev/full'],
  ['cannot be opened', '/dev/full/bot.log'],
])('a log that %s ends nobody: the bot works on, and what it says is said here', async (_what, logFile) => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, 'bot.mjs');
  writeFileSync(entry, "console.error('no room');\nprocess.on('message', () => process.send('here'));\n");
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  const deaths = vi.fn();
  const bot = new BotProcess({ entry, env: {}, logFile, onDeath: deaths });
  bot.start();
  onTestFinished(() => bot.stop());
  await expect.poll(() => said.mock.calls.flat()).toContain('no room\n');
  expect(bot.pid).toBeDefined();
  expect(deaths).not.toHaveBeenCalled();
});

it('a bot that was at work and is killed comes back at once, however often; one that never comes that far is given ever longer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pausesOf = async (source: string, deaths: number): Promise<number[]> => {
    const entry = join(folder, 'bot.mjs');
    writeFileSync(entry, source);
    const pauses: number[] = [];
    const logFile = join(folder, `${deaths}.log`);
    const bot = new BotProcess({ entry, env: {}, logFile, onDeath: ({ pauseMs }) => void pauses.push(pauseMs) });
    bot.start();
    await expect.poll(() => pauses.length).toBeGreaterThanOrEqual(deaths);
    await bot.stop();
    return pauses.slice(0, deaths);
  };
  const dies = "process.kill(process.pid, 'SIGKILL')";
  expect(await pausesOf(`process.send('ready', () => ${dies});`, 4)).toEqual([0, 0, 0, 0]);
  expect(await pausesOf(`${dies};`, 3)).toEqual([0, 1_000, 2_000]);
});

it.each([
  [
    'the same words, whatever numbers stand in them',
    "console.error('no room', Date.now()); process.exit(1);",
    /^no room \d+$/,
  ],
  ['nothing', 'process.exit(3);', /^The bot ended 3 times with code 3 and said nothing; see .*bot\.log$/],
])('a bot that ends three times in a row with %s is given up, with the reason', async (_what, source, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, 'bot.mjs');
  writeFileSync(entry, source);
  const deaths = vi.fn();
  const given: string[] = [];
  const logFile = join(folder, 'bot.log');
  const bot = new BotProcess({ entry, env: {}, logFile, onDeath: deaths, onGivenUp: (said) => void given.push(said) });
  bot.start();
  onTestFinished(() => bot.stop());
  await expect.poll(() => given).toEqual([expect.stringMatching(reason)]);
  expect(deaths).toHaveBeenCalledTimes(2);
});

it('a bot that warned of something and is killed at work is not given up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bot-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, 'bot.mjs');
  writeFileSync(
    entry,
    "console.error('a warning'); process.send('ready', () => process.kill(process.pid, 'SIGKILL'));",
  );
  const pauses: number[] = [];
  const givenUp = vi.fn();
  const logFile = join(folder, 'bot.log');
  const onDeath = ({ pauseMs }: { pauseMs: number }) => void pauses.push(pauseMs);
  const bot = new BotProcess({ entry, env: {}, logFile, onDeath, onGivenUp: givenUp });
  bot.start();
  onTestFinished(() => bot.stop());
  await expect.poll(() => pauses.length).toBeGreaterThanOrEqual(4);
  expect(givenUp).not.toHaveBeenCalled();
});
