import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeDurably } from '@field/kit/write-durably';
import { STORE_FILE } from './check.ts';

const NOTE = 'whereabouts.json';

/** Where the data of a folder is worked on. */
export interface Whereabouts {
  /** By which a machine is told from another one; absent where that is not known, as in a container. */
  readonly machine?: string | undefined;
  /** How it is called. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

interface Stay extends Whereabouts {
  /** Since when, milliseconds. */
  readonly since: number;
}

export interface NotedWhereabouts extends Stay {
  /** Where it was before, if that was another place. */
  readonly before?: Stay | undefined;
}

/** This machine, with this folder. */
export function whereaboutsOf(dataDir: string): Whereabouts {
  return { machine: idOfMachine(), name: hostname(), folder: realpathSync(dataDir) };
}

/** Notes where the data is worked on from now on; answers where it was until now, if that is another place. */
export async function noteWhereabouts(dataDir: string, here: Whereabouts, now: number): Promise<Stay | undefined> {
  const last = notedWhereabouts(dataDir);
  if (last !== undefined && isSame(last, here)) {
    if (last.folder !== here.folder) await write(dataDir, { ...last, folder: here.folder });
    return undefined;
  }
  const before = last && { machine: last.machine, name: last.name, folder: last.folder, since: last.since };
  await write(dataDir, { ...here, since: now, before });
  return before;
}

async function write(dataDir: string, noted: NotedWhereabouts): Promise<void> {
  await writeDurably(join(dataDir, NOTE), Buffer.from(`${JSON.stringify(noted)}\n`));
}

/** What was noted last; undefined where nothing was, or it cannot be read. */
export function notedWhereabouts(dataDir: string): NotedWhereabouts | undefined {
  try {
    const noted: unknown = JSON.parse(readFileSync(join(dataDir, NOTE), 'utf8'));
    const last = stayIn(noted);
    return last && { ...last, before: stayIn(Object(noted).before) };
  } catch {
    return undefined;
  }
}

function stayIn(noted: unknown): Stay | undefined {
  const { machine, name, folder, since } = Object(noted);
  if (typeof name !== 'string' || typeof folder !== 'string' || typeof since !== 'number') return undefined;
  return { machine: typeof machine === 'string' ? machine : undefined, name, folder, since };
}

/** Whether two are one place: a folder that was moved on its machine, and is not there any more, is the same. */
export function isSame(last: Whereabouts, here: Whereabouts): boolean {
  // where one of them is not known, only what lies here tells
  const areKnown = last.machine !== undefined && here.machine !== undefined;
  if (areKnown && last.machine !== here.machine) return false;
  return last.folder === here.folder || !existsSync(join(last.folder, STORE_FILE));
}

/** What a runtime of containers puts into each: Docker, Podman, systemd. */
const OF_CONTAINERS = ['.dockerenv', 'run/.containerenv', 'run/systemd/container'];

/**
 * A container has no id, that of its image, which all have, or one that is made anew with it: none of them tells one machine from another,
 * and a container that is replaced works on. Elsewhere than on Linux the name has to do.
 */
export function idOfMachine(root = '/', platform: string = process.platform): string | undefined {
  if (platform !== 'linux') return hostname();
  if (OF_CONTAINERS.some((mark) => existsSync(join(root, mark)))) return undefined;
  try {
    const id = readFileSync(join(root, 'etc/machine-id'), 'utf8').trim();
    return id === '' ? undefined : createHash('sha256').update(id).digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}
