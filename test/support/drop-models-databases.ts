import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import type { TestProject } from 'vitest/node';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How the databases begin in which the models of this run are tested on a real server. */
    modelsDatabases: string;
  }
}

/** A worker does not know which of its files is the last: its database on the real server is dropped here, after all of them. */
export function setup(project: TestProject): () => Promise<void> {
  const prefix = `models_${randomUUID().slice(0, 8)}_`;
  project.provide('modelsDatabases', prefix);
  return async () => {
    const uri = realServerUri();
    if (uri === undefined) return;
    const client = await new mongo.MongoClient(uri).connect();
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
    await client.close();
  };
}
