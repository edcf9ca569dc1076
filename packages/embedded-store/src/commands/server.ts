import { Long } from 'bson';
import { parseFilter } from '../engine/filter.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { asFlag } from '../engine/values.ts';
import { type Call, type Command, targetOf } from './command.ts';
import { databaseOf, onlyInAdmin } from './envelope.ts';
import { VERSION } from './session.ts';

/** The databases that have a collection, and how many bytes their documents take. */
export const listDatabases: Command = {
  options: 'filter nameOnly authorizedDatabases',
  read(call) {
    assertAdmin(call);
    const { test } = parseFilter(call.body.filter);
    const { sql, catalog } = call.view();
    const sizes = new Map<string, number>();
    for (const { id, db } of catalog.values()) {
      const [[bytes] = [0]] = sql.all<[number]>(`SELECT total(length(doc)) FROM d${id}`);
      sizes.set(db, (sizes.get(db) ?? 0) + bytes);
    }
    const told = [...sizes]
      .map(([name, size]) => ({ name, sizeOnDisk: Long.fromNumber(size), empty: size === 0 }))
      .filter(test);
    if (asFlag(call.body.nameOnly, 'nameOnly')) return { databases: told.map(({ name }) => ({ name })), ok: 1 };
    const total = Long.fromNumber([...sizes.values()].reduce((sum, size) => sum + size, 0));
    return { databases: told, totalSize: total, totalSizeMb: total.divide(1024 * 1024), ok: 1 };
  },
};

/** What tools look at first, and how often what was asked; no figures that nobody keeps. */
export const serverStatus: Command = {
  options: '',
  read: ({ host, opcounters, now }) => ({
    host,
    version: VERSION,
    process: 'embedded-store',
    pid: Long.fromNumber(process.pid),
    uptime: process.uptime(),
    localTime: new Date(now),
    opcounters: Object.fromEntries(Object.entries(opcounters).map(([kind, count]) => [kind, Long.fromNumber(count)])),
    storageEngine: { name: 'sqlite', supportsCommittedReads: true, persistent: true },
    ok: 1,
  }),
};

/** A collection with its indexes under another name, in another database too. */
export const renameCollection: Command = {
  options: 'to dropTarget',
  write(call) {
    assertAdmin(call);
    const [from, to] = [namespaceIn(call, call.body.renameCollection), namespaceIn(call, call.body.to)];
    if (from.ns === to.ns) throw new MongoError(20, 'IllegalOperation', "Can't rename a collection to itself");
    if (!from.collection) throw new MongoError(26, 'NamespaceNotFound', `Source collection ${from.ns} does not exist`);
    const replaces = asFlag(call.body.dropTarget, 'dropTarget');
    if (to.collection && !replaces) throw new MongoError(48, 'NamespaceExists', 'target namespace exists');
    if (to.collection) call.store.dropCollection(to.collection);
    call.store.renameCollection(from.collection, to.db, to.name);
    return { ok: 1 };
  },
};

function assertAdmin({ name, db }: Call): void {
  if (db !== 'admin') throw onlyInAdmin(name);
}

function namespaceIn(call: Call, named: unknown): ReturnType<typeof targetOf> & { db: string } {
  const [, first, name] = /^([^.]+)\.(.+)$/s.exec(typeof named === 'string' ? named : '.') ?? [];
  const db = databaseOf(first ?? '');
  return { ...targetOf({ ...call, db, body: { [call.name]: name } }), db };
}
