import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedStore, startEmbeddedStore } from '@field/embedded-store';
import { present } from '@field/kit/present';
import { countWhatWasSent } from '../migrations/015-count-what-was-sent.ts';
import { keepWhatCardsCount } from '../migrations/019-keep-what-cards-count.ts';
import { keepHowThingsStand } from '../migrations/022-keep-how-things-stand.ts';
import { connect, database, disconnect } from '../models/database.ts';
import { countFailures, deadlinesBetween, openFailures, someFailures } from '../models/failure-lists.ts';
import { changeIndexes, indexChanges } from '../models/indexes.ts';
import {
  itemsInHand,
  itemsOfIsoDecidedOn,
  itemsOfIsoUnderReview,
  itemsPastDeadline,
  itemsSubmittedBy,
  sentBy,
  waitsForReview,
} from '../models/item-queries.ts';
import { changeItem, findItem, itemsOfStores } from '../models/items.ts';
import { useProgrammes } from '../models/programme-in-use.ts';
import { useDataKey } from '../models/sealing.ts';
import { talliesByDay, talliesByMonth, talliesOfIso } from '../models/tallies.ts';
import { countTasksFor, tasksFor, tasksOfIso, tasksSubmittedBy } from '../models/task-lists.ts';
import { inTransaction } from '../models/transaction.ts';
import { SHIPPED_PROGRAMMES } from '../test/support/shipped-programme.ts';
import type { Extent } from './extent.ts';
import { addReaders, CARD_LOADS } from './growth-of-cards.ts';
import { addWork, ISO, ITEM, NOW, PERSON, STORE, YESTERDAY } from './office.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';

const DAY_MS = 24 * 3_600_000;
const WHOSE = { userId: PERSON, isoId: ISO, now: NOW };
const PAGE = { skip: 0, limit: 6 };
const TIMES = { now: NOW, since: NOW - 30 * DAY_MS };
/** Of one read or write, and of what lists, counts or goes on to the next slice. */
const MOST_GROWN = 1.5;
const MOST_HELD_MS = 30;
/** What is short is asked more often. */
const MORE_OFTEN = 10;
/** A quarter of the times is quicker. */
const QUICKER = 0.25;

interface Query {
  readonly ask: () => Promise<unknown>;
  /** What it gives does not grow with the ISO, so neither may it. */
  readonly single?: true;
}

const QUERIES: Readonly<Record<string, Query>> = {
  ...Object.fromEntries(Object.entries(CARD_LOADS).map(([name, ask]) => [name, { ask, single: true as const }])),
  findItem: { ask: () => findItem(ITEM), single: true },
  changeItem: { ask: change, single: true },
  itemsOfStores: { ask: () => itemsOfStores([STORE]), single: true },
  waitsForReview: { ask: () => waitsForReview(ISO, NOW - 3 * DAY_MS), single: true },
  deadlinesBetween: { ask: () => deadlinesBetween({ isoId: ISO }, NOW, NOW + 3_600_000), single: true },
  talliesByDay: { ask: () => talliesByDay(WHOSE, '20261026', '20261124'), single: true },
  talliesByMonth: { ask: () => talliesByMonth(WHOSE, '200001', '202611'), single: true },
  talliesOfIso: { ask: () => talliesOfIso(ISO, '202611'), single: true },
  countFailures: { ask: () => countFailures({ isoId: ISO }, 'dated', TIMES), single: true },
  someFailures: { ask: () => someFailures({ isoId: ISO }, 'dated', TIMES, PAGE), single: true },
  sentBy: { ask: () => sentBy(PERSON, { from: 0, to: NOW, skip: 0, limit: 60 }) },
  itemsPastDeadline: { ask: () => itemsPastDeadline(NOW, 100) },
  tasksFor: { ask: () => tasksFor(WHOSE, PAGE) },
  countTasksFor: { ask: () => countTasksFor(WHOSE) },
  tasksSubmittedBy: { ask: () => tasksSubmittedBy(WHOSE, PAGE) },
  tasksOfIso: { ask: () => tasksOfIso({ isoId: ISO, states: ['ASSIGNED', 'STARTED'] }, PAGE) },
  openFailures: { ask: () => openFailures({ isoId: ISO }, NOW) },
  itemsOfIsoDecidedOn: { ask: () => itemsOfIsoDecidedOn(ISO, YESTERDAY) },
  itemsOfIsoUnderReview: { ask: () => itemsOfIsoUnderReview(ISO) },
  itemsInHand: { ask: () => itemsInHand(PERSON, ['REJECTED', 'INVALIDATED', 'MODIFYING']) },
  itemsSubmittedBy: { ask: () => itemsSubmittedBy(PERSON, NOW - 30 * DAY_MS) },
};

async function change(): Promise<void> {
  const item = await findItem(ITEM);
  if (item === undefined) throw new Error(`${ITEM} is not there`);
  await inTransaction((tx) => changeItem(item, { shop: `Baan Coffee ${item.version}` }, tx));
}

/** An office of its own, with so many items. */
interface Office {
  readonly items: number;
  readonly folder: string;
  readonly store: EmbeddedStore;
}

/**
 * How much of the processor each query takes in an office of few items and of many, and for how long others wait for the store meanwhile. The
 * offices are asked in turns, and of their times the quicker ones count: what else the machine does meets all of them.
 */
export async function growthRows({ items, times }: Extent['growth']): Promise<Row[]> {
  useDataKey(randomBytes(32));
  useProgrammes(SHIPPED_PROGRAMMES);
  const offices: Office[] = [];
  try {
    for (const count of items) offices.push(await filledOffice(count));
    const measured = offices.map(({ items: count }): Measured => ({ items: count, of: new Map() }));
    for (let turn = 0; turn < times; turn += 1)
      for (const [place, { store }] of offices.entries())
        await connectedTo(store, () => askAll(measured[place]?.of ?? new Map()));
    const last = offices.at(-1);
    if (last === undefined) return [];
    const beside = await connectedTo(last.store, longestWait);
    const bytes = statSync(join(last.folder, 'mongo.db')).size;
    const size = {
      name: 'growth.bytesAnItem',
      value: bytes / last.items,
      unit: `of ${last.items}, a tenth of a task with each`,
    };
    return [...rowsOf(measured), beside, size];
  } finally {
    for (const { store, folder } of offices) {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function filledOffice(items: number): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  const store = await startEmbeddedStore({ dataDir: folder });
  await connectedTo(store, async () => {
    await changeIndexes(await indexChanges());
    await addReaders(folder);
    await addWork(0, items);
    const step = { db: database(), checkpoint: undefined, reached: async () => undefined };
    for (const { up } of [countWhatWasSent, keepWhatCardsCount, keepHowThingsStand]) await up(step);
  });
  return { items, folder, store };
}

async function connectedTo<Result>(store: EmbeddedStore, work: () => Promise<Result>): Promise<Result> {
  await connect(store.uri);
  try {
    return await work();
  } finally {
    await disconnect();
  }
}

interface Measured {
  readonly items: number;
  /** By query: how long it took each time. */
  readonly of: Map<string, number[]>;
}

async function askAll(of: Measured['of']): Promise<void> {
  for (const [name, { ask, single }] of Object.entries(QUERIES)) {
    const took = of.get(name) ?? [];
    of.set(name, took);
    await ask();
    for (let time = 0; time < (single ? MORE_OFTEN : 1); time += 1) took.push(await processorTimeOf(ask));
  }
}

/** Milliseconds of the processor, the store's thread with it: what waits for others does not count. */
async function processorTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The query beside which others wait longest for the store. */
async function longestWait(): Promise<Row> {
  let longest = { name: '', heldMs: Number.NaN };
  for (const [name, { ask }] of Object.entries(QUERIES)) {
    const heldMs = await heldBy(ask);
    if (!(heldMs <= longest.heldMs)) longest = { name, heldMs };
  }
  const { name, heldMs } = longest;
  return {
    name: 'growth.othersWaitMs',
    value: heldMs,
    unit: `ms beside ${name}`,
    bound: name,
    goal: { atMost: MOST_HELD_MS },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The longest wait of somebody who reads one document after the other meanwhile. */
async function heldBy(ask: () => Promise<unknown>): Promise<number> {
  const items = database().collection<{ _id: string }>('items');
  let going = true;
  const asked = ask().finally(() => {
    going = false;
  });
  let most = 0;
  while (going) most = Math.max(most, await timed(() => items.findOne({ _id: ITEM })));
  await asked;
  return most;
}

function rowsOf(measured: readonly Measured[]): Row[] {
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) return [];
  const quick = ({ of }: Measured, name: string): number => quantile(of.get(name) ?? [], QUICKER);
  return [...last.of.keys()].map((name): Row => {
    const few = quick(first, name);
    const between = measured.slice(1, -1).map((one) => `${one.items}: ${quick(one, name).toFixed(1)} ms`);
    const row = { name: `growth.${name}`, value: quick(last, name), unit: `ms of ${last.items}`, floor: few };
    const floorIs = [`with ${first.items} items`, ...between].join(', ');
    const bound = 'what it gives grows with the ISO';
    const goal = QUERIES[name]?.single && { atMost: few * MOST_GROWN };
    return { ...row, floorIs, ...present({ bound, goal }) };
  });
}
