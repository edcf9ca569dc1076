import { AppError } from '@field/kit/errors';
import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** What a store says of its own form. */
export interface StoreVersion {
  /** The last migration that was run to its end; 0 for a new store, and for one from before there were versions. */
  readonly writtenBy: number;
  /** The oldest release that can work with it, by the last migration that it knows. */
  readonly readableFrom: number;
}

/** The one document of its collection. No model knows it: it outlives the demo's reset. */
interface VersionRow extends StoreVersion {
  _id: 'store';
  /** The migration that was begun, and how far it is. */
  begun?: { id: number; checkpoint: string };
  /** When which was run, and how long it took; by this machine, milliseconds. */
  done: { id: number; name: string; at: number; ms: number }[];
}

const STORE = { _id: 'store' } as const;
const NEW: StoreVersion = { writtenBy: 0, readableFrom: 0 };

function rows(db: mongoose.mongo.Db): mongoose.mongo.Collection<VersionRow> {
  return db.collection<VersionRow>('storeversion');
}

export async function readVersion(db: mongoose.mongo.Db): Promise<StoreVersion> {
  const { writtenBy, readableFrom } = (await rows(db).findOne(STORE)) ?? NEW;
  return { writtenBy, readableFrom };
}

/** Throws `store.tooNew` when a store is not readable for a release that knows migrations up to `known`. */
export function assertReadable({ writtenBy, readableFrom }: StoreVersion, known: number): void {
  if (readableFrom <= known) return;
  const say =
    `The data was written by a newer release (form ${writtenBy}) and can be read from form ${readableFrom} on; this release ` +
    `knows forms up to ${known}. Start the newer release, or go back to a copy of the data from before it.`;
  throw new AppError('store.tooNew', { writtenBy, readableFrom, known, say });
}

/** From now on the store is as readable as the migration leaves it. Answers where it was stopped before. */
export async function beginMigration(db: mongoose.mongo.Db, migration: Migration): Promise<string | undefined> {
  const { id, readableFrom } = migration;
  await rows(db).updateOne(
    STORE,
    { $max: { readableFrom }, $setOnInsert: { writtenBy: 0, done: [] } },
    { upsert: true },
  );
  const begun = (await rows(db).findOne(STORE))?.begun;
  return begun?.id === id ? begun.checkpoint : undefined;
}

export async function noteCheckpoint(db: mongoose.mongo.Db, { id }: Migration, checkpoint: string): Promise<void> {
  await rows(db).updateOne({ ...STORE, writtenBy: { $lt: id } }, { $set: { begun: { id, checkpoint } } });
}

/** The migration was run to its end, at this time and in so many milliseconds; said before, it stays as it was said. */
export async function endMigration(
  db: mongoose.mongo.Db,
  { id, name }: Migration,
  took: { at: number; ms: number },
): Promise<void> {
  await rows(db).updateOne(
    { ...STORE, writtenBy: { $lt: id } },
    { $set: { writtenBy: id }, $unset: { begun: 1 }, $push: { done: { id, name, ...took } } },
  );
}
