import { randomUUID } from 'node:crypto';
import { dayOf } from '@field/kit/calendar';
import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly itemType: 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';
  readonly isoId: string;
  readonly staffId: string;
  readonly storeId: string;
  readonly spotId?: string | null;
  readonly submittedAt: number;
  readonly state: string;
  readonly settlement?: string | null;
  readonly decision?: string | null;
  readonly reasonCodes?: readonly string[] | null;
  readonly dataDate?: string | null;
}

const AT_ONCE = 500;
/** What failed and can still be put right. */
const OPEN = ['REJECTED', 'INVALIDATED', 'MODIFYING'];
const FAILED = [...OPEN, 'REJECTED_FINAL', 'LAPSED'];
/** It told what is approved and not settled, of which each had to be read with its shop and its code. */
const REPLACED = 'isoId_1_itemType_1_settlement_1';
const NOT_THERE = [26, 27];

/**
 * What cards of an ISO only counted by reading it is kept: whose fee waits and what is suspected, on the items themselves; how many shops
 * and spots are new, among the numbers of a day; the results of the last day that has any. What a bot of the release before writes
 * meanwhile is in none of them, until its numbers are counted again at night.
 */
export const keepWhatCardsCount: Migration = {
  id: 19,
  name: 'keep-what-cards-count',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const suspicions = await suspicionsIn(db);
    const items = db.collection<Row>('items');
    for (let after = checkpoint; ; ) {
      const batch = await items
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(AT_ONCE)
        .toArray();
      const last = batch.at(-1)?._id;
      if (last === undefined) break;
      const due = await eligible(db, batch.filter(mayWait));
      if (due.length > 0) await items.updateMany({ _id: { $in: due } }, { $set: { feeWaits: true } });
      const suspected = batch.filter(
        ({ state, reasonCodes }) => OPEN.includes(state) && (reasonCodes ?? []).some((code) => suspicions.has(code)),
      );
      const ids = suspected.map(({ _id }) => _id);
      if (ids.length > 0) await items.updateMany({ _id: { $in: ids } }, { $set: { suspected: true } });
      after = last;
      await reached(after);
    }
    const isos = await db.collection<{ _id: string; timeZone: string }>('isos').find().toArray();
    const zones = new Map(isos.map(({ _id, timeZone }) => [_id, timeZone]));
    for (const userId of await items.distinct('staffId')) await countNew(db, String(userId), zones);
    for (const { _id } of isos) await countResults(db, _id);
    try {
      await items.dropIndex(REPLACED);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
    }
  },
};

interface ProgrammeRow {
  readonly files?: readonly { readonly name: string; readonly text?: string }[];
}

/** The reasons that are a suspicion by any version of the programme: the last name, two spaces in, before each that says so. */
async function suspicionsIn(db: mongoose.mongo.Db): Promise<ReadonlySet<string>> {
  const rows = await db.collection<ProgrammeRow>('programmes').find().toArray();
  const texts = rows.flatMap(({ files = [] }) =>
    files.flatMap(({ name, text = '' }) => (name === 'programme.yaml' ? text : [])),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\bsaidAlone: *true\b/g)].map(
      ({ index }) => [...text.slice(0, index).matchAll(/^ {2}(\w+):/gm)].at(-1)?.[1],
    ),
  );
  return new Set(names.flatMap((name) => name ?? []));
}

function mayWait({ itemType, state, settlement }: Row): boolean {
  return (itemType === 'SPOT' || itemType === 'INSPECTION') && state === 'APPROVED' && (settlement ?? null) === null;
}

/** An inspection by itself; a spot with its shop, with what stands there where a row named it, and with its code, if it ever had one. */
async function eligible(db: mongoose.mongo.Db, approved: readonly Row[]): Promise<string[]> {
  const spots = approved.filter(({ itemType }) => itemType === 'SPOT');
  const known = await byId(
    db,
    spots.flatMap(({ _id, storeId }) => [storeId, `${_id}.posm`]),
  );
  const bindings = db.collection<{ spotId: string; state: string }>('bindings');
  const codes = await bindings.find({ spotId: { $in: spots.map(({ _id }) => _id) } }).toArray();
  return approved.flatMap(({ _id, itemType, storeId }) => {
    if (itemType === 'INSPECTION') return [_id];
    const posm = known.get(`${_id}.posm`);
    const isPosmRight = !isJudged(posm) || posm?.state === 'APPROVED';
    const own = codes.filter(({ spotId }) => spotId === _id);
    const isBound = own.length === 0 || own.some(({ state }) => state === 'ACTIVE');
    return known.get(storeId)?.state === 'APPROVED' && isPosmRight && isBound ? [_id] : [];
  });
}

/** Set, not added: a start that is killed does it again. */
async function countNew(db: mongoose.mongo.Db, userId: string, zones: ReadonlyMap<string, string>): Promise<void> {
  const numbers = new Map<string, { isoId: string; period: string; set: Record<string, number> }>();
  const sent = db.collection<Row>('items').find({ staffId: userId, submittedAt: { $exists: true }, revision: 1 });
  for await (const { isoId, itemType, submittedAt } of sent) {
    if (itemType !== 'STORE' && itemType !== 'SPOT') continue;
    const day = dayOf(submittedAt, zones.get(isoId) ?? 'UTC');
    for (const period of [`D${day}`, `M${day.slice(0, 6)}`]) {
      const name = JSON.stringify([isoId, period]);
      const one = numbers.get(name) ?? { isoId, period, set: {} };
      numbers.set(name, one);
      const key = `counts./${itemType}/new`;
      one.set[key] = (one.set[key] ?? 0) + 1;
    }
  }
  const tallies = db.collection('tallies');
  for (const { isoId, period, set } of numbers.values())
    await tallies.updateOne({ isoId, userId, period }, { $set: set });
}

/** A spot with what stands there: of the day whose data decided about either. */
async function countResults(db: mongoose.mongo.Db, isoId: string): Promise<void> {
  const items = db.collection<Row>('items');
  const [last] = await items
    .find({ isoId, dataDate: { $exists: true } })
    .sort({ dataDate: -1 })
    .limit(1)
    .toArray();
  const day = last?.dataDate ?? undefined;
  if (day === undefined) return;
  const decided = await items.find({ isoId, dataDate: day }).toArray();
  const spots = decided.flatMap(({ spotId }) => (spotId ? [spotId, `${spotId}.posm`] : []));
  const known = new Map([...(await byId(db, spots)), ...decided.map((row) => [row._id, row] as const)]);
  const counts: Record<string, number> = {};
  for (const row of known.values()) {
    if (row.itemType !== 'STORE' && row.itemType !== 'SPOT') continue;
    const key = `/${row.itemType}/${standing(row, row.itemType === 'SPOT' ? known.get(`${row._id}.posm`) : undefined)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const tallies = db.collection<{ _id: string; isoId: string; userId: string; period: string }>('tallies');
  const of = { isoId, userId: '', period: `R${day}` };
  await tallies.deleteMany(of);
  await tallies.insertOne({ _id: randomUUID(), ...of, counts, changes: 1 } as { _id: string } & typeof of);
}

function standing(row: Row, posm: Row | undefined): string {
  const both = isJudged(posm) && posm !== undefined ? [row, posm] : [row];
  if (both.some(({ state }) => FAILED.includes(state))) return 'failed';
  return both.every(({ state }) => state === 'APPROVED') ? 'approved' : 'inReview';
}

function isJudged(row: Row | undefined): boolean {
  return (row?.decision ?? null) !== null;
}

async function byId(db: mongoose.mongo.Db, ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  const found = await db
    .collection<Row>('items')
    .find({ _id: { $in: ids } })
    .toArray();
  return new Map(found.map((row) => [row._id, row]));
}
