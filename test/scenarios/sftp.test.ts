import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { SftpServer } from '../support/sftp-server.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const FILE = 'review_20260503_001.csv';
const RESULT = 'review_20260503_001.result.csv';

const folder = mkdtempSync(join(tmpdir(), 'sftp-story-'));
const there = join(folder, 'there');
for (const name of ['results', 'submissions']) mkdirSync(join(there, name), { recursive: true });
const account = { user: 'field', publicKey: '' };
const server = new SftpServer(there, account);
await server.start();
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const [, page = ''] = /\n### SFTP\n(.*?)\n## /s.exec(readFileSync('docs/daily-data.md', 'utf8')) ?? [];
const [KEYS = '', SEND = ''] = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code);
const [, SETTINGS = ''] = /```ini\n(.*?)```/s.exec(page) ?? [];

/** What the page says, as it stands there. */
async function run(script: string): Promise<string> {
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(server.port), FILE };
  const shell = spawn('sh', ['-e', '-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, problem, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')]);
  expect({ problem, code }).toEqual({ problem: '', code: 0 });
  return out;
}

const [, hostKey = ''] = /(SHA256:\S+)/.exec(await run(KEYS)) ?? [];
account.publicKey = readFileSync(join(folder, 'field-sftp.pub'), 'utf8');
const settings = Object.fromEntries(
  SETTINGS.trim()
    .split('\n')
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
);
const { world, nok } = sharedWorld({
  joined: ['staff1'],
  env: {
    ...settings,
    SFTP_HOST: '127.0.0.1',
    SFTP_PORT: String(server.port),
    SFTP_KEY_FILE: join(folder, String(settings.SFTP_KEY_FILE)),
    SFTP_HOST_KEY: hostKey,
  },
});
const it = story('what Nok submits goes to an SFTP server, and what the reviewers say comes from there');

const namesIn = (path: string): string[] => readdirSync(join(there, path)).sort();

it('what she submits is there an hour later, with its photos', async () => {
  await promote(nok);
  await world.untilIdle();
  await world.advance(3_600_000);
  await expect
    .poll(() => namesIn('submissions').filter((name) => /^submissions_\d{8}_001\.jsonl$/.test(name)))
    .toHaveLength(1);
  expect(namesIn('submissions/photos').length).toBeGreaterThan(0);
  expect(namesIn('submissions/photos')).toEqual(readdirSync(join(world.dataDir, 'outgoing', 'photos')).sort());
});

it('what a reviewer puts there lands, and its result lies beside it there', async () => {
  const [submitted = ''] = namesIn('submissions').filter((name) => name.endsWith('.jsonl'));
  const lines = readFileSync(join(there, 'submissions', submitted), 'utf8')
    .trimEnd()
    .split('\n');
  const spot = lines.map((line) => JSON.parse(line)).find(({ itemType }) => itemType === 'SPOT');
  const columns = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  const row = `1,2026-05-03,${spot.isoId},SPOT,${spot.itemRef},1,APPROVED,,2026-05-04T03:00:00+08:00`;
  writeFileSync(join(folder, FILE), `${columns}\r\n${row}\r\n`);
  await run(SEND);
  const result = join(there, 'results', 'done', RESULT);
  await expect.poll(() => existsSync(result) && existsSync(join(there, 'results', 'done', FILE))).toBe(true);
  expect(readFileSync(result, 'utf8')).toBe('line,sourceRowKey,outcome,reason\r\n2,1,applied,\r\n');
  expect(namesIn('results')).toEqual(['done']);
  const health = (await (await fetch(`${world.botUrl}/healthz`)).json()) as { parts: Record<string, unknown> };
  expect(health.parts.sftp).toEqual({ ok: true, essential: false });
});

it('killed while it fetches the same content under another name, it lands that once: nothing changes', async () => {
  const again = 'review_20260503_002.csv';
  let killed: Promise<void> | undefined;
  server.faults.before = (request) => {
    if (request === 'READ') killed ??= world.killBot();
  };
  writeFileSync(join(folder, again), readFileSync(join(folder, FILE)));
  await run(SEND.replaceAll('$FILE', again));
  await expect.poll(() => killed !== undefined).toBe(true);
  await killed;
  expect(namesIn('results')).toEqual(['done', again]);
  await world.startBot();
  await expect.poll(() => namesIn('results')).toEqual(['done']);
  const result = readFileSync(join(there, 'results', 'done', 'review_20260503_002.result.csv'), 'utf8');
  expect(result).toBe('line,sourceRowKey,outcome,reason\r\n2,1,unchanged,fileLandedBefore\r\n');
  expect(readdirSync(join(world.dataDir, 'incoming'))).toEqual(['done']);
});
