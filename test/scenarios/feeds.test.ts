import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { findIsoByEmail } from '../../models/isos.ts';
import { story } from '../support/story.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { open, SECRET, sha256Of, signedHeaders } from '../web/feeds-client.ts';

const { world } = sharedWorld({ env: { FEED_SECRETS: `reviewers:${SECRET.toString('base64')}` } });
const it = story('the reviewers send their files by HTTPS');

const [, SCRIPT = ''] = /### HTTPS upload\n.*?```sh\n(.*?)```/s.exec(readFileSync('docs/daily-data.md', 'utf8')) ?? [];
const NAME = 'stock_20260503_001.csv';
let content = '';

/** What the page says, as it stands there. */
async function runScript(file: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    URL: world.botUrl,
    KEY: 'reviewers',
    SECRET: SECRET.toString('base64'),
    FILE: file,
  };
  const shell = spawn('sh', ['-e', '-c', SCRIPT], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, problem, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')]);
  expect({ problem, code }).toEqual({ problem: '', code: 0 });
  return out;
}

it('what the page says brings a file in, waits for it, and reads what became of its rows', async () => {
  const isoId = await behindTheScenes(world, async () => (await findIsoByEmail('demo@iso.example'))?.isoId);
  const row = (code: string) => `B-1,${isoId},MARKETING_CODE,${code},2026-05-02T09:00:00+08:00\r\n`;
  content = `batchId,isoId,product,code,receivedAt\r\n${row('ABCDEFGH2345')}${row('ABCDEFGH2346')}`;
  const file = join(world.dataDir, NAME);
  writeFileSync(file, content);
  const said = await runScript(file);
  const state = { name: NAME, state: 'done', bytes: content.length, sha256: sha256Of(content) };
  expect(said).toContain(JSON.stringify({ ...state, state: 'waiting' }));
  expect(said).toContain(JSON.stringify(state));
  expect(said).toContain('line,sourceRowKey,outcome,reason\r\n2,ABCDEFGH2345,applied,\r\n3,ABCDEFGH2346,applied,\r\n');
});

it('sent once more it changes nothing', async () => {
  const file = join(world.dataDir, NAME);
  const said = await runScript(file);
  expect(said).toContain('"state":"done"');
  expect(readdirSync(join(world.dataDir, 'incoming', 'done')).sort()).toEqual([NAME, 'stock_20260503_001.result.csv']);
  rmSync(file);
});

it('killed in the middle of a file the bot has taken nothing, and takes it when it is sent again', async () => {
  const name = 'stock_20260503_002.csv';
  const part = join(world.dataDir, 'incoming', `${name}.part`);
  const body = `${content}\r\n`;
  const call = open(Number(new URL(world.botUrl).port), { path: name, body }, { 'content-length': `${body.length}` });
  const cut = once(call, 'error');
  call.write(body.slice(0, 80));
  await expect.poll(() => existsSync(part) && readFileSync(part, 'utf8')).toBe(body.slice(0, 80));
  await world.killBot();
  await cut;
  await world.startBot();
  expect(readdirSync(join(world.dataDir, 'incoming')).sort()).toEqual(['done', `${name}.part`]);

  const send = request(`${world.botUrl}/feeds/${name}`, {
    method: 'PUT',
    headers: signedHeaders({ path: name, body }),
  });
  const answered = once(send, 'response');
  send.end(body);
  const [answer] = await answered;
  expect(answer.statusCode).toBe(201);
  answer.resume();
  const result = join(world.dataDir, 'incoming', 'done', 'stock_20260503_002.result.csv');
  await expect.poll(() => existsSync(result) && readFileSync(result, 'utf8')).toContain('2,ABCDEFGH2345,unchanged');
  await expect.poll(() => readdirSync(join(world.dataDir, 'incoming'))).toEqual(['done']);
});
