import { Int32 } from 'bson';
import type { Command } from './command.ts';

const SIZES = { maxBsonObjectSize: new Int32(16_777_216), maxMessageSizeBytes: new Int32(48_000_000) };
/** How many statements a batch has at most. */
export const MOST_AT_ONCE = 100_000;
const LIMITS = { ...SIZES, maxWriteBatchSize: new Int32(MOST_AT_ONCE) };

/** The version whose behaviour this is. */
export const VERSION = '7.0.0';

const AS_HELLO = { isWritablePrimary: true };
/** How drivers ask that do not know yet whether the server has `hello`. */
const AS_IS_MASTER = { ismaster: true, helloOk: true };

/** The handshake: a replica set of one, so that drivers use sessions, retryable writes and transactions. */
export const hello: Command = {
  options: 'backpressure client compression helloOk hostInfo loadBalanced saslSupportedMechs speculativeAuthenticate',
  read: ({ name, host, now }) => ({
    ...(name === 'hello' ? AS_HELLO : AS_IS_MASTER),
    setName: 'rs0',
    setVersion: new Int32(1),
    secondary: false,
    hosts: [host],
    primary: host,
    me: host,
    ...LIMITS,
    localTime: new Date(now),
    logicalSessionTimeoutMinutes: new Int32(30),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
    // of MongoDB's it is said by a later wire version, which stands for more than that
    hasBulkWrite: true,
    ok: 1,
  }),
};

export const ping: Command = { options: '', read: () => ({ ok: 1 }) };

export const buildInfo: Command = {
  options: '',
  read: () => {
    const versionArray = [7, 0, 0, 0].map((part) => new Int32(part));
    return { version: VERSION, versionArray, gitVersion: 'embedded', bits: new Int32(64), ...LIMITS, ok: 1 };
  },
};
