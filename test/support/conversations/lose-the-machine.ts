import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { operatorCommand } from '../world/operator-command.ts';
import type { World } from '../world/world.ts';

/** What is the bot's own of the folder that it shares with the sandbox here, but for `data.key`, which is kept elsewhere. */
const OWN = /^(photos|outgoing|incoming|mongo\..*|.*\.json)$/;
const THE_REVIEWERS = 'reviewer.json';

/**
 * A backup is made and verified while the bot works; then its process is killed, its data removed, and the backup restored into a new place, in
 * which it goes on. What was in the photos is there again, byte by byte; the doctor knows how old the backup is.
 */
export async function loseTheMachine(world: World): Promise<void> {
  const backups = join(world.dataDir, 'backups');
  const operator = async (...args: readonly string[]): Promise<string> => {
    const answer = await operatorCommand(world.dataDir, ...args);
    expect([args, answer.code, answer.problem]).toEqual([args, 0, expect.not.stringContaining('✗')]);
    return answer.out;
  };
  expect(await operator('backup', 'make', '--to', backups)).toContain('documents');
  expect(await operator('backup', 'verify', '--from', backups)).toContain('is whole');
  expect(await ageOfBackup(world)).toMatchObject({ state: 'ok', says: expect.stringContaining('0 hours old') });

  await world.untilIdle();
  const before = photosIn(world.dataDir);
  expect(before.length).toBeGreaterThan(0);
  await world.killBot();
  for (const name of readdirSync(world.dataDir))
    if (OWN.test(name) && name !== THE_REVIEWERS) rmSync(join(world.dataDir, name), { recursive: true });
  const to = join(world.dataDir, 'restored');
  expect(await operator('backup', 'restore', '--from', backups, '--to', to)).toContain('is as it was');
  for (const name of readdirSync(to)) renameSync(join(to, name), join(world.dataDir, name));
  expect(photosIn(world.dataDir)).toEqual(before);
  await world.startBot();
}

/** The hashes of all photos that are kept, as their bytes are. */
function photosIn(dataDir: string): readonly string[] {
  const files = readdirSync(join(dataDir, 'photos'), { recursive: true, withFileTypes: true });
  const hashes = files
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  return hashes.toSorted();
}

async function ageOfBackup(world: World): Promise<unknown> {
  const { origin } = new URL(world.sandbox.url);
  const env = { DINGTALK_API_BASE: origin, DINGTALK_OAPI_BASE: origin };
  const { out } = await operatorCommand({ dataDir: world.dataDir, env }, 'doctor', '--json');
  return JSON.parse(out).findings.find(({ about }: { about: string }) => about === 'backup');
}
