import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, beforeAll } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../src/server.ts';

/** Where a real server listens: `MONGODB_URI` or `REALDB_URI`. */
export function realServerUri(): string | undefined {
  return process.env.MONGODB_URI || process.env.REALDB_URI || undefined;
}

/** A new empty folder, and how to remove it. */
export function newFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The servers that every assertion about MongoDB's behaviour must hold on. */
export function servers(): { name: string; uri: string | undefined }[] {
  const real = realServerUri();
  return [{ name: 'embedded', uri: undefined }, ...(real ? [{ name: 'real', uri: real }] : [])];
}

/**
 * For what asks a server nothing that the tests of models do not: the embedded one in each run, the real one as well with `LONG=1`, or
 * where `MONGODB_URI` asks for it.
 */
export function embeddedInEachRun(): { name: string; uri: string | undefined }[] {
  return servers().filter(({ uri }) => uri === undefined || process.env.LONG || process.env.MONGODB_URI);
}

/** A database of its own for the tests of one block, dropped after them. No uri: on an embedded store made for it, in `folder`. */
export function useDatabase(
  uri?: string,
  limits: ServerOptions['limits'] = {},
): { db: mongo.Db; client: mongo.MongoClient; store: RunningServer; folder: string } {
  const made: Partial<{ db: mongo.Db; client: mongo.MongoClient; store: RunningServer }> = {};
  const { folder, remove } = newFolder();
  beforeAll(async () => {
    if (!uri) made.store = await startServer({ dataDir: folder, limits });
    made.client = await new mongo.MongoClient(uri ?? made.store?.uri ?? '').connect();
    made.db = made.client.db(`test_${randomUUID().slice(0, 8)}`);
  });
  afterAll(async () => {
    await made.db?.dropDatabase();
    await made.client?.close();
    await made.store?.close();
    remove();
  });
  const part = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('not started, or not an embedded store');
    return value;
  };
  return {
    folder,
    get db() {
      return part(made.db);
    },
    get client() {
      return part(made.client);
    },
    get store() {
      return part(made.store);
    },
  };
}
