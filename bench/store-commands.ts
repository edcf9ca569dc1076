import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import type { World } from '../test/support/world/world.ts';

/** How many commands the store of a world was asked meanwhile. */
export async function storeCommands(world: World, work: () => Promise<unknown>): Promise<number> {
  const client = await new mongo.MongoClient(readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim()).connect();
  try {
    const before = await asked(client);
    await work();
    return (await asked(client)) - before;
  } finally {
    await client.close();
  }
}

async function asked(client: mongo.MongoClient): Promise<number> {
  const { opcounters } = await client.db().admin().serverStatus();
  return Object.values<number>(opcounters).reduce((sum, count) => sum + count, 0);
}
