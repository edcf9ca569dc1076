import { derivedId } from '@field/kit/ids';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findUploads, uploadFailed } from '../../models/uploads.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createHurry } from '../../src/delivery/hurry.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { aFlakyDelivery } from './flaky-dingtalk.ts';

const MINUTE = 60_000;

function aProcess() {
  const at = aFlakyDelivery();
  onTestFinished(() => at.close());
  return at;
}

/** Another process over the same store, which sends nothing itself. */
function another(at: ReturnType<typeof aFlakyDelivery>) {
  const inFlight = createInFlight();
  const said = { hurried: 0 };
  const hurried = (): void => {
    said.hurried += 1;
  };
  const hurry = createHurry({
    clock: at.clock,
    log: logLines().log,
    inFlight,
    hurried,
    picturesHurried: () => undefined,
  });
  const rest = async (): Promise<void> => {
    while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
  };
  return { ...hurry, rest, said };
}

/** How often the store was asked meanwhile. */
async function asked(work: () => Promise<void>): Promise<number> {
  const client = mongoose.connection.getClient();
  let count = 0;
  const one = (): void => {
    count += 1;
  };
  client.on('connectionCheckedOut', one);
  await work();
  client.off('connectionCheckedOut', one);
  return count;
}

const dueAt = async (intent: string) => {
  const rows = mongoose.connection.collection<{ _id: string; dueAt: number }>('outbox');
  return (await rows.findOne({ _id: derivedId('record', intent) }))?.dueAt;
};

describe.each(servers())('whoever is there, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('costs nothing while nothing waits for anybody', async () => {
    const { look, isThere, rest } = another(aProcess());
    const taps = async (): Promise<void> => {
      for (let tap = 0; tap < 10; tap += 1) isThere('nok');
      await rest();
    };
    expect(await asked(taps)).toBe(30);
    await look();
    expect(await asked(taps)).toBe(0);
  });

  it('gets at once what failed in this process', async () => {
    const at = aProcess();
    const [delivery] = at.deliveries;
    await delivery?.look();
    at.dingTalk.weather = 'away';
    await at.tells('nok', 'promotion.submitted');
    await at.later(20 * MINUTE, MINUTE);
    at.dingTalk.weather = 'well';
    expect(at.dingTalk.arrived).toEqual([]);
    delivery?.isThere('nok');
    await at.rest();
    expect(at.dingTalk.arrived).toHaveLength(1);
  });

  it('gets at once what is on its way at that moment, should that fail', async () => {
    const at = aProcess();
    const other = another(at);
    const card = await at.writes('nok');
    await at.tells('lek', 'promotion.submitted');
    for (const begin of [() => at.tells('nok', 'promotion.submitted'), () => at.changes(card)]) {
      at.dingTalk.weather = 'away';
      at.dingTalk.onCall = async () => {
        at.dingTalk.onCall = () => {
          at.dingTalk.weather = 'well';
        };
        other.isThere('nok');
        await other.rest();
      };
      await begin();
      expect(await at.left()).toEqual([]);
    }
  });

  it('gets pictures asked for again that their cards wait for', async () => {
    const at = aProcess();
    const other = another(at);
    const card = await at.writes('nok');
    const notBefore = at.clock.machine() + 5 * MINUTE;
    await uploadFailed('app', 'photo', { tries: 3, notBefore, givenUp: false });
    at.dingTalk.weather = 'away';
    await at.changes(card);
    other.isThere('nok');
    await other.rest();
    expect((await findUploads('app', ['photo'])).get('photo')?.notBefore).toBe(at.clock.machine());
  });

  it('gets with the next look what failed elsewhere, and for whoever was not there it goes on waiting', async () => {
    const at = aProcess();
    const other = another(at);
    await other.look();
    at.dingTalk.weather = 'away';
    const [nok, lek] = [await at.tells('nok', 'promotion.submitted'), await at.tells('lek', 'promotion.submitted')];
    await at.later(20 * MINUTE, MINUTE);
    other.isThere('nok');
    await other.rest();
    expect(other.said.hurried).toBe(0);
    await other.look();
    expect(other.said.hurried).toBe(1);
    expect(await dueAt(nok)).toBe(at.clock.now());
    expect(await dueAt(lek)).toBeGreaterThan(at.clock.now());
    // it knows now, and need not look again
    other.isThere('lek');
    await other.rest();
    expect(await dueAt(lek)).toBe(at.clock.now());
  });
});

describe('while the store cannot save', () => {
  const { onDisk } = useModels(undefined);
  beforeEach(forgetEverything);

  it('keeps whoever was there, and gets them what waits once it can', async () => {
    const at = aProcess();
    const other = another(at);
    await other.look();
    at.dingTalk.weather = 'away';
    const told = [await at.tells('nok', 'promotion.submitted'), await at.tells('lek', 'promotion.submitted')];
    await at.later(20 * MINUTE, MINUTE);
    // seen by nobody yet
    other.isThere('nok');
    onDisk('failing');
    await expect(other.look()).rejects.toThrow();
    // known to wait by now
    other.isThere('lek');
    await other.rest();
    onDisk(undefined);
    await other.look();
    expect(await Promise.all(told.map(dueAt))).toEqual([at.clock.now(), at.clock.now()]);
  });
});
