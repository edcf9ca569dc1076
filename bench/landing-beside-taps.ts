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
import { tapNext } from './taps.ts';

const FILE = 'review_20260503_001.csv';
const SEEDED_AT_ONCE = 1_000;
const GOAL_P99_MS = 500;

/** Taps of many people at a pace while a file of review rows lands: the bot is started with the file before it. */
export async function landingBesideTapsRows({ rows, taps }: Pick<Extent, 'rows' | 'taps'>): Promise<Row[]> {
  const world = await startBenchWorld();
  const client = new mongo.MongoClient(readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim());
  try {
    const crowd = await gatherCrowd(world, taps.people);
    await seed(client.db(), rows.many, world.dataDir);
    await client.close();
    await world.restartBot();
    const landed = new mongo.MongoClient(readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim());
    try {
      const begun = await landedRows(landed.db());
      const measured = await openLoop({ ...taps, tap: (index) => tapNext(world, crowd, index) });
      const perSecond = ((await landedRows(landed.db())) - begun) / taps.seconds;
      const lost = Object.entries(measured.lost).map(([reason, count]) => `${count} taps: ${reason}`);
      const bound = `${Math.round(perSecond)} rows landed a second meanwhile${lost.map((one) => `; ${one}`).join('')}`;
      return [
        {
          name: 'daily.tapsMeanwhile.p99Ms',
          value: quantile(measured.latencies, 0.99),
          unit: 'ms',
          goal: { atMost: GOAL_P99_MS },
          bound,
        },
        {
          name: 'daily.tapsMeanwhile.late',
          value: Object.values(measured.lost).reduce((sum, count) => sum + count, 0),
          unit: 'taps not applied',
          goal: { atMost: 0 },
          bound,
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

async function seed(db: mongo.Db, rows: number, dataDir: string): Promise<void> {
  const iso = await db.collection<{ _id: string }>('isos').findOne({});
  if (iso === null) throw new Error('there is no ISO');
  const items = db.collection<{ _id: string }>('items');
  for (let from = 0; from < rows; from += SEEDED_AT_ONCE) {
    const some = Array.from({ length: Math.min(SEEDED_AT_ONCE, rows - from) }, (_, index) => {
      const { itemRef: _id, ...item } = itemLike(from + index, iso._id);
      return { ...item, _id, ownerId: item.staffId, version: 1, state: 'PENDING' };
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
