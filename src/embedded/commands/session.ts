import { Int32, Long } from 'bson';
import type { Call, Command } from '../command.ts';
import type { Doc } from '../values.ts';

const VERSION = '7.0.0';
const LIMITS = {
  maxBsonObjectSize: new Int32(16_777_216),
  maxMessageSizeBytes: new Int32(48_000_000),
  maxWriteBatchSize: new Int32(100_000),
};
const HANDSHAKE =
  'backpressure client compression helloOk hostInfo loadBalanced saslSupportedMechs speculativeAuthenticate';

/** The handshake: a replica set of one, so that drivers use sessions, retryable writes and transactions. */
export const hello = simple(HANDSHAKE.split(' '), ({ name, host }) => ({
  ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true, helloOk: true }),
  setName: 'rs0',
  setVersion: new Int32(1),
  secondary: false,
  hosts: [host],
  primary: host,
  me: host,
  ...LIMITS,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: new Int32(30),
  minWireVersion: new Int32(0),
  maxWireVersion: new Int32(21),
  readOnly: false,
  ok: 1,
}));

export const ping = simple([], () => ({ ok: 1 }));

export const buildInfo = simple([], () => {
  const versionArray = [...VERSION.split('.'), '0'].map((part) => new Int32(part));
  return { version: VERSION, versionArray, gitVersion: 'embedded', bits: new Int32(64), ...LIMITS, ok: 1 };
});

/** Gives back what cursors still hold. */
export const killCursors = simple(['cursors'], ({ body, db, name, cursors }) => {
  const ids: unknown[] = Array.isArray(body.cursors) ? body.cursors : [];
  const killed = ids.filter((id) => cursors.kill(Number(String(id)), `${db}.${String(body[name])}`));
  const gone = ids.filter((id) => !killed.includes(id)).map((id) => Long.fromString(String(id)));
  return { cursorsKilled: killed, cursorsNotFound: gone, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
});

function simple(options: readonly string[], run: (call: Call) => Doc): Command {
  return { writes: false, inTransactions: options.includes('cursors'), options, run };
}
