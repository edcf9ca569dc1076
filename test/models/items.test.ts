import { describe, expect, it } from 'vitest';
import { addAppeal, changeAppeal, findAppeal, findAppeals, latestAppealOf } from '../../models/appeals.ts';
import {
  countAppealing,
  itemsInHand,
  itemsOfAuthor,
  itemsOfIsoUnderReview,
  itemsSubmitted,
  openInHand,
  passItemsOn,
  waitsForReview,
} from '../../models/item-queries.ts';
import type { Item, ItemJudgement } from '../../models/item-rows.ts';
import {
  addItems,
  changeItem,
  changeItems,
  findItem,
  findItems,
  itemsOfStores,
  posmRef,
  type SubmittedItem,
} from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import { allAtOnce, refusals, useModels, winners } from './store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

const submitted = (itemRef: string, change: Partial<SubmittedItem> = {}): SubmittedItem =>
  submittedSpot(itemRef, { submittedAt: NOW, ...change });
const add = (...items: SubmittedItem[]) => inTransaction((tx) => addItems(items, tx));
const found = async (itemRef: string): Promise<Item> => {
  const item = await findItem(itemRef);
  if (item === undefined) throw new Error(`no item ${itemRef}`);
  return item;
};
const judgement: ItemJudgement = {
  revision: 1,
  decision: 'REJECTED',
  reasonCodes: ['SPOT_NOT_FIXED'],
  decidedAt: NOW + 1,
  dataDate: '20261123',
  sourceRowKey: 'row-1',
  text: 'Loose at the left, said Lek',
  language: 'en',
};

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('items on %s', (_, uri) => {
  useModels(uri);

  it('come back as they were submitted, with their POSM and their store', async () => {
    await add(submitted('a'), submitted(posmRef('a'), { itemType: 'POSM', spotId: 'a' }));
    await add(submitted('store', { itemType: 'STORE', spotId: undefined, spotType: undefined, number: undefined }));
    expect(await found('a')).toEqual({
      ...submitted('a'),
      version: 1,
      state: 'PENDING',
      judgement: undefined,
      deadlineAt: undefined,
      settlement: undefined,
      settledBy: undefined,
      ownerId: 'nok',
      formerId: undefined,
    });
    expect((await itemsOfStores(['store'])).map(({ itemRef }) => itemRef).sort()).toEqual(['a', 'a.posm', 'store']);
    expect((await findItems(['a', 'nothing'])).map(({ itemRef }) => itemRef)).toEqual(['a']);
  });

  it('keep what was judged, and forget a deadline and what a later row does not say', async () => {
    await add(submitted('b'));
    const deadlineAt = NOW + 100;
    const withRemedy = { ...judgement, remedy: 'APPEAL', deadlineAt } as const;
    const change = { state: 'REJECTED', judgement: withRemedy, deadlineAt } as const;
    await inTransaction(async (tx) => changeItem(await found('b'), change, tx));
    expect(await found('b')).toMatchObject({ state: 'REJECTED', judgement: withRemedy, deadlineAt, version: 2 });
    const later = {
      ...judgement,
      decision: 'APPROVED',
      reasonCodes: [],
      text: undefined,
      language: undefined,
    } as const;
    await inTransaction(async (tx) =>
      changeItem(await found('b'), { state: 'APPROVED', judgement: later, deadlineAt: null }, tx),
    );
    const approved = await found('b');
    expect(approved).toMatchObject({ state: 'APPROVED', deadlineAt: undefined, judgement: later });
    expect(approved.judgement?.remedy).toBeUndefined();
  });

  it('change once for many who read them at the same version (domain A.12-9)', async () => {
    await add(submitted('c'));
    const item = await found('c');
    const outcomes = await allAtOnce(10, (index, tx) => changeItem(item, { staffId: `staff${index}` }, tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(new Set(refusals(outcomes))).toEqual(new Set(['subject.lostRace']));
  });

  it('change many at once, or none of them', async () => {
    await add(submitted('d'), submitted('e'));
    const [d, e] = [await found('d'), await found('e')];
    const all = [d, e].map((item) => ({ item, change: { state: 'APPROVED' } as const }));
    await inTransaction((tx) => changeItems(all, tx));
    expect((await found('e')).state).toBe('APPROVED');
    const stale = [await found('d'), e].map((item) => ({ item, change: { state: 'REJECTED' } as const }));
    await expect(inTransaction((tx) => changeItems(stale, tx))).rejects.toMatchObject({ code: 'subject.lostRace' });
    expect((await found('d')).state).toBe('APPROVED');
    await inTransaction((tx) => changeItems([], tx));
  });
});

describe.each(STORES)('appeals on %s', (_, uri) => {
  useModels(uri);
  const appeal = (appealId: string) => ({
    appealId,
    itemRef: 'spot',
    isoId: 'iso',
    userId: 'nok',
    againstRevision: 1,
    againstReasonCodes: ['SPOT_NOT_FIXED'],
    programme: 1,
    startedAt: NOW,
  });

  it('one is open against a revision, and another once it is over', async () => {
    const outcomes = await allAtOnce(10, (index, tx) => addAppeal(appeal(`first${index}`), tx));
    expect(winners(outcomes)).toHaveLength(1);
    const open = await latestAppealOf('spot');
    if (open === undefined) throw new Error('no appeal');
    const evidence = [{ photoId: 'p1' }, { photoId: 'p2', sha256: 'x' }];
    const filed = { state: 'FILED', statement: 'It is fixed.', evidence, filedAt: NOW + 1 } as const;
    const after = await inTransaction((tx) => changeAppeal(open, filed, tx));
    expect(after).toMatchObject(filed);
    await expect(inTransaction((tx) => changeAppeal(open, { state: 'WITHDRAWN' }, tx))).rejects.toMatchObject({
      code: 'subject.lostRace',
    });
    await inTransaction((tx) => changeAppeal(after, { state: 'DENIED', decidedAt: NOW + 2, answer: 'No.' }, tx));
    await inTransaction((tx) => addAppeal({ ...appeal('second'), startedAt: NOW + 3 }, tx));
    expect(await findAppeal(open.appealId)).toMatchObject({ state: 'DENIED', answer: 'No.' });
    expect((await findAppeals(['second', open.appealId])).length).toBe(2);
  });

  it('are found whatever their state, that of an appeal between others, and all given on', async () => {
    const [staffId, isoId, all] = ['noi', 'noiIso', ['noiA', 'noiB', 'noiC', 'noiD']];
    await add(...all.map((itemRef, n) => submitted(itemRef, { staffId, isoId, submittedAt: NOW + n })));
    const rejects = { state: 'REJECTED', judgement, deadlineAt: NOW + 20 } as const;
    const approved = { ...judgement, decision: 'APPROVED', reasonCodes: [] } as const;
    await inTransaction(async (tx) => {
      await changeItem(await found('noiA'), { state: 'APPROVED', judgement: approved }, tx);
      const b = await changeItem(await found('noiB'), { ...rejects, deadlineAt: NOW + 10 }, tx);
      await changeItem(b, { state: 'APPEALING' }, tx);
      await changeItem(await found('noiC'), rejects, tx);
    });
    const waiting = ['PENDING', 'APPEALING'] as const;
    const refs = (items: readonly Item[]): string => items.map(({ itemRef }) => itemRef.slice(3)).join('');
    expect(refs(await itemsOfAuthor(staffId, waiting))).toBe('DB');
    expect(refs(await itemsInHand(staffId, ['REJECTED', 'APPEALING', 'PENDING']))).toBe('DBC');
    expect([...refs(await itemsOfIsoUnderReview(isoId))].sort().join('')).toBe('BD');
    const times = { from: NOW, to: NOW + 9 };
    expect(refs(await itemsSubmitted(isoId, ['REJECTED', 'APPEALING'], { ...times, limit: 1 }))).toBe('B');
    expect(refs(await itemsSubmitted(isoId, ['APPROVED', 'PENDING', 'APPEALING'], { ...times, limit: 3 }))).toBe('ABD');
    expect([await waitsForReview(isoId, NOW + 2), await waitsForReview(isoId, NOW + 1)]).toEqual([true, false]);
    expect(await countAppealing(staffId)).toBe(1);
    const { items, count } = await openInHand(staffId, NOW, 10);
    expect([refs(items), count]).toEqual(['CBD', 3]);
    await inTransaction((tx) => passItemsOn({ ownerId: staffId, isoId }, 'lek', tx));
    expect((await findItems(all)).map(({ ownerId, version }) => [ownerId, version])).toEqual([
      ...[3, 4, 3, 2].map((version) => ['lek', version]),
    ]);
  });
});
