import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { makeBackup } from '../../src/operator/backup/make-backup.ts';
import { lookAtBackup } from '../../src/operator/doctor/backup.ts';

const DAY_MS = 24 * 3_600_000;
const progress = { say: () => undefined, end: () => undefined };

it('the doctor says how old the last backup is, and that there is none, once there is something to lose', async () => {
  const { folder: dataDir, remove } = newFolder();
  const { folder: to, remove: removeBackups } = newFolder();
  onTestFinished(remove);
  const inDays = async (days: number, mongodbUri?: string) =>
    (await lookAtBackup({ dataDir, mongodbUri }, Date.now() + days * DAY_MS))[0];
  expect(await inDays(9)).toMatchObject({ state: 'ok', says: 'there is nothing to back up yet' });
  await (await startEmbeddedStore({ dataDir, port: 0 })).close();
  expect(await inDays(1)).toMatchObject({ state: 'ok', says: expect.stringContaining('no backup was ever made') });
  expect(await inDays(3)).toMatchObject({ state: 'warning', remedy: expect.stringContaining('backup make') });
  expect(await inDays(8)).toMatchObject({ state: 'wrong' });
  const { name } = await makeBackup({ dataDir, to, dataKey: randomBytes(32), now: Date.now(), progress });
  expect(await inDays(1)).toMatchObject({
    state: 'ok',
    says: expect.stringContaining(`24 hours old (${name} in ${to})`),
  });
  expect(await inDays(3)).toMatchObject({ state: 'warning', says: expect.stringContaining('72 hours old') });
  rmSync(join(to, `${name}.backup`));
  expect(await inDays(1)).toMatchObject({ state: 'warning', says: expect.stringContaining('not in') });
  removeBackups();
  expect(await inDays(1, 'mongodb://127.0.0.1:9/app')).toMatchObject({ state: 'unknown' });
});
