import mongoose from 'mongoose';
import { behindTheScenes, type Storing } from './behind.ts';

type Row = mongoose.mongo.BSON.Document;

const LOOKED_AT = [
  'promotions',
  'spots',
  'bindings',
  'photos',
  'pictures',
  'submissions',
  'outbox',
  'inbox',
  'cards',
  'drafts',
  'audit',
  'auditbatches',
  'peoples',
] as const;

/** Every row of the collections that are looked at, as the store has them. */
export type StoredRows = Readonly<Record<(typeof LOOKED_AT)[number], readonly Row[]>>;

export async function storedRows(storing: Storing): Promise<StoredRows> {
  return await behindTheScenes(storing, async () => {
    const rows = LOOKED_AT.map(async (name) => [name, await rowsOf(name)] as const);
    // of each name that is looked at there is one
    return Object.fromEntries(await Promise.all(rows)) as StoredRows;
  });
}

/** Every row of every collection, by its name. */
export async function everyRow(storing: Storing): Promise<Readonly<Record<string, readonly Row[]>>> {
  return await behindTheScenes(storing, async () => {
    const names = (await mongoose.connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
    return Object.fromEntries(await Promise.all(names.map(async ({ name }) => [name, await rowsOf(name)] as const)));
  });
}

async function rowsOf(collection: string): Promise<readonly Row[]> {
  return await mongoose.connection.collection(collection).find({}).toArray();
}
