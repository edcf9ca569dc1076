import type { Stats } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, dayOf } from '@field/kit/calendar';
import { isMissing } from '@field/kit/write-durably';
import type { Retention } from '../../domain/retention.ts';
import type { HandOver } from '../hand-over.ts';
import { namesIn } from '../names-in.ts';
import type { Outgoing } from '../outgoing.ts';
import type { RetentionRule } from './rule.ts';

interface Folders {
  readonly outgoing: Pick<Outgoing, 'removeBefore'>;
  readonly handOver: Pick<HandOver, 'whileNobodyWrites'>;
  /** Where landed files are put away. */
  readonly incoming: string;
  /** Notes of which way those that wait came. */
  readonly arrived: string;
  /** Where the programme's days begin. */
  readonly timeZone: string;
}

/** Files that went out long ago, and those that were landed or refused. */
export function fileRules(
  { filesDays }: Retention,
  { outgoing, handOver, incoming, arrived, timeZone }: Folders,
): RetentionRule[] {
  return [
    {
      of: 'outgoing',
      async *remove(now) {
        const day = dayOf(now - filesDays * DAY_MS, timeZone);
        yield (await handOver.whileNobodyWrites(() => outgoing.removeBefore(day))) ?? 0;
      },
    },
    {
      of: 'incoming',
      async *remove(now) {
        const before = now - filesDays * DAY_MS;
        for (const folder of ['done', 'quarantine']) yield await removeOlder(join(incoming, folder), before);
      },
    },
    {
      // of files that somebody took away before they were landed
      of: 'arrived',
      async *remove(now) {
        yield await removeOlder(arrived, now - filesDays * DAY_MS);
      },
    },
  ];
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function removeOlder(folder: string, before: number): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    // another process may work in the same folder
    const found = await statOf(path);
    if (found === undefined || found.mtimeMs >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
