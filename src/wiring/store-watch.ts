import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { SAVE_REMEDIES, whyNotSaved } from '@field/kit/cannot-save';
import type { Logger } from '@field/kit/log';
import { writeDurably } from '@field/kit/write-durably';
import type { Registry } from 'prom-client';
import { writeProbe } from '../../models/settings.ts';
import type { PartHealth } from '../web/health.ts';
import { gaugeIn } from '../web/metrics.ts';
import { within } from '../work/within.ts';

export interface StoreWatchOptions {
  readonly dataDir: string;
  /** With less room than this on the disk of `dataDir` an operator is told, bytes. */
  readonly lowBytes: number;
  readonly log: Logger;
  readonly metrics: Registry;
  /** The machine's time, milliseconds. */
  readonly machine: () => number;
  /** Told when what could not be saved can be again. */
  readonly savesAgain: () => void;
}

/** Whether what staff send can be kept: the database takes a row, and the disk of the data folder a file. */
export interface StoreWatch {
  /** What the last look found. */
  health(): { readonly store: PartHealth; readonly disk: PartHealth };
  /** Looks now: writes a row and a file, and waits for neither longer than two seconds. */
  look(): Promise<void>;
  close(): void;
}

const ANSWERS_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10_000;
/** What is wrong is over for everybody as soon as it is over: so is the red light. */
const LOOK_AGAIN_MS = 2_000;
const PROBE_FILE = '.probe';
const PROBE_BYTES = Buffer.alloc(64 * 1024);
const SILENT =
  'It does not answer. See whether it runs, and can be reached from here. What waits goes on by itself then.';
const MB = 1024 * 1024;

type Part = 'store' | 'disk';

export function watchStore({ dataDir, lowBytes, log, metrics, machine, savesAgain }: StoreWatchOptions): StoreWatch {
  const probes = { store: () => writeProbe(machine()), disk: () => writeFile(dataDir) };
  /** What is wrong with a part, in words for the operator. */
  const wrong = new Map<Part, string>();
  /** A probe that has not ended: no other one is begun beside it. */
  const out = new Map<Part, Promise<string | undefined>>();
  const freeBytes = gaugeIn(metrics, 'field_data_dir_free_bytes');
  const low = gaugeIn(metrics, 'field_data_dir_low');
  const saves = gaugeIn(metrics, 'field_saves');
  let isLow = false;
  let closed = false;
  let next: NodeJS.Timeout | undefined;

  async function probe(part: Part): Promise<void> {
    const answer =
      out.get(part) ??
      probes[part]()
        .then(
          () => undefined,
          (thrown: unknown) => remedyFor(part, thrown),
        )
        .finally(() => out.delete(part));
    out.set(part, answer);
    const found = await within(ANSWERS_WITHIN_MS, answer, SILENT);
    const before = wrong.get(part);
    if (found === undefined) wrong.delete(part);
    else wrong.set(part, found);
    if (found === before) return;
    if (found === undefined) log.info({ part }, 'store.savesAgain');
    else log.error({ part, remedy: found }, 'store.cannotSave');
  }

  async function lookAtRoom(): Promise<void> {
    const free = await within(ANSWERS_WITHIN_MS, roomIn(dataDir), undefined);
    if (free === undefined) return;
    freeBytes.set(free);
    const freeMb = Math.floor(free / MB);
    if (free < lowBytes && !isLow) log.warn({ freeMb, lowMb: Math.floor(lowBytes / MB) }, 'disk.low');
    if (free >= lowBytes && isLow) log.info({ freeMb }, 'disk.roomAgain');
    isLow = free < lowBytes;
    low.set(isLow ? 1 : 0);
  }

  async function look(): Promise<void> {
    const before = wrong.size;
    await Promise.all([probe('store'), probe('disk'), lookAtRoom()]);
    saves.set(wrong.size === 0 ? 1 : 0);
    if (before > 0 && wrong.size === 0) savesAgain();
  }

  function lookLater(): void {
    if (closed) return;
    const again = (): void => void look().finally(lookLater);
    next = setTimeout(again, wrong.size === 0 ? LOOK_EVERY_MS : LOOK_AGAIN_MS).unref();
  }

  function diskHealth(): PartHealth {
    const detail = wrong.get('disk');
    if (detail !== undefined) return { ok: false, detail };
    if (!isLow) return { ok: true };
    return {
      ok: false,
      detail: 'There is little room left on the disk of DATA_DIR. Make room there.',
      essential: false,
    };
  }

  lookLater();
  return {
    health: () => ({ store: { ok: !wrong.has('store'), detail: wrong.get('store') }, disk: diskHealth() }),
    look,
    close() {
      closed = true;
      clearTimeout(next);
    },
  };
}

function remedyFor(part: Part, thrown: unknown): string {
  const why = whyNotSaved(thrown);
  if (why !== undefined) return SAVE_REMEDIES[why];
  return part === 'store' ? SILENT : SAVE_REMEDIES.failing;
}

async function writeFile(dataDir: string): Promise<void> {
  const path = join(dataDir, PROBE_FILE);
  await writeDurably(path, PROBE_BYTES);
  await rm(path, { force: true });
}

/** Undefined where the system does not tell. */
async function roomIn(dataDir: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
