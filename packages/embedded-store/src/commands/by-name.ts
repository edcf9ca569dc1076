import { create, drop, dropDatabase, listCollections } from './catalog.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { aggregate, count, distinct, find, getMore, killCursors } from './find.ts';
import { collMod, createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { listDatabases, renameCollection, serverStatus } from './server.ts';
import { buildInfo, hello, ping } from './session.ts';
import { findAndModify, insert, remove, update } from './write.ts';

/** Every command but those that end a session. */
const COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  ismaster: hello,
  ping,
  buildInfo,
  create,
  drop,
  dropDatabase,
  explain,
  listCollections,
  listDatabases,
  renameCollection,
  serverStatus,
  collMod,
  createIndexes,
  dropIndexes,
  listIndexes,
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  insert,
  update,
  delete: remove,
  findAndModify,
};

/** The command of that name; undefined for one that ends a session, or that nobody knows. */
export function commandNamed(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
