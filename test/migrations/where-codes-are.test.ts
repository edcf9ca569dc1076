import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { database } from '../../models/database.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import type { NamedRow } from './version-0.ts';
import '../../models/bindings.ts';
import '../../models/code-stock.ts';

const clock = new MovableClock();
const log = createLog({ level: 'silent' });

describe.each(servers())('a store that does not know where codes are, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  beforeEach(async () => {
    for (const name of ['bindings', 'codestock', 'storeversion']) await database().collection(name).drop();
  });
  const start = () => prepareStore({ clock, ids: systemIds, log, alone: false });

  it('says where each code is, and again from its middle, and moves none that was moved since', async () => {
    const rows = (name: string) => database().collection<NamedRow>(name);
    const bound = (n: number, more: object = {}) => ({
      _id: `b${n}`,
      codeHash: `c${n}`,
      spotId: `s${n}`,
      state: 'ACTIVE',
      boundBy: 'nok',
      boundAt: n,
      ...more,
    });
    await rows('bindings').insertMany([
      ...Array.from({ length: 600 }, (_, n) => bound(n)),
      bound(900, { state: 'RELEASED' }),
      bound(901, { shapeId: 'shape', doubt: 'unknown' }),
    ]);
    const received = { isoId: 'iso', batchId: 'B1', receivedAt: 1 };
    await rows('codestock').insertMany([
      { _id: 'c1', ...received },
      { _id: 'c900', ...received },
      { _id: 'c2', ...received, state: 'WITH_STAFF', holderId: 'lek' },
    ]);
    const stateOf = async (_id: string) => (await rows('codestock').findOne({ _id }))?.state;
    await start();
    const states = async () => await Promise.all(['c0', 'c1', 'c2', 'c599', 'c900', 'c901'].map(stateOf));
    const expected = ['AT_SPOT', 'AT_SPOT', 'WITH_STAFF', 'AT_SPOT', 'IN_STOCK', undefined];
    expect(await states()).toEqual(expected);
    expect(await rows('codestock').findOne({ _id: 'c1' })).toMatchObject({
      ...received,
      spotId: 's1',
      movedBy: 'nok',
      movedAt: 1,
    });
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 16, begun: { id: 17, checkpoint: 'b5' } } });
    await start();
    expect(await states()).toEqual(expected);
  });
});
