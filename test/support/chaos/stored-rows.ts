import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connect, disconnect } from '../../../models/database.ts';
import { useDataKey } from '../../../models/sealing.ts';
import type { Topology } from './topology.ts';

type Row = mongoose.mongo.BSON.Document;

/** Every row of the collections that are looked at, as the store has them. */
export type StoredRows = Readonly<
  Record<
    | ('promotions' | 'spots' | 'bindings' | 'photos' | 'pictures' | 'submissions')
    | ('outbox' | 'inbox' | 'cards' | 'drafts' | 'audit' | 'peoples'),
    readonly Row[]
  >
>;

/** Opens a topology's store to this process's own models, for `work`. */
export async function inStore<T>({ storeUri, botDirs: [first = ''] }: Topology, work: () => Promise<T>): Promise<T> {
  useDataKey(keyOf(first));
  await connect(storeUri());
  try {
    return await work();
  } finally {
    await disconnect();
  }
}

export async function storedRows(topology: Topology): Promise<StoredRows> {
  return await inStore(topology, async () => {
    const all = (name: keyof StoredRows) => mongoose.connection.collection(name).find({}).toArray();
    return {
      promotions: await all('promotions'),
      spots: await all('spots'),
      bindings: await all('bindings'),
      photos: await all('photos'),
      pictures: await all('pictures'),
      submissions: await all('submissions'),
      outbox: await all('outbox'),
      inbox: await all('inbox'),
      cards: await all('cards'),
      drafts: await all('drafts'),
      audit: await all('audit'),
      peoples: await all('peoples'),
    };
  });
}

/** The demo's key is a file beside its data; several bots on one database were given one. */
function keyOf(botDir: string): Buffer {
  try {
    return Buffer.from(readFileSync(join(botDir, 'data.key'), 'utf8').trim(), 'base64');
  } catch {
    return Buffer.alloc(32, 7);
  }
}
