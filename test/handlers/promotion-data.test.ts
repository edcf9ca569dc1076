import { beforeEach, expect, it } from 'vitest';
import type { FaceModels } from '../../cards/views.ts';
import { loadCard } from '../../handlers/views.ts';
import type { Card } from '../../models/cards.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { nameErased, removeName, removeOwnRows } from '../../models/personal-rows.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { DAY_MS, decide, hire, NOW, onlyAnIso, submitShop } from '../support/shop-under-review.ts';

useModels(undefined);

const HOUR = 3_600_000;

beforeEach(async () => {
  await onlyAnIso();
  for (const userId of ['ploy', 'nok', 'lek']) await hire(userId);
  await inTransaction((tx) => changePerson('ploy', { role: 'ADMIN' }, tx));
});

async function shows(id: string, userId = 'ploy') {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`nobody is ${userId}`);
  const card = { view: 'team.promotionData', viewer: userId, subject: { kind: 'promotionData', id } } as Card;
  return await loadCard(card, viewer, NOW);
}

async function data(id: string): Promise<FaceModels['team.promotionData']> {
  const { name, model } = await shows(id);
  expect(name).toBe('team.promotionData');
  return model as FaceModels['team.promotionData'];
}

it('of a month and of a day each person stands with first and last activity, and what they promoted', async () => {
  await submitShop('nok', 's1', { spots: 2, product: 'MARKETING_CODE', at: NOW - HOUR });
  await submitShop('nok', 's2', { spots: 1, at: NOW - 2 * HOUR });
  await submitShop('lek', 's3', { spots: 1, at: NOW - 5 * DAY_MS });
  await decide('s1-1', 'APPROVED');
  await decide('s1-2', 'REJECTED');
  const month = await data('/1');
  expect(month).toMatchObject({ time: '202611', before: '202610', other: '20261124', people: 2 });
  expect(month.all).toEqual({ stores: 3, spots: 4, posms: 4, codes: 2 });
  expect(month.rows.map(({ name, spots, firstAt, lastAt }) => [name, spots, firstAt, lastAt])).toEqual([
    ['nok', 3, NOW - 2 * HOUR, NOW - HOUR],
    ['lek', 1, NOW - 5 * DAY_MS, NOW - 5 * DAY_MS],
    ['ploy', 0, undefined, undefined],
  ]);
  const today = await data('20261124/1');
  expect(today).toMatchObject({ time: '20261124', before: '20261123', after: undefined, other: '202611', people: 1 });
  expect(today.rows[0]).toMatchObject({ name: 'nok', stores: 2, spots: 3, posms: 3 });
  expect(await data('20261119/1')).toMatchObject({
    after: '20261120',
    rows: [{ name: 'lek' }, { name: 'nok', spots: 0 }, {}],
  });
});

it('what has not begun, or is no time at all, is this month; before anybody joined nothing was sent', async () => {
  await submitShop('nok', 's1', { spots: 1, at: NOW - HOUR });
  for (const id of ['202612/1', '20261125/1', '20261199/1', 'ever/1', '']) expect((await data(id)).time).toBe('202611');
  expect(await data('202501/1')).toMatchObject({ time: '202501', after: '202502', people: 0 });
});

it('forty people come six a page, and each once', async () => {
  for (let n = 0; n < 37; n += 1) await hire(`p${n}`);
  const names: (string | undefined)[] = [];
  for (let page = 1; page <= 7; page += 1) {
    const { rows, pages } = await data(`202611/${page}`);
    expect([pages, rows.length <= 6]).toEqual([7, true]);
    names.push(...rows.map(({ name }) => name));
  }
  expect([names.length, new Set(names).size]).toEqual([40, 40]);
  expect((await data('202611/99')).page).toBe(7);
});

it('is an admin’s of their own ISO, and nobody else’s', async () => {
  await submitShop('nok', 's1', { spots: 1, at: NOW - HOUR });
  expect((await shows('202611/1', 'nok')).name).toBe('notice');
  await inTransaction((tx) => changePerson('lek', { role: 'SUPERVISOR' }, tx));
  expect((await shows('202611/1', 'lek')).name).toBe('notice');
  await hire('jin', 'other');
  await inTransaction((tx) => changePerson('jin', { role: 'ADMIN' }, tx));
  expect(await shows('202611/1', 'jin')).toMatchObject({ model: { people: 0, rows: [{ name: 'jin' }] } });
});

it('of who was erased the numbers stay, without a name', async () => {
  await submitShop('nok', 's1', { spots: 2, at: NOW - HOUR });
  for await (const _ of removeName('nok', nameErased('nok')));
  for await (const _ of removeOwnRows('nok'));
  const { rows, people } = await data('202611/1');
  expect(people).toBe(1);
  expect(rows[0]).toMatchObject({ name: undefined, spots: 2 });
});
