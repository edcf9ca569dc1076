import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processesIn } from './processes-in.ts';
import { allGoOn, frozen } from './signals.ts';

const onLinux = test.runIf(process.platform === 'linux');

/** A programme of two processes that works in a folder of its own. */
async function aServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'frozen-'));
  writeFileSync(join(folder, 'rows'), '');
  const child = spawn('sh', ['-c', `tail -f '${folder}/rows' & echo up; wait`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    for (const pid of processesIn(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });
  await once(child.stdout, 'data');
  // the second may not have become what it is to be
  await expect.poll(() => processesIn(folder)).toHaveLength(2);
  return folder;
}

/** `T` stands still. */
function stateOf(pid: number): string {
  return / ([A-Z]) \d+ \d+ /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';
}

const statesOf = (pids: readonly number[]) => expect.poll(() => pids.map(stateOf));

onLinux('all processes of a server stand still together, and go on where the run is broken off', async () => {
  const folder = await aServer();
  const pids = processesIn(folder);
  expect(pids).toHaveLength(2);
  void frozen(() => processesIn(folder), 3_600_000);
  await statesOf(pids).toEqual(['T', 'T']);
  allGoOn();
  await statesOf(pids).not.toContain('T');
});

onLinux('they go on by themselves', async () => {
  const folder = await aServer();
  expect(await frozen(() => processesIn(folder), 50)).toBe(true);
  await statesOf(processesIn(folder)).not.toContain('T');
});

onLinux('where none is there nothing stood still', async () => {
  expect(await frozen(() => processesIn('/nowhere/at/all'), 0)).toBe(false);
});
