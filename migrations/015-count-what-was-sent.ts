import { randomUUID } from 'node:crypto';
import { dayOf } from '@field/kit/calendar';
import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly itemType: 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';
  readonly isoId: string;
  readonly staffId: string;
  readonly product?: string | null;
  readonly spotId?: string | null;
  readonly submittedAt: number;
  readonly state: string;
  readonly decision?: string | null;
}

interface Numbers {
  readonly isoId: string;
  readonly period: string;
  readonly counts: Record<string, number>;
  firstAt?: number;
  lastAt?: number;
}

const AT_ONCE = 500;
const FAILED = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED'];
const COLUMNS = { itemType: 1, isoId: 1, staffId: 1, product: 1, spotId: 1, submittedAt: 1, state: 1, decision: 1 };

/**
 * What everybody has sent is counted, by day and by month, one person after the other: a person's numbers are put in the place of those
 * before, whoever wrote them. What a bot of the release before writes meanwhile is in no number before that item changes here.
 */
export const countWhatWasSent: Migration = {
  id: 15,
  name: 'count-what-was-sent',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const zones = new Map<string, string>();
    for (const { _id, timeZone } of await db.collection<{ _id: string; timeZone: string }>('isos').find().toArray())
      zones.set(_id, timeZone);
    const dayIn = (isoId: string, at: number): string => dayOf(at, zones.get(isoId) ?? 'UTC');
    for (const userId of (await whoSent(db)).filter((one) => one > checkpoint)) {
      await write(db, userId, await numbersOf(db, userId, dayIn));
      await reached(userId);
    }
  },
};

/** Whoever is the author of anything, or bound a code that stands, in an order that is the same each time. */
async function whoSent(db: mongoose.mongo.Db): Promise<readonly string[]> {
  const authors = await db.collection('items').distinct('staffId');
  const binders = await db.collection('bindings').distinct('boundBy', { state: 'ACTIVE' });
  return [...new Set([...authors, ...binders].map(String))].sort();
}

async function numbersOf(
  db: mongoose.mongo.Db,
  userId: string,
  dayIn: (isoId: string, at: number) => string,
): Promise<readonly Numbers[]> {
  const all = new Map<string, Numbers>();
  const count = (isoId: string, at: number, key: string, isSent: boolean): void => {
    const day = dayIn(isoId, at);
    for (const period of [`D${day}`, `M${day.slice(0, 6)}`]) {
      const name = JSON.stringify([isoId, period]);
      const numbers = all.get(name) ?? { isoId, period, counts: {} };
      all.set(name, numbers);
      numbers.counts[key] = (numbers.counts[key] ?? 0) + 1;
      if (!isSent) continue;
      numbers.firstAt = Math.min(at, numbers.firstAt ?? at);
      numbers.lastAt = Math.max(at, numbers.lastAt ?? at);
    }
  };
  const items = db.collection<Row>('items');
  const sent = items.find(
    { staffId: userId, submittedAt: { $exists: true } },
    { projection: COLUMNS, batchSize: AT_ONCE },
  );
  for await (const batch of inBatches(sent)) {
    const refs = batch.flatMap(({ itemType, spotId }) => otherRef(itemType, spotId ?? '') ?? []);
    const others = await items.find({ _id: { $in: refs } }, { projection: COLUMNS }).toArray();
    const known = new Map(others.map((row) => [row._id, row]));
    for (const row of batch) {
      const other = known.get(otherRef(row.itemType, row.spotId ?? '') ?? '');
      count(row.isoId, row.submittedAt, keyOf(row, other), true);
    }
  }
  const codes = db
    .collection<{ isoId: string; boundAt: number }>('bindings')
    .find({ boundBy: userId, state: 'ACTIVE' });
  for await (const { isoId, boundAt } of codes) count(isoId, boundAt, '/CODE/active', false);
  return [...all.values()];
}

async function* inBatches(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function otherRef(itemType: Row['itemType'], spotId: string): string | undefined {
  if (itemType === 'POSM') return spotId;
  return itemType === 'SPOT' ? `${spotId}.posm` : undefined;
}

/** A spot counts with what stands there, and what no row named follows its spot. */
function keyOf(row: Row, other: Row | undefined): string {
  const isSpot = row.itemType === 'SPOT' || row.itemType === 'POSM';
  return `${isSpot ? (row.product ?? '') : ''}/${row.itemType}/${standingWith(row, other)}`;
}

function standingWith(row: Row, other: Row | undefined): string {
  const own = standingOf(row.state);
  if (other === undefined) return own;
  if (row.itemType === 'POSM') return isJudged(row) ? own : standingOf(other.state);
  if (row.itemType !== 'SPOT' || !isJudged(other)) return own;
  const both = [own, standingOf(other.state)];
  if (both.includes('failed')) return 'failed';
  return both.every((one) => one === 'approved') ? 'approved' : 'inReview';
}

function isJudged({ decision }: Row): boolean {
  return decision !== undefined && decision !== null;
}

function standingOf(state: string): string {
  if (FAILED.includes(state)) return 'failed';
  return state === 'APPROVED' ? 'approved' : 'inReview';
}

async function write(db: mongoose.mongo.Db, userId: string, numbers: readonly Numbers[]): Promise<void> {
  const tallies = db.collection<{ _id: string; userId: string }>('tallies');
  await tallies.deleteMany({ userId });
  const rows = numbers.map((one) => ({ _id: randomUUID(), userId, changes: 1, ...one }));
  for (let from = 0; from < rows.length; from += AT_ONCE) await tallies.insertMany(rows.slice(from, from + AT_ONCE));
}
