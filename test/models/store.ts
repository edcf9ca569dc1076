import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asAppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect, disconnect, forgetEverything } from '../../models/database.ts';
import { changeIndexes, indexChanges } from '../../models/indexes.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { type RunningServer, startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';

interface ModelsOptions {
  /** A database that nothing was in before, on the real server too: for a block that changes collections and indexes. */
  readonly fresh?: boolean;
  /** The driver tells of every command: see `hearCommands`. */
  readonly watched?: boolean;
}

/** From sources a read that takes long is begun anew in this very thread: on a busy machine each would be done twice. */
const HOWEVER_BUSY = { readHereMs: Number.POSITIVE_INFINITY };

/**
 * Connects the models to an empty database with all indexes for one block of tests. No uri: on an embedded store made for it, whose
 * disk can have trouble. With one: the worker's own on that server, emptied, since to make its indexes takes longer than most blocks.
 */
export function useModels(
  uri: string | undefined,
  { fresh = false, watched = false }: ModelsOptions = {},
): { readonly onDisk: RunningServer['onDisk'] } {
  const { folder, remove } = newFolder();
  let store: RunningServer | undefined;
  beforeAll(async () => {
    useDataKey(randomBytes(32));
    useProgrammes(SHIPPED_PROGRAMMES);
    if (uri === undefined) {
      writeFileSync(join(folder, 'mongo.db'), await preparedStore());
      store = await startServer({ dataDir: folder, limits: HOWEVER_BUSY });
      await connect(watched ? `${store.uri}&monitorCommands=true` : store.uri);
      return;
    }
    const address = new URL(uri);
    address.pathname = `/${inject('modelsDatabases')}${fresh ? randomUUID().slice(0, 8) : process.env.VITEST_POOL_ID}`;
    if (watched) address.searchParams.set('monitorCommands', 'true');
    await connect(address.href);
    await changeIndexes(await indexChanges());
    await forgetEverything();
  });
  afterAll(async () => {
    if (uri !== undefined && fresh) await mongoose.connection.db?.dropDatabase();
    await disconnect();
    await store?.close();
    remove();
  });
  return { onDisk: (trouble) => store?.onDisk(trouble) };
}

let prepared: { readonly models: string; readonly file: Buffer } | undefined;

/** The file of an empty embedded store with the indexes of every model that is known by now: made once for the files of a worker. */
async function preparedStore(): Promise<Buffer> {
  const models = Object.keys(mongoose.models).sort().join();
  if (prepared?.models !== models) {
    const { folder, remove } = newFolder();
    const store = await startServer({ dataDir: folder });
    await connect(store.uri);
    await changeIndexes(await indexChanges());
    await disconnect();
    await store.close();
    prepared = { models, file: readFileSync(join(folder, 'mongo.db')) };
    remove();
  }
  return prepared.file;
}

/** What became of one of many who tried at the same time: what it got, or the code that it was refused with. */
export type Outcome<T> = { readonly won: T } | { readonly refused: string };

/** Everybody does the same at the same time, each in a transaction of its own. */
export async function allAtOnce<T>(
  count: number,
  work: (index: number, tx: Transaction) => Promise<T>,
): Promise<Outcome<T>[]> {
  return await Promise.all(
    Array.from({ length: count }, (_, index) =>
      inTransaction((tx) => work(index, tx)).then(
        (won) => ({ won }),
        (thrown: unknown) => ({ refused: refusalOf(thrown) }),
      ),
    ),
  );
}

export function winners<T>(outcomes: readonly Outcome<T>[]): T[] {
  return outcomes.flatMap((outcome) => ('won' in outcome ? [outcome.won] : []));
}

export function refusals(outcomes: readonly Outcome<unknown>[]): string[] {
  return outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
}

/** The code of a refusal that the product knows by name; anything else is a failure of the test. */
function refusalOf(thrown: unknown): string {
  const { code } = asAppError(thrown);
  if (code === 'bug.unexpected') throw thrown;
  return code;
}

/** Does the same again until no transient trouble of the store is in the way, as lanes and workers do. */
export async function insist<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await inTransaction(work);
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code !== 'store.transient' && error.code !== 'subject.lostRace') throw thrown;
    }
  }
}
