import { Int32, Long } from 'bson';
import type { Command } from '../command.ts';

const VERSION = '7.0.0';

/** The handshake: a replica set of one, so that drivers use sessions, retryable writes and transactions. */
export const hello: Command = {
  access: 'none',
  inTransactions: false,
  fields: [
    'backpressure',
    'client',
    'compression',
    'helloOk',
    'hostInfo',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
  ],
  run: ({ name, host }) => ({
    ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true, helloOk: true }),
    setName: 'rs0',
    setVersion: new Int32(1),
    secondary: false,
    hosts: [host],
    primary: host,
    me: host,
    maxBsonObjectSize: new Int32(16_777_216),
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(100_000),
    localTime: new Date(),
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(1),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
    ok: 1,
  }),
};

export const ping: Command = { access: 'none', inTransactions: false, fields: [], run: () => ({ ok: 1 }) };

export const buildInfo: Command = {
  access: 'none',
  inTransactions: false,
  fields: [],
  run: () => ({
    version: VERSION,
    versionArray: VERSION.split('.').concat('0').map(Number),
    gitVersion: 'embedded',
    modules: [],
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(16_777_216),
    storageEngines: ['embedded'],
    ok: 1,
  }),
};

/** Gives back what a cursor still holds. */
export const killCursors: Command = {
  access: 'none',
  inTransactions: true,
  fields: ['cursors'],
  run({ body, db, name, cursors }) {
    const ids = Array.isArray(body.cursors) ? body.cursors : [];
    const ns = `${db}.${String(body[name])}`;
    const killed = ids.filter((id: unknown) => cursors.kill(Number(String(id)), ns));
    const gone = ids.filter((id: unknown) => !killed.includes(id)).map((id: unknown) => Long.fromString(String(id)));
    return { cursorsKilled: killed, cursorsNotFound: gone, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};
