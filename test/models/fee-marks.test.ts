import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import { database } from '../../models/database.ts';
import { countSuspected } from '../../models/failure-lists.ts';
import { countFeesWaiting, feesWaiting } from '../../models/fee-marks.ts';
import { changeItems, findItem, posmRef } from '../../models/items.ts';
import { recountStanding } from '../../models/recount-standing.ts';
import { recountMonth } from '../../models/recount-work.ts';
import { inTransaction } from '../../models/transaction.ts';
import { howOften } from '../support/how-often.ts';
import { decide, hire, itemOf, NOW, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { insist, useModels } from './store.ts';

const realDb = process.env.REALDB_URI;
const SERVERS = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

const SHOPS = ['s1', 's2'] as const;
const PARTS = ['', '-1', '-1.posm', '-2', '-2.posm'] as const;
const REFS = SHOPS.flatMap((shop) => PARTS.map((part) => `${shop}${part}`));
const STATES = ['APPROVED', 'REJECTED', 'PENDING'] as const;

/** Rows about several things at once, as a file brings them; or one that is settled, or whose code is taken. */
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(fc.constantFrom(...REFS), fc.constantFrom('APPROVED', ...STATES), { maxKeys: 6 }),
  },
  { weight: 1, arbitrary: fc.record({ settle: fc.constantFrom(...REFS) }) },
  { weight: 1, arbitrary: fc.record({ free: fc.constantFrom('s1-1', 's1-2') }) },
);

describe.each(SERVERS)('what is approved and waits for its fee, on %s', (_, uri) => {
  useModels(uri);

  const begin = async (): Promise<void> => {
    await onlyAnIso();
    await hire('nok');
    await submitShop('nok', 's1', { spots: 2, product: 'MARKETING_CODE', series: 'AA' });
    await submitShop('nok', 's2', { spots: 2 });
  };

  it('is what the rows say, in whatever order and company they are decided', async () => {
    let most = 0;
    const check = async (steps: readonly object[]) => {
      await begin();
      for (const step of steps) {
        if ('settle' in step) await settle(String(step.settle));
        else if ('free' in step) await takeCode(String(step.free));
        else await land(step as Record<string, string>);
        most = Math.max(most, await expectMarked());
      }
      expect(await recountMonth({ isoId: 'iso', userId: 'nok', month: '202611', timeZone: 'Asia/Bangkok' })).toBe(0);
    };
    await fc.assert(fc.asyncProperty(fc.array(STEP, { minLength: 3, maxLength: 12 }), check), {
      numRuns: howOften({ inEachRun: 6, inFull: 60 }),
    });
    expect(most).toBeGreaterThan(1);
  });

  it('is not what loses its code in the moment in which it is approved', async () => {
    for (let time = 0; time < 5; time += 1) {
      await begin();
      await land({ s1: 'APPROVED' });
      await Promise.all([
        insist(async (tx) => {
          const item = await findItem('s1-1', tx);
          if (item !== undefined) await changeItems([{ item, change: { state: 'APPROVED' } }], tx);
        }),
        insist(async (tx) => {
          const [binding] = await bindingsOfSpots(['s1-1'], tx);
          await releaseBinding(binding?.bindingId ?? '', 'lek', NOW, tx);
        }),
      ]);
      expect(await expectMarked()).toBe(0);
    }
  });

  it('comes a page at a time, what was sent first at the top', async () => {
    await begin();
    await land(Object.fromEntries(REFS.map((ref) => [ref, 'APPROVED'])));
    const page = async (skip: number) =>
      (await feesWaiting('iso', 'SPOT', { skip, limit: 3 })).map(({ itemRef }) => itemRef);
    expect([await page(0), await page(3)]).toEqual([['s1-1', 's1-2', 's2-1'], ['s2-2']]);
    expect(await feesWaiting('other', 'SPOT', { skip: 0, limit: 3 })).toEqual([]);
  });

  it('is put right at night where another release wrote', async () => {
    await begin();
    await land(Object.fromEntries(REFS.map((ref) => [ref, 'APPROVED'])));
    await database()
      .collection<{ _id: string }>('items')
      .updateMany({ _id: { $in: ['s1-1', 's1-2'] } }, { $unset: { feeWaits: 1 } });
    await database()
      .collection<{ _id: string }>('items')
      .updateMany({ _id: 's2-1' }, { $set: { state: 'REJECTED' } });
    const of = { isoId: 'iso', userId: 'nok', month: '202611', timeZone: 'Asia/Bangkok' };
    expect(await recountMonth(of)).toBeGreaterThanOrEqual(3);
    expect(await recountStanding('iso')).toBe(1);
    expect(await expectMarked()).toBe(3);
    expect(await recountMonth(of)).toBe(0);
    expect(await recountStanding('iso')).toBe(0);
  });

  it('and what is suspected is counted as long as it can be put right', async () => {
    await begin();
    const count = async () => [
      await countSuspected({ isoId: 'iso' }, NOW),
      await countSuspected({ hands: ['nok', 'lek'] }, NOW),
      await countSuspected({ hands: ['lek'] }, NOW),
    ];
    await decide('s1-1', 'REJECTED', { reasons: ['SPOT_NOT_FIXED'] });
    expect(await count()).toEqual([0, 0, 0]);
    await decide('s1-2', 'REJECTED', { reasons: ['SPOT_NOT_FIXED', 'FRAUD_SUSPECTED'] });
    await decide('s2', 'INVALIDATED', { reasons: ['FRAUD_SUSPECTED'] });
    expect(await count()).toEqual([2, 2, 0]);
    await decide('s2', 'APPROVED');
    expect(await count()).toEqual([1, 1, 0]);
    await decide('s1-2', 'REJECTED', { reasons: ['SPOT_NOT_FIXED'] });
    expect(await count()).toEqual([0, 0, 0]);
  });
});

/** All in one transaction. */
async function land(decisions: Readonly<Record<string, string>>): Promise<void> {
  const changes = await Promise.all(
    Object.entries(decisions).map(async ([ref, said]) => {
      const item = await itemOf(ref);
      const state = said === 'PENDING' || said === 'REJECTED' ? said : 'APPROVED';
      // what waits stays waiting; a POSM is judged by itself once a row names it
      const isNamed = state !== 'PENDING';
      const judgement = isNamed ? judgementOf(ref, state) : undefined;
      return { item, change: { state, judgement } } as const;
    }),
  );
  await inTransaction((tx) =>
    changeItems(
      changes.filter(({ item, change }) => item.state !== change.state),
      tx,
    ),
  );
}

function judgementOf(ref: string, decision: 'APPROVED' | 'REJECTED') {
  const of = { revision: 1, decidedAt: NOW, dataDate: '20261123', sourceRowKey: `${ref}@20261123` };
  return { ...of, decision, reasonCodes: decision === 'APPROVED' ? [] : ['SPOT_NOT_FIXED'] };
}

async function settle(ref: string): Promise<void> {
  const item = await itemOf(ref);
  if (item.settlement !== undefined) return;
  await inTransaction((tx) =>
    changeItems([{ item, change: { settlement: 'CONFIRMED', settledBy: '20261123/1' } }], tx),
  );
}

async function takeCode(spotId: string): Promise<void> {
  for (const { bindingId } of await bindingsOfSpots([spotId]))
    await inTransaction((tx) => releaseBinding(bindingId, 'lek', NOW, tx));
}

interface Row {
  readonly _id: string;
  readonly itemType: string;
  readonly product?: string;
  readonly storeId: string;
  readonly state: string;
  readonly decision?: string;
  readonly settlement?: string;
}

/** By its own reading of the rows; answers how many there are. */
async function expectMarked(): Promise<number> {
  const rows = (await database().collection('items').find().toArray()) as unknown as Row[];
  const of = (id: string) => rows.find(({ _id }) => _id === id);
  const codes = await database().collection('bindings').find({ state: 'ACTIVE' }).toArray();
  const due = rows.filter(({ _id, itemType, state, settlement, storeId, product }) => {
    if (itemType !== 'SPOT' || state !== 'APPROVED' || settlement !== undefined) return false;
    const posm = of(posmRef(_id));
    const hasCode = product !== 'MARKETING_CODE' || codes.some(({ spotId }) => spotId === _id);
    return hasCode && of(storeId)?.state === 'APPROVED' && (posm?.decision === undefined || posm.state === 'APPROVED');
  });
  const listed = (await feesWaiting('iso', 'SPOT', { skip: 0, limit: 100 })).map(({ itemRef }) => itemRef);
  expect(listed.toSorted()).toEqual(due.map(({ _id }) => _id).toSorted());
  expect(await countFeesWaiting('iso', 'SPOT')).toBe(due.length);
  return due.length;
}
