import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { isThere, lastBackup } from '../backup/backup-note.ts';
import { OP } from '../command.ts';
import { howMany } from '../how-many.ts';
import { type Finding, ok, unknown, warning, wrong } from './finding.ts';

const HOUR_MS = 3_600_000;
/** One is made each night. */
const OLD_MS = 48 * HOUR_MS;
const FAR_TOO_OLD_MS = 7 * 24 * HOUR_MS;
const REMEDY = `Make one each night, onto another disk: ${OP} backup make --to <folder> --keep 30`;

/** How old the last backup is of what the embedded store and its folder hold; of MongoDB its own tools know. */
export async function lookAtBackup(
  { dataDir, mongodbUri }: Pick<Config, 'dataDir' | 'mongodbUri'>,
  now: number,
): Promise<readonly Finding[]> {
  if (mongodbUri !== undefined)
    return [unknown('backup', 'when the database was backed up last is not known here: mongodump does it')];
  const last = await lastBackup(dataDir);
  if (last !== undefined && !(await isThere(last)))
    return [warning('backup', `backup ${last.name} is not in ${last.to} any more, or its disk is not there`, REMEDY)];
  const since = last?.at ?? (await begunAt(dataDir));
  if (since === undefined) return [ok('backup', 'there is nothing to back up yet')];
  const age = Math.max(0, now - since);
  const says =
    last === undefined
      ? `no backup was ever made of ${dataDir}`
      : `the last backup is ${howMany(Math.floor(age / HOUR_MS), 'hour')} old (${last.name} in ${last.to})`;
  if (age <= OLD_MS) return [ok('backup', says)];
  return [age <= FAR_TOO_OLD_MS ? warning('backup', says, REMEDY) : wrong('backup', says, REMEDY)];
}

/** When the store was made. */
async function begunAt(dataDir: string): Promise<number | undefined> {
  return (await stat(join(dataDir, 'mongo.db')).catch(() => undefined))?.birthtimeMs;
}
