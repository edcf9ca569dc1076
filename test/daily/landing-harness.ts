import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@field/kit/calendar';
import { type Clock, MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { afterAll } from 'vitest';
import { addAppeal, changeAppeal } from '../../models/appeals.ts';
import { bindCodes } from '../../models/bindings.ts';
import { addIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { addItems, changeItem, findItem, posmRef, type SubmittedItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { directorySource } from '../../src/daily/incoming/directory-source.ts';
import { createLanding, type Tell } from '../../src/daily/incoming/landing.ts';
import { createArrivals } from '../../src/daily/sources/arrived.ts';
import { readTyped } from '../../src/domain/code.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

/** A moment of the demo's calendar at which everything here is decided, and its day. */
export const DECIDED_AT = '2026-05-04T03:00:00+08:00';
export const DATA_DATE = '20260503';
export const LANDED_AT = Date.UTC(2026, 4, 4, 1);

const REVIEW_COLUMNS = [
  'sourceRowKey',
  'dataDate',
  'isoId',
  'itemType',
  'itemRef',
  'submissionRevision',
  'decision',
  'reasonCodes',
  'reasonText',
  'reasonLang',
  'reviewerRef',
  'decidedAt',
  'remedy',
  'deadlineAt',
  'feeEligible',
] as const;
export type ReviewCells = Partial<Record<(typeof REVIEW_COLUMNS)[number], string>>;

/** A row about a spot that approves it, but for what is said otherwise. */
export function approves(itemRef: string, change: ReviewCells = {}): ReviewCells {
  return {
    sourceRowKey: `${itemRef}#1@${DATA_DATE}`,
    dataDate: '2026-05-03',
    isoId: 'iso',
    itemType: 'SPOT',
    itemRef,
    submissionRevision: '1',
    decision: 'APPROVED',
    decidedAt: DECIDED_AT,
    ...change,
  };
}

export function rejects(itemRef: string, change: ReviewCells = {}): ReviewCells {
  return approves(itemRef, { decision: 'REJECTED', reasonCodes: 'SPOT_NOT_FIXED', ...change });
}

/** A table as a careful sender writes it. */
export function csv(
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly string[] = REVIEW_COLUMNS,
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export async function submitSpots(refs: readonly string[], change: Partial<SubmittedItem> = {}): Promise<void> {
  const submittedAt = LANDED_AT - 20 * 3_600_000;
  const spot = (itemRef: string): SubmittedItem => submittedSpot(itemRef, { submittedAt, ...change });
  await inTransaction((tx) => addItems(refs.map(spot), tx));
}

/** A code that somebody put up at a spot, long ago unless told. */
export async function putUp(
  typed: string,
  where: { readonly isoId?: string; readonly spotId: string; readonly boundBy?: string; readonly boundAt?: number },
): Promise<void> {
  const read = readTyped(typed, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error(`${typed} is not a code of the programme`);
  const binding = {
    bindingId: `${where.spotId}.code`,
    isoId: 'iso',
    storeId: 'store',
    boundBy: 'nok',
    boundAt: LANDED_AT - 60 * DAY_MS,
    method: 'TYPED',
    proofPhoto: '',
    code: read.code,
    ...where,
  } as const;
  await inTransaction((tx) => bindCodes([binding], tx));
}

export async function submitStore(storeId: string): Promise<void> {
  const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  await submitSpots([storeId], { ...noSpot, itemType: 'STORE', storeId });
}

export async function submitPosm(spotId: string): Promise<void> {
  await submitSpots([posmRef(spotId)], { itemType: 'POSM', spotId });
}

export async function itemOf(itemRef: string): Promise<Item> {
  const item = await findItem(itemRef);
  if (item === undefined) throw new Error(`no item ${itemRef}`);
  return item;
}

export async function addIsoIn(timeZone: string, isoId = 'iso'): Promise<void> {
  const iso = {
    isoId,
    email: `${isoId}@iso.example`,
    name: isoId,
    country: 'TH',
    timeZone,
    language: 'en',
    joinToken: `join-${isoId}`,
  };
  await inTransaction((tx) => addIso(iso, tx));
}

/** An appeal of `nok` against its first revision, sent, or still being written. */
export async function appealAgainst(itemRef: string, { sent = true } = {}): Promise<void> {
  const item = await itemOf(itemRef);
  await inTransaction(async (tx) => {
    const appealId = `appeal-${itemRef}`;
    const against = { againstRevision: 1, againstReasonCodes: ['SPOT_NOT_FIXED'], programme: 1 };
    await addAppeal({ appealId, itemRef, isoId: 'iso', userId: 'nok', ...against, startedAt: 1 }, tx);
    const filed = { state: 'FILED', statement: 'It is fixed.', filedAt: 2 } as const;
    if (sent) await changeAppeal({ appealId, version: 1, state: 'DRAFT' }, filed, tx);
    await changeItem(item, { state: 'APPEALING' }, tx);
  });
}

/** A folder of incoming files with a landing at it; what it tells is kept, in order. */
export class LandingHarness {
  readonly dir = mkdtempSync(join(tmpdir(), 'incoming-'));
  readonly told: string[] = [];
  readonly log = createLog({ level: 'silent' });
  readonly clock: MovableClock;
  /** Which way those came that did not come by hand. */
  readonly arrivals = createArrivals(join(this.dir, '.arrived'));
  readonly #encoding: string;

  readonly #tell: ((clock: Clock) => Tell) | undefined;

  /** `encoding`: what files are in that have no byte order mark; `tell`: the product's own telling, whose cards wait in the outbox. */
  constructor(at = LANDED_AT, encoding = 'utf-8', tell?: (clock: Clock) => Tell) {
    this.#encoding = encoding;
    this.#tell = tell;
    this.clock = new MovableClock(at - Date.now());
    mkdirSync(this.dir, { recursive: true });
    afterAll(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  drop(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.dir, name), content);
  }

  /** Lands what waits, as this or another process of the product; answers when that is done. */
  async land(): Promise<void> {
    const inFlight = createInFlight();
    const workDir = mkdtempSync(join(tmpdir(), 'landing-'));
    const landing = createLanding({
      source: directorySource(this.dir, this.log, () => this.clock.now(), {
        encoding: this.#encoding,
        arrivals: this.arrivals,
      }),
      workDir,
      tell: this.#tell?.(this.clock) ?? {
        staff: async ({ userId, dataDate }) => void this.told.push(`${userId} ${dataDate}`),
        iso: async ({ isoId, dataDate }) => void this.told.push(`${isoId} ${dataDate}`),
        admins: async ({ kind, isoId, what }) => void this.told.push(`${kind} ${isoId} ${what}`),
      },
      wake: () => undefined,
      clock: this.clock,
      ids: systemIds,
      log: this.log,
      inFlight,
    });
    landing.wake();
    while (inFlight.left().length > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await landing.close();
    rmSync(workDir, { recursive: true, force: true });
  }

  /** What lies in the folder, without hidden files. */
  names(where: '' | 'done' | 'quarantine' = ''): string[] {
    try {
      const entries = readdirSync(join(this.dir, where), { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort();
    } catch {
      return [];
    }
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  /** The lines of a result file below its header: `<line> <key> <outcome> <reason>`. */
  results(path: string): string[] {
    const [header, ...lines] = this.read(path).split('\r\n').slice(0, -1);
    if (header !== 'line,sourceRowKey,outcome,reason') throw new Error(`no result file: ${header}`);
    return lines.map((line) => line.split(',').join(' ').trim());
  }
}
