import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mongo } from 'mongoose';
import { startBenchWorld } from './bench-world.ts';
import { gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { itemLike, reviewFile } from './items-under-review.ts';
import { openLoop } from './open-loop.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { tapNext, WARM_UP_SECONDS } from './taps.ts';

const FILE = 'review_20260503_001.csv';
const SEEDED_AT_ONCE = 1_000;
const GOAL_P99_MS = 500;
const MANY_CARDS = 10_000;
/** What DingTalk takes of one kind of call (dingtalk 5). */
const CALLS_A_SECOND = 20;
const LOOK_AGAIN_MS = 50;

/**
 * Taps of many people at a pace while a file of review rows about what they promoted lands: the bot is started with the file before it.
 * Then each of them is told, as fast as DingTalk takes it.
 */
export async function landingBesideTapsRows({ rows, taps }: Pick<Extent, 'rows' | 'taps'>): Promise<Row[]> {
  const world = await startBenchWorld();
  const client = new mongo.MongoClient(readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim());
  try {
    const crowd = await gatherCrowd(world, taps.people);
    const staff = crowd.map(({ userId }) => userId);
    await seed(client.db(), { rows: rows.many, staff, dataDir: world.dataDir });
    await client.close();
    await world.restartBot();
    const landed = new mongo.MongoClient(readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim());
    try {
      const tap = (index: number): Promise<number> => tapNext(world, crowd, index);
      const warm = await openLoop({ ...taps, seconds: Math.min(WARM_UP_SECONDS, taps.seconds), tap });
      const begun = await landedRows(landed.db());
      const measured = await openLoop({ ...taps, tap });
      const perSecond = ((await landedRows(landed.db())) - begun) / taps.seconds;
      const lost = [...Object.entries(warm.lost), ...Object.entries(measured.lost)];
      const cardsPerSecond = await resultCardsPerSecond(landed.db(), staff.length);
      return [
        {
          name: 'daily.tapsMeanwhile.p99Ms',
          value: quantile(measured.latencies, 0.99),
          unit: `ms, while ${Math.round(perSecond)} rows a second land`,
          goal: { atMost: GOAL_P99_MS },
          bound: 'a batch that is written: one writer at a time',
        },
        {
          name: 'daily.tapsMeanwhile.late',
          value: lost.reduce((sum, [, count]) => sum + count, 0),
          unit: 'taps not applied',
          goal: { atMost: 0 },
          bound: lost.map(([reason, count]) => `${count} taps: ${reason}`).join('; '),
        },
        {
          name: 'daily.tenThousandResults',
          value: MANY_CARDS / cardsPerSecond / 60,
          unit: 'minutes until all are told',
          floor: MANY_CARDS / CALLS_A_SECOND / 60,
          floorIs: `DingTalk’s ${CALLS_A_SECOND} calls a second; measured with ${staff.length} cards`,
        },
      ];
    } finally {
      await landed.close();
    }
  } finally {
    await client.close();
    await world.close();
  }
}

interface Seeding {
  readonly rows: number;
  /** Who promoted them, in turn. */
  readonly staff: readonly string[];
  readonly dataDir: string;
}

async function seed(db: mongo.Db, { rows, staff, dataDir }: Seeding): Promise<void> {
  const iso = await db.collection<{ _id: string }>('isos').findOne({});
  if (iso === null) throw new Error('there is no ISO');
  const items = db.collection<{ _id: string }>('items');
  for (let from = 0; from < rows; from += SEEDED_AT_ONCE) {
    const some = Array.from({ length: Math.min(SEEDED_AT_ONCE, rows - from) }, (_, index) => {
      const { itemRef: _id, ...item } = itemLike(from + index, iso._id);
      const whose = staff[(from + index) % staff.length] ?? item.staffId;
      return { ...item, _id, staffId: whose, ownerId: whose, version: 1, state: 'PENDING' };
    });
    await items.insertMany(some);
  }
  const incoming = join(dataDir, 'incoming');
  mkdirSync(incoming, { recursive: true });
  await pipeline(Readable.from(reviewFile(rows, iso._id)), createWriteStream(join(incoming, FILE)));
}

/** How many rows of the file are landed so far. */
async function landedRows(db: mongo.Db): Promise<number> {
  const file = await db.collection<{ landed: number }>('incomingfiles').findOne({ name: FILE });
  return file?.landed ?? 0;
}

/** Waits until as many cards of a day's results have arrived; answers how many came a second, from the first to the last. */
async function resultCardsPerSecond(db: mongo.Db, people: number): Promise<number> {
  const arrived = async (): Promise<number> =>
    await db.collection('cards').countDocuments({ 'subject.kind': 'resultDay', delivered: true });
  let [first, begun] = [0, 0];
  for (;;) {
    const count = await arrived();
    if (begun === 0 && count > 0) [first, begun] = [count, performance.now()];
    if (count >= people)
      return Math.max(1, count - first) / (Math.max(LOOK_AGAIN_MS, performance.now() - begun) / 1_000);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
