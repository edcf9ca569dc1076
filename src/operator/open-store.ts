import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { MovableClock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { connect, disconnect } from '../../models/database.ts';
import { assertKeyFits } from '../../models/people.ts';
import { gridFsPhotoStore } from '../../models/photo-files.ts';
import { useDataKey } from '../../models/sealing.ts';
import type { StoreConfig } from '../config/config.ts';
import type { PhotoRelease } from '../daily/retention/release-photos.ts';
import { filePhotoStore } from '../media/file-photo-store.ts';
import { followProgramme } from '../programme-in-use/follow-programme.ts';
import type { Operator } from './command.ts';

/**
 * Runs `work` on the data of the bot: on the store of one that runs, or on the embedded store opened for it, closed at the end.
 * The store is brought into the form of this release first, as the bot does; only that is told on stderr, and of a new one nothing.
 */
export function withStore<T>(config: DataConfig, work: () => Promise<T>): Promise<T> {
  const isNew = config.mongodbUri === undefined && !existsSync(join(config.dataDir, 'mongo.db'));
  return onData(config, async (alone) => {
    const log = createLog({ level: isNew ? 'warn' : 'info', to: process.stderr });
    await prepareStore({ clock: new MovableClock(), ids: systemIds, log, alone });
    await assertKeyFits();
    await followProgramme(log);
    return await work();
  });
}

type DataConfig = Pick<StoreConfig, 'dataDir' | 'dataKey' | 'mongodbUri'>;

/** The same, but on the data as it is: in whatever form, under whatever key. `alone`: nobody else has it open. */
export async function onData<T>(config: DataConfig, work: (alone: boolean) => Promise<T>): Promise<T> {
  useDataKey(config.dataKey);
  const { dataDir, mongodbUri } = config;
  const store = mongodbUri === undefined ? await openOrFind(dataDir) : { uri: mongodbUri };
  try {
    if (mongodbUri !== undefined || store.close !== undefined) await connect(store.uri);
    else await connectToHolder(dataDir, store.uri);
    return await work(store.close !== undefined);
  } finally {
    await disconnect();
    await store.close?.();
  }
}

/** Where the photos of the bot are. */
export function photosOf({ mongodbUri, dataDir, app }: StoreConfig): PhotoRelease {
  return { photos: mongodbUri === undefined ? filePhotoStore(dataDir) : gridFsPhotoStore(), app };
}

/** Where the embedded store is; undefined where the data is in a MongoDB. */
export function embeddedFolder({
  mongodbUri,
  dataDir,
}: Pick<StoreConfig, 'mongodbUri' | 'dataDir'>): string | undefined {
  return mongodbUri === undefined ? dataDir : undefined;
}

/** Where daily files come in, and what they are in. */
export function dailyOf({ dataDir, incomingEncoding }: StoreConfig): ReturnType<Operator['daily']> {
  return { incoming: join(dataDir, 'incoming'), encoding: incomingEncoding };
}

interface Store {
  readonly uri: string;
  /** Absent when it is somebody else's. */
  readonly close?: (() => Promise<void>) | undefined;
}

/** The folder is held by whoever has it open, who says in `mongo.uri` where the store is. */
async function openOrFind(dataDir: string): Promise<Store> {
  try {
    return await startEmbeddedStore({ dataDir, port: 0 });
  } catch (thrown) {
    if (asAppError(thrown).code !== 'folder.locked') throw thrown;
    return { uri: uriIn(dataDir) };
  }
}

function uriIn(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, 'mongo.uri'), 'utf8').trim();
  } catch (cause) {
    const say = `The folder ${dataDir} is in use by a bot that is just starting or ending. Try again in a moment.`;
    throw new AppError('folder.locked', { folder: dataDir, say }, { cause });
  }
}

async function connectToHolder(dataDir: string, uri: string): Promise<void> {
  try {
    await connect(uri);
  } catch (cause) {
    const say = `The folder ${dataDir} is in use, but no store answers at ${uri}. End what holds it, or try again in a moment.`;
    throw new AppError('folder.locked', { folder: dataDir, say }, { cause });
  }
}
