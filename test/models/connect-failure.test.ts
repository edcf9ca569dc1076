import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { connect, disconnect } from '../../models/database.ts';
import { scriptedDatabase } from '../support/scripted-database.ts';
import { freePort } from '../support/world/free-port.ts';

afterEach(() => disconnect());

async function said(uri: string): Promise<{ code: unknown; say: string }> {
  const thrown: unknown = await connect(uri).then(
    () => 'connected',
    (error: unknown) => error,
  );
  const { code, details } = Object(thrown);
  return { code, say: String(details?.say) };
}

it.each([
  'mongodb://fielduser:p@ss/w:rd#1@127.0.0.1:24099/field',
  'mongodb://fielduser:p@ssw:rd@127.0.0.1:24099/field?replicaSet=rs0',
])('a password that is not written as an address wants it is said to be that, and stands nowhere: %s', async (uri) => {
  const { code, say } = await said(uri);
  expect(code).toBe('config.invalid');
  expect(say).toMatch(/^MONGODB_URI cannot be read: it has more than one @\. .*%40 for @/);
  expect(say).not.toMatch(/p@ss|w:rd|fielduser/);
});

it.each([
  [
    'an option that there is not',
    'mongodb://fielduser:S3cretPw@127.0.0.1:24099/field?bogusOption=1',
    'bogusoption is not supported',
  ],
  ['no server', 'mongodb://fielduser:S3cretPw@', 'host list are required'],
  ['a % that stands for nothing', 'mongodb://fielduser:S3cret%Pw@127.0.0.1:24099/field', ''],
])('%s is an address that cannot be read', async (_what, uri, why) => {
  const { code, say } = await said(uri);
  expect(code).toBe('config.invalid');
  expect(say).toMatch(/^MONGODB_URI cannot be read: .+\.$/);
  expect(say).toContain(why);
  expect(say).not.toContain('S3cret');
});

it('a log-in that is refused is said to be that', async () => {
  const database = await scriptedDatabase({
    saslStart: { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' },
  });
  onTestFinished(() => database.close());
  expect(await said(`mongodb://fielduser:S3cretPw@${database.host}/field?authMechanism=SCRAM-SHA-256`)).toEqual({
    code: 'config.invalid',
    say: `The database at mongodb://${database.host}/field (MONGODB_URI) refuses the log-in. Check the user and the password in it, and its authSource.`,
  });
});

it('a log-in to what knows none is said to be that', async () => {
  const database = await scriptedDatabase({});
  onTestFinished(() => database.close());
  const { code, say } = await said(`mongodb://fielduser:S3cretPw@${database.host}/field?authMechanism=SCRAM-SHA-256`);
  expect(code).toBe('config.invalid');
  expect(say).toMatch(/knows no log-in: .* Leave the user and the password out of it\.$/);
});

it('where nobody answers it may come back, and is said so', async () => {
  const port = await freePort();
  expect(await said(`mongodb://fielduser:S3cretPw@127.0.0.1:${port}/field`)).toEqual({
    code: 'store.unreachable',
    say: `The database at mongodb://127.0.0.1:${port}/field (MONGODB_URI) does not answer: connect ECONNREFUSED 127.0.0.1:${port}. Start it, or set MONGODB_URI to another.`,
  });
});

it('a server that takes connections and says nothing does not answer either', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  onTestFinished(() => void mute.close());
  const { port } = mute.address() as AddressInfo;
  const { code, say } = await said(
    `mongodb://127.0.0.1:${port}/field?serverSelectionTimeoutMS=300&connectTimeoutMS=200`,
  );
  expect(code).toBe('store.unreachable');
  expect(say).toContain('does not answer');
});

it('another replica set than the address names is said to be that', async () => {
  const database = await scriptedDatabase({ hello: { setName: 'rs0', hosts: ['127.0.0.1:1'], me: '127.0.0.1:1' } });
  onTestFinished(() => database.close());
  const { code, say } = await said(`mongodb://${database.host}/field?replicaSet=other`);
  expect(code).toBe('store.unreachable');
  expect(say).toContain('no primary of the replica set that the address names');
});
