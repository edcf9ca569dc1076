import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/world/free-port.ts';

const ROUNDS = 4;

test('a sandbox killed while eight people write has lost nothing that it answered', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'killed-'));
  const [port, botPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}/sandbox/api`;
  let running: ChildProcess | undefined;
  onTestFinished(async () => {
    running?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sandbox = spawn(process.execPath, ['packages/demo/dist/sandbox.js'], {
      env: { ...process.env, SANDBOX_PORT: `${port}`, PORT: `${botPort}`, DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = sandbox;
    await once(sandbox.stdout, 'data');
    const entries = (await (await fetch(`${url}/conversations/staff1`)).json()) as Entry[];
    const kept = new Set(entries.map((entry) => entry.text));
    expect(answered.filter((text) => !kept.has(text))).toEqual([]);

    const atLeast = answered.length + 40 * (round + 1);
    const writing = Array.from({ length: 8 }, async (_, writer) => {
      for (let count = 0; ; count++) {
        const text = `round ${round}, writer ${writer}, message ${count}`;
        const sent = await fetch(`${url}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ from: 'staff1', text }),
        }).catch(() => undefined);
        if (sent?.status !== 200) return;
        answered.push(text);
        // In the middle of the others' writing.
        if (answered.length === atLeast) sandbox.kill('SIGKILL');
      }
    });
    await Promise.all([...writing, once(sandbox, 'exit')]);
  }
  expect(answered.length).toBeGreaterThan(100);
});
