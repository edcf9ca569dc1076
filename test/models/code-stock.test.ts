import { DAY_MS } from '@field/kit/calendar';
import { describe, expect, it } from 'vitest';
import { activeBinding, bindCodes, releaseBinding } from '../../models/bindings.ts';
import { findStock, moveCodes, type StockedCode, stockCodes, stockedBy } from '../../models/code-stock.ts';
import { database } from '../../models/database.ts';
import { nextOfBatch, paceOf } from '../../models/stock-lists.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { codeHash } from '../../src/domain/code.ts';
import { useModels } from './store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

const read = (serial: string) => ({
  codeId: serial,
  canonicalUrl: `https://code.example/${serial}`,
  short: serial.slice(-4),
});
const hashOf = (serial: string) => codeHash(read(serial));

/** What came of each, done at the same moment; what lost its race in the end is left out. */
async function atOnce<T>(works: readonly ((tx: Transaction) => Promise<T>)[]): Promise<T[]> {
  const done = await Promise.allSettled(works.map((work) => inTransaction(work)));
  return done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

describe.each(STORES)('where codes are, on %s', (_, uri) => {
  useModels(uri);

  let batches = 0;
  const receive = async (serials: readonly string[], isoId = 'iso', receivedAt = NOW): Promise<string> => {
    batches += 1;
    const batchId = `B${batches}`;
    await inTransaction(async (tx) => {
      const before = new Map((await findStock(serials.map(hashOf), tx)).map((one) => [one.codeHash, one]));
      const rows = serials.map((serial) => ({
        codeHash: hashOf(serial),
        isoId,
        batchId,
        receivedAt,
        product: 'MC',
        serial,
      }));
      const codes = rows.map((row) => ({
        before: before.get(row.codeHash),
        after: stockedBy(row, before.get(row.codeHash)),
      }));
      await stockCodes(codes, tx);
    });
    return batchId;
  };
  const allotNext = (batchId: string, to: string, count: number) => async (tx: Transaction) => {
    const next = await nextOfBatch({ isoId: 'iso', product: 'MC', batchId }, count, tx);
    return await moveCodes(next, { kind: 'allot', to }, { by: 'ploy', at: NOW }, tx);
  };
  const putUp = (serial: string, spotId: string, by: string) => async (tx: Transaction) => {
    const where = { isoId: 'iso', spotId, storeId: 'store', boundBy: by, boundAt: NOW };
    const code = { code: read(serial), proofPhoto: 'photo', method: 'TYPED' } as const;
    await bindCodes([{ bindingId: `${serial}@${spotId}`, ...code, ...where }], tx);
  };
  const code = async (serial: string): Promise<StockedCode | undefined> => (await findStock([hashOf(serial)]))[0];

  it('two admins who allot the next of a batch at once give each code to one person', async () => {
    const serials = Array.from({ length: 20 }, (_, n) => `NEXT${String(n).padStart(3, '0')}`);
    const batchId = await receive(serials);
    const given = await atOnce(['nok', 'lek', 'dao'].map((to) => allotNext(batchId, to, 5)));
    const all = given.flat().map(({ serial }) => serial);
    expect(new Set(all).size).toBe(all.length);
    const held = (await findStock(serials.map(hashOf))).filter(({ state }) => state === 'WITH_STAFF');
    expect(held.map(({ serial }) => serial).sort()).toEqual(all.sort());
    expect(all.length).toBeGreaterThanOrEqual(5);
  });

  it('how fast they are put up is told by 30 days, or by the last week where those are very many', async () => {
    const stands = (n: number) => ({
      _id: `pace${n}`,
      isoId: 'pace',
      product: 'MC',
      state: 'AT_SPOT',
      movedAt: NOW - (n % 40) * DAY_MS,
    });
    const add = async (from: number, to: number) => {
      const rows = Array.from({ length: to - from }, (_, n) => stands(from + n));
      await database().collection<{ _id: string }>('codestock').insertMany(rows);
    };
    const pace = () => paceOf({ isoId: 'pace', product: 'MC' }, { now: NOW, days: 30 });
    expect(await pace()).toEqual({ putUp: 0, days: 30 });
    await add(0, 2_000);
    expect(await pace()).toEqual({ putUp: 31 * 50, days: 30 });
    await add(2_000, 4_000);
    expect(await pace()).toEqual({ putUp: 8 * 100, days: 7 });
  });

  it('two who give away the same code at once leave it with one of two', async () => {
    const batchId = await receive(['GIVE001']);
    await inTransaction(allotNext(batchId, 'nok', 1));
    const asRead = await findStock([hashOf('GIVE001')]);
    await atOnce(
      ['lek', 'dao'].map(
        (to) => (tx: Transaction) =>
          moveCodes(asRead, { kind: 'handOver', from: 'nok', to }, { by: 'nok', at: NOW }, tx),
      ),
    );
    expect(['lek', 'dao']).toContain((await code('GIVE001'))?.holderId);
  });

  it('one that is put up, allotted and received by another ISO at once is in one place, which is its spot', async () => {
    for (let round = 0; round < 10; round += 1) {
      const serial = `RACE${round}`;
      const batchId = await receive([serial]);
      await Promise.all([
        atOnce([putUp(serial, `spot${round}`, 'lek')]),
        atOnce([allotNext(batchId, 'nok', 1)]),
        receive([serial], 'other', NOW + 1).catch(() => undefined),
      ]);
      const binding = await activeBinding(read(serial));
      const stocked = await code(serial);
      expect(stocked?.state === 'AT_SPOT' ? stocked.spotId : undefined).toBe(binding?.spotId);
      if (stocked?.state !== 'WITH_STAFF') expect(stocked?.holderId).toBeUndefined();
    }
  });

  it('one that is put up while the first file brings it stands at its spot, whichever is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const serial = `FIRST${round}`;
      await Promise.all([inTransaction(putUp(serial, `first${round}`, 'lek')), receive([serial])]);
      expect(await code(serial)).toMatchObject({ state: 'AT_SPOT', spotId: `first${round}`, isoId: 'iso', serial });
    }
  });

  it('one of a colleague is booked over, one of nobody is not; taken from its spot it is idle', async () => {
    const batchId = await receive(['OVER001', 'OVER002']);
    await inTransaction(allotNext(batchId, 'nok', 1));
    await inTransaction(putUp('OVER001', 'a', 'lek'));
    await inTransaction(putUp('OVER002', 'b', 'lek'));
    expect(await code('OVER001')).toMatchObject({ state: 'AT_SPOT', spotId: 'a', bookedFrom: 'nok', movedBy: 'lek' });
    expect((await code('OVER001'))?.holderId).toBeUndefined();
    expect((await code('OVER002'))?.bookedFrom).toBeUndefined();
    await inTransaction((tx) => releaseBinding('OVER001@a', 'lek', NOW + 1, tx));
    expect(await code('OVER001')).toMatchObject({ state: 'IDLE', movedAt: NOW + 1 });
    expect((await code('OVER001'))?.spotId).toBeUndefined();
  });

  it('one that no file brought is nowhere once it is taken from its spot', async () => {
    await inTransaction(putUp('NOWHERE', 'c', 'lek'));
    expect(await code('NOWHERE')).toMatchObject({ state: 'AT_SPOT', isoId: undefined });
    await inTransaction((tx) => releaseBinding('NOWHERE@c', 'lek', NOW, tx));
    expect(await code('NOWHERE')).toBeUndefined();
  });

  it('what an attempt moved that did not come to its end is where it was', async () => {
    const batchId = await receive(['KILL001', 'KILL002']);
    const killed = inTransaction(async (tx) => {
      await allotNext(batchId, 'nok', 2)(tx);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await code('KILL001')).toMatchObject({ state: 'IN_STOCK' });
    await expect(
      inTransaction(async (tx) => {
        await putUp('KILL001', 'k', 'nok')(tx);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await activeBinding(read('KILL001'))).toBeUndefined();
    expect(await code('KILL001')).toMatchObject({ state: 'IN_STOCK' });
  });
});
