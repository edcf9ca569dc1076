import { bulkWrite } from './bulk-write.ts';
import { create, drop, dropDatabase, listCollections } from './catalog.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { aggregate, count, distinct, find, getMore, killCursors } from './find.ts';
import { collMod, createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { listDatabases, renameCollection, serverStatus } from './server.ts';
import { buildInfo, hello, ping } from './session.ts';
import { findAndModify, insert, remove, update } from './write.ts';

const OF_SERVER = { hello, ismaster: hello, ping, buildInfo, serverStatus, listDatabases, explain };
const OF_COLLECTIONS = { create, drop, dropDatabase, listCollections, renameCollection };
const OF_INDEXES = { collMod, createIndexes, dropIndexes, listIndexes };
const READING = { find, getMore, killCursors, count, distinct, aggregate };
const WRITING = { insert, update, delete: remove, findAndModify, bulkWrite };
/** Every command but those that end a session. */
const COMMANDS: Readonly<Record<string, Command>> = {
  ...OF_SERVER,
  ...OF_COLLECTIONS,
  ...OF_INDEXES,
  ...READING,
  ...WRITING,
};

/** The command of that name; undefined for one that ends a session, or that nobody knows. */
export function commandNamed(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
