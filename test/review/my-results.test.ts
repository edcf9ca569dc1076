import { beforeEach, expect, it } from 'vitest';
import type { FaceModels } from '../../cards/views.ts';
import { loadCard } from '../../handlers/views.ts';
import type { Card } from '../../models/cards.ts';
import { changeItem } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { noteScans, standingWith } from '../../models/scans.ts';
import { inTransaction } from '../../models/transaction.ts';
import { codeHash, readTyped } from '../../src/domain/code.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { DAY_MS, decide, hire, itemOf, NOW, onlyAnIso, serialOf, submitShop } from '../support/shop-under-review.ts';

useModels(undefined);

const HOUR = 3_600_000;
/** A quarter to midnight in Bangkok on the day before: not today there, though it is in Greenwich. */
const LATE = Date.UTC(2026, 10, 23, 16, 45);

beforeEach(async () => {
  await onlyAnIso();
  for (const userId of ['nok', 'lek']) await hire(userId);
});

/** What a card says to somebody, before it is drawn. */
async function says<View extends keyof FaceModels>(view: View, id: string, userId = 'nok'): Promise<FaceModels[View]> {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`nobody is ${userId}`);
  const subject: Subject = { kind: view === 'review.visits' ? 'page' : 'resultList', id };
  const { name, model } = await loadCard({ view, viewer: userId, subject } as Card, viewer, NOW);
  expect(name).toBe(view);
  return model as FaceModels[View];
}

function hashOf(typed: string): string {
  const read = readTyped(typed, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error(`${typed} is no code`);
  return codeHash(read.code);
}

const promoted = async (period: string, userId?: string) => {
  const { stores, spots, posms } = await says('review.mine', period, userId);
  return [stores, spots, posms].map((tally) => tally.promoted);
};

it('a day, seven, thirty, a month and all time each count what was sent in them, by the calendar of the ISO', async () => {
  await submitShop('nok', 'now', { spots: 1, at: NOW - HOUR });
  await submitShop('nok', 'late', { spots: 2, at: LATE });
  await submitShop('nok', 'week', { spots: 1, at: NOW - 6 * DAY_MS });
  await submitShop('nok', 'before', { spots: 1, at: NOW - 7 * DAY_MS });
  await submitShop('nok', 'october', { spots: 3, at: Date.UTC(2026, 9, 31, 16, 59) });
  await submitShop('nok', 'november', { spots: 1, at: Date.UTC(2026, 9, 31, 17) });
  await submitShop('lek', 'colleague', { spots: 5, at: NOW - HOUR });
  expect(await promoted('today')).toEqual([1, 1, 1]);
  expect(await promoted('week')).toEqual([3, 4, 4]);
  expect(await promoted('month')).toEqual([6, 9, 9]);
  expect(await promoted('202611')).toEqual([5, 6, 6]);
  expect(await promoted('202610')).toEqual([1, 3, 3]);
  expect(await promoted('all')).toEqual([6, 9, 9]);
  expect(await promoted('all', 'lek')).toEqual([1, 5, 5]);
});

it('a month that has not begun is this one, one before the first is empty, and what is no time is the last seven days', async () => {
  await submitShop('nok', 'now', { spots: 1, at: NOW - HOUR });
  expect(await says('review.mine', '202612')).toMatchObject({ period: '202611', spots: { promoted: 1 } });
  expect(await says('review.mine', '202601')).toMatchObject({ period: '202601', spots: { promoted: 0 } });
  for (const id of ['202613', 'ever', '']) expect(await says('review.mine', id)).toMatchObject({ period: 'week' });
  expect(await says('review.times', '209912')).toMatchObject({ months: ['202611'], earlier: undefined });
});

it('the months that can be chosen go back to the first in which anything was sent', async () => {
  await submitShop('nok', 'may', { spots: 1, at: Date.UTC(2026, 4, 9) });
  const first = await says('review.times', '');
  expect(first).toEqual({ months: ['202611', '202610', '202609', '202608'], earlier: '202607' });
  expect(await says('review.times', '202607')).toEqual({ months: ['202607', '202606', '202605'], earlier: undefined });
});

it('each product is counted by itself, and the course of a time says when', async () => {
  await submitShop('nok', 'posm', { spots: 2, at: NOW - HOUR });
  await submitShop('nok', 'code', { spots: 1, product: 'MARKETING_CODE', at: NOW - 2 * DAY_MS });
  await decide('posm-1', 'APPROVED');
  await decide('posm-2', 'REJECTED');
  const { products, course } = await says('review.mine', 'week');
  expect(products.map(({ product, spots }) => [product, spots])).toEqual([
    ['MARKETING_CODE', { promoted: 1, approved: 0, failed: 0, inReview: 1 }],
    ['PRIMARY_POSM', { promoted: 2, approved: 1, failed: 1, inReview: 0 }],
  ]);
  expect(course?.points.map(({ count }) => count)).toEqual([0, 0, 0, 0, 1, 0, 2]);
});

it('shops come six a page, the latest first, each once, also where many were sent at the same moment', async () => {
  for (let n = 0; n < 9; n += 1) await submitShop('nok', `same${n}`, { spots: 1, at: NOW - DAY_MS });
  for (let n = 0; n < 5; n += 1) await submitShop('nok', `own${n}`, { spots: 1, at: NOW - (n + 2) * DAY_MS });
  // sent again: it stands where it was sent last
  const again = await itemOf('own4-1');
  await decide('own4-1', 'REJECTED');
  const failed = await itemOf('own4-1');
  const sent = { state: 'PENDING', revision: again.revision + 1, submittedAt: NOW } as const;
  await inTransaction((tx) => changeItem(failed, sent, tx));
  const seen: string[] = [];
  let after = '';
  for (let page = 0; page < 4; page += 1) {
    const { shops, next = '' } = await says('review.shops', `all/${after}`);
    expect(shops.length).toBeLessThanOrEqual(6);
    seen.push(...shops.map(({ storeId }) => storeId));
    after = next;
    if (after === '') break;
  }
  expect(seen[0]).toBe('own4');
  expect(seen.slice(-4)).toEqual(['own0', 'own1', 'own2', 'own3']);
  expect([seen.length, new Set(seen).size]).toEqual([14, 14]);
});

it('a shop opens with everything of it, approved too, and to nobody who did nothing there', async () => {
  await submitShop('nok', 'shop', { spots: 2, at: NOW - HOUR });
  await decide('shop-1', 'APPROVED');
  const { rows } = await says('review.shop', 'week/shop/1');
  expect(rows.map(({ itemRef, state }) => [itemRef, state])).toEqual([
    ['shop', 'PENDING'],
    ['shop-1', 'APPROVED'],
    ['shop-2', 'PENDING'],
  ]);
  const lek = await findPerson('lek');
  if (lek === undefined) throw new Error('nobody is lek');
  const card = { view: 'review.shop', viewer: 'lek', subject: { kind: 'resultList', id: 'week/shop/1' } } as Card;
  expect((await loadCard(card, lek, NOW)).name).toBe('notice');
});

it('a visit is asked for where spots failed for good, then where nothing was sent for thirty days', async () => {
  await submitShop('nok', 'old', { spots: 1, at: NOW - 60 * DAY_MS });
  await submitShop('nok', 'older', { spots: 1, at: NOW - 90 * DAY_MS });
  await submitShop('nok', 'lost', { spots: 2, at: NOW - 40 * DAY_MS });
  await submitShop('nok', 'fresh', { spots: 1, at: NOW - 5 * DAY_MS });
  await submitShop('lek', 'others', { spots: 1, at: NOW - 60 * DAY_MS });
  for (const ref of ['old', 'older', 'fresh', 'old-1', 'older-1', 'fresh-1']) await decide(ref, 'APPROVED');
  await decide('lost-1', 'REJECTED');
  const rejected = await itemOf('lost-1');
  await inTransaction((tx) => changeItem(rejected, { state: 'LAPSED' }, tx));
  const { rows } = await says('review.visits', '1');
  expect(rows.map(({ storeId, failed }) => [storeId, failed])).toEqual([
    ['lost', 1],
    ['older', 0],
    ['old', 0],
  ]);
  expect(rows[0]?.address).toBe('Silom Rd 12 · Bangkok');
});

it('or where nobody scans a code, as long as it is told that people scan others', async () => {
  const code = { product: 'MARKETING_CODE', spots: 1 } as const;
  await submitShop('nok', 'never', { ...code, series: 'AB', at: NOW - 20 * DAY_MS });
  await submitShop('nok', 'once', { ...code, series: 'AC', at: NOW - 25 * DAY_MS });
  await submitShop('nok', 'often', { ...code, series: 'AD', at: NOW - 25 * DAY_MS });
  await submitShop('nok', 'young', { ...code, series: 'AE', at: NOW - 13 * DAY_MS });
  await submitShop('nok', 'review', { ...code, series: 'AF', at: NOW - 20 * DAY_MS });
  for (const shop of ['never', 'once', 'often', 'young'])
    for (const ref of [shop, `${shop}-1`]) await decide(ref, 'APPROVED');
  const scan = async (series: string, day: string) => {
    const [binding] = await standingWith([hashOf(serialOf(series, 1))]);
    await inTransaction((tx) => noteScans([{ bindingId: binding?.bindingId ?? '', day }], tx));
  };
  const toVisit = async () =>
    (await says('review.visits', '1')).rows.map(({ storeId, unscanned }) => `${storeId} ${unscanned}`);
  expect(await toVisit()).toEqual([]);
  await scan('AC', '20261109');
  await scan('AD', '20261109');
  // what is told is as old as that: it may be that nothing comes any more
  expect(await toVisit()).toEqual([]);
  await scan('AD', '20261123');
  expect(await toVisit()).toEqual(['never 1', 'once 1']);
  await scan('AC', '20261110');
  expect(await toVisit()).toEqual(['never 1']);
});

it('page by page each shop once, for each reason those in the city of the last shop first', async () => {
  const cityOf = (n: number): string => (n % 2 === 0 ? 'Bangkok' : 'Chiang Mai');
  for (let n = 0; n < 9; n += 1) {
    await submitShop('nok', `lost${n}`, { spots: 1, at: NOW - 50 * DAY_MS, city: cityOf(n) });
    await decide(`lost${n}-1`, 'REJECTED', { deadlineAt: NOW - (n + 1) * DAY_MS });
    const rejected = await itemOf(`lost${n}-1`);
    await inTransaction((tx) => changeItem(rejected, { state: 'LAPSED' }, tx));
  }
  for (let n = 0; n < 5; n += 1) {
    await submitShop('nok', `old${n}`, { spots: 1, at: NOW - (90 - n) * DAY_MS, city: cityOf(n) });
    for (const ref of [`old${n}`, `old${n}-1`]) await decide(ref, 'APPROVED');
  }
  await submitShop('nok', 'last', { spots: 1, at: NOW - DAY_MS, city: 'Chiang Mai' });
  const pages = await Promise.all(['1', '2', '3', '4'].map((page) => says('review.visits', page)));
  expect(pages.map(({ rows }) => rows.map(({ storeId }) => storeId))).toEqual([
    ['lost1', 'lost3', 'lost5', 'lost7', 'lost0', 'lost2'],
    ['lost4', 'lost6', 'lost8', 'old1', 'old3', 'old0'],
    ['old2', 'old4'],
    // beyond the last one
    ['old2', 'old4'],
  ]);
  expect(pages.map(({ next, isFirst }) => [next, isFirst])).toEqual([
    [2, true],
    [3, false],
    [undefined, false],
    [undefined, false],
  ]);
});
