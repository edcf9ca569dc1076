import { AppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import type { Programmes } from '../../models/programme-in-use.ts';
import { findProgramme, type ProgrammeVersion } from '../../models/programmes.ts';
import { readProgrammeHead } from '../../models/settings.ts';
import { lineOf } from '../programme/mistake.ts';
import { type VersionedProgramme, versionedProgramme } from '../programme/versioned-programme.ts';
import { createReadings, type ReadingOf } from './readings.ts';

/** How old what a process works by may be, at the most twice: everybody follows within ten seconds. */
const LOOK_EVERY_MS = 5_000;
/** Beside the current one: what is open was made under few. */
const MOST_HELD = 8;

/**
 * The programmes that a process has in memory. What was made under one that this release cannot read goes on under the one that is
 * worked by, which is told in the log. Errors of `at`: `programme.unknown`; `programme.unreadable` as long as none is held.
 */
export interface HeldProgrammes extends Programmes {
  /**
   * Looks which one is worked by now. Before the first look there is none. Errors: those of `at`, as long as none is held; later one that
   * this release cannot read is told in the log, and the one before stays.
   */
  look(): Promise<void>;
  /** What files say, each once. */
  readonly readingOf: ReadingOf;
  /** Looks every few seconds, until it is closed. */
  watch(): { close(): Promise<void> };
}

export function createHeldProgrammes(log: Pick<Logger, 'error' | 'info'>): HeldProgrammes {
  const held = new Map<number, VersionedProgramme>();
  let current: VersionedProgramme | undefined;
  let changedAt: number | undefined;
  let refused: number | undefined;
  const unreadable = new Set<number>();
  const readingOf = createReadings();

  const forget = (): void => {
    held.clear();
    unreadable.clear();
  };

  const readable = async (version: number): Promise<VersionedProgramme> => {
    const known = held.get(version) ?? (await read(version, readingOf));
    // the one that was asked for last is the last to go
    held.delete(version);
    held.set(version, known);
    for (const oldest of held.keys()) {
      if (held.size <= MOST_HELD) break;
      held.delete(oldest);
    }
    return known;
  };

  const at = async (version: number): Promise<VersionedProgramme> => {
    if (current !== undefined && unreadable.has(version)) return current;
    try {
      return await readable(version);
    } catch (error) {
      if (current === undefined || !isUnreadable(error)) throw error;
      unreadable.add(version);
      log.error({ version, goesOnUnder: current.version, err: error }, 'programme.unreadable');
      return current;
    }
  };

  const look = async (): Promise<void> => {
    const head = await readProgrammeHead();
    if (head === undefined) return;
    const isSame = head.version === current?.version && head.changedAt === changedAt;
    if (isSame || head.changedAt === refused) return;
    // a store that was emptied counts from 1 again
    if (changedAt !== undefined && current !== undefined && head.version <= current.version) forget();
    try {
      current = await readable(head.version);
    } catch (error) {
      if (current === undefined || !isUnreadable(error)) throw error;
      refused = head.changedAt;
      log.error({ version: head.version, staysWith: current.version, err: error }, 'programme.unreadable');
      return;
    }
    refused = undefined;
    changedAt = head.changedAt;
    log.info({ version: current.version }, 'programme.inUse');
  };

  return {
    current() {
      if (current === undefined) throw new AppError('bug.unexpected', { why: 'no programme was looked for' });
      return current;
    },
    at,
    look,
    readingOf,
    watch() {
      let underWay: Promise<void> | undefined;
      const timer = setInterval(() => {
        underWay ??= look()
          .catch((err: unknown) => log.error({ err }, 'programme.notLooked'))
          .finally(() => {
            underWay = undefined;
          });
      }, LOOK_EVERY_MS);
      return {
        async close() {
          clearInterval(timer);
          await underWay;
        },
      };
    },
  };
}

function isUnreadable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'programme.unreadable';
}

async function read(version: number, readingOf: ReadingOf): Promise<VersionedProgramme> {
  const found: ProgrammeVersion | undefined = await findProgramme(version);
  if (found === undefined) throw new AppError('programme.unknown', { version, say: `There is no version ${version}.` });
  const reading = readingOf(found.files);
  if ('programme' in reading) return versionedProgramme(version, reading.programme, found.files);
  const lines = reading.mistakes.map(lineOf).join('\n');
  const say =
    `Version ${version} of the programme was applied by another release, and this one cannot work by it. Start that release, or ` +
    `apply one that this release reads: npm run op -- programme apply\n${lines}`;
  throw new AppError('programme.unreadable', { version, say });
}
