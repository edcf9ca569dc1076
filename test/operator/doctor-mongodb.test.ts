import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../packages/embedded-store/src/server.ts';
import { NOTHING_FOUND, scriptedDatabase } from '../support/scripted-database.ts';
import { freePort } from '../support/world/free-port.ts';
import { SteppingPrimary } from '../support/world/stepping-primary.ts';
import { useDoctor } from './doctor-harness.ts';

const doctor = useDoctor();
const { found } = doctor;

describe('a MongoDB', () => {
  const answers = {
    ping: { ok: 1 },
    find: NOTHING_FOUND,
    aggregate: NOTHING_FOUND,
    listIndexes: NOTHING_FOUND,
    listCollections: NOTHING_FOUND,
    endSessions: { ok: 1 },
  };

  it.each([
    ['that stands alone', {}, '7.0.5', 60, 'replicaSet', 'wrong', /rs\.initiate/],
    ['that is too old', { setName: 'rs0' }, '4.2.24', 60, 'version', 'wrong', /4\.4 or newer/],
    ['a router that is too old', { msg: 'isdbgrid' }, '7.0.5', 60, 'version', 'wrong', /8\.0 or newer/],
    ['that ends transactions at once', { setName: 'rs0' }, '7.0.5', 5, 'transactions', 'wrong', /Set it to 60/],
    ['that keeps them for long', { setName: 'rs0' }, '7.0.5', 3_600, 'transactions', 'warning', /Set it to 60/],
    ['as it should be', { setName: 'rs0' }, '7.0.5', 60, 'replicaSet', 'ok', undefined],
  ] as const)('%s', async (_what, hello, version, seconds, about, state, remedy) => {
    const database = await scriptedDatabase({
      ...answers,
      hello,
      buildInfo: { ok: 1, version },
      getParameter: { ok: 1, transactionLifetimeLimitSeconds: seconds },
    });
    onTestFinished(() => database.close());
    const said = await found(about, {
      more: { MONGODB_URI: `mongodb://${database.host}/field?directConnection=true` },
    });
    expect(said?.state).toBe(state);
    if (remedy) expect(said?.remedy).toMatch(remedy);
  });

  it('whose primary has stepped down, until another one is elected', async () => {
    const store = await startServer({ dataDir: join(doctor.folder, 'replica') });
    onTestFinished(() => store.close());
    const primary = await SteppingPrimary.before(store.uri);
    onTestFinished(() => primary.close());
    const more = { MONGODB_URI: primary.uri };
    await primary.stepsDown(10107);
    const said = await found('store', { more });
    expect(said).toMatchObject({ state: 'wrong', remedy: expect.stringContaining('rs.status()') });
    primary.isElected();
    expect(await found('store', { more })).toMatchObject({ state: 'ok' });
  });

  it('that is not there, or cannot be read', async () => {
    const none = `mongodb://127.0.0.1:${await freePort()}/field`;
    expect(await found('store', { more: { MONGODB_URI: none } })).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('does not answer'),
    });
    const unreadable = 'mongodb://u:p@ss@127.0.0.1/field';
    expect(await found('store', { more: { MONGODB_URI: unreadable } })).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('cannot be read'),
    });
  });
});
