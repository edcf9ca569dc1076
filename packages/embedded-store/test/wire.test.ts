import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './stores.ts';
import { body, message, sequence, talk } from './talk.ts';

const { BSON } = mongo;

describe('the wire', () => {
  const at = useDatabase();
  const port = (): number => Number(new URL(at.store.uri).port);

  it('answers the handshake of a driver, in both forms', async () => {
    const query = Buffer.concat([
      Buffer.from('admin.$cmd\0'),
      Buffer.alloc(4),
      Buffer.from([255, 255, 255, 255]),
      BSON.serialize({ ismaster: 1 }),
    ]);
    const expected = {
      setName: 'rs0',
      maxWireVersion: 21,
      logicalSessionTimeoutMinutes: 30,
      me: `127.0.0.1:${port()}`,
    };
    expect(await talk(port(), message([query], 0, 2004))).toMatchObject({ ...expected, ismaster: true });
    expect(await talk(port(), message([body({ hello: 1 })]))).toMatchObject({ ...expected, isWritablePrimary: true });
  });

  it('takes document sequences, in pieces', async () => {
    const insert = [body({ insert: 'seq' }), sequence('documents', [{ _id: 1 }, { _id: 2 }])];
    expect(await talk(port(), message(insert), 9)).toMatchObject({ n: 2, ok: 1 });
    expect(await talk(port(), message([body({ count: 'seq' })]))).toMatchObject({ n: 2 });
  });

  it('does without an answer when none is wanted', async () => {
    const silent = message([body({ insert: 'silent', documents: [{ _id: 1 }] })], 2);
    const count = message([body({ count: 'silent' })]);
    expect(await talk(port(), Buffer.concat([silent, count]))).toMatchObject({ n: 1 });
  });

  const longer = message([body({ ping: 1 })]);
  longer.writeInt32LE(longer.readInt32LE(20 + 1) + 50, 20 + 1);
  const malformed: [string, Buffer][] = [
    ['a length that cannot be', Buffer.alloc(16)],
    ['a length beyond the limit', Buffer.from([255, 255, 255, 127, ...Buffer.alloc(20)])],
    ['an unknown opcode', message([body({ ping: 1 })], 0, 2012)],
    ['an unknown flag', message([body({ ping: 1 })], 8)],
    ['a checksum', message([body({ ping: 1 }), Buffer.alloc(4)], 1)],
    ['an unknown section', message([Buffer.from([5, 5, 0, 0, 0])])],
    ['no body', message([sequence('documents', [{}])])],
    ['two bodies', message([body({ ping: 1 }), body({ ping: 1 })])],
    ['a document longer than its message', longer],
    ['no BSON', message([Buffer.from([0, 8, 0, 0, 0, 99, 99, 99, 99])])],
    ['random bytes', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ];
  it.each(malformed)('closes the one connection that sends %s', async (_name, bytes) => {
    expect(await talk(port(), bytes)).toBe('closed');
    expect(await at.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('listens on loopback only', () => {
    expect(new URL(at.store.uri).hostname).toBe('127.0.0.1');
  });
});
