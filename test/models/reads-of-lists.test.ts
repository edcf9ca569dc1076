import { beforeAll, describe, expect, it } from 'vitest';
import { addWork, ISO, NOW, PERSON } from '../../bench/office.ts';
import { loadMenu } from '../../handlers/menu/load-cards.ts';
import { loadMine } from '../../handlers/review/my-results.ts';
import { loadList } from '../../handlers/review/result-lists.ts';
import { loadShops } from '../../handlers/review/result-shops.ts';
import { loadVisits } from '../../handlers/review/visit-again.ts';
import { loadFailed } from '../../handlers/team/load-failed.ts';
import { addCard, findCard } from '../../models/cards.ts';
import { database } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { explained, searchesOf } from './queries/searches.ts';
import { useModels } from './store.ts';

/** Two people, of which one looks: with the first of these items more is there than any page has. */
const STAFF = 2;
const FEW = 1_200;
const MANY = 9_600;
const ADMIN = 'admin';

type List = readonly [load: LoadCard, subject: Subject, viewer: string];

const of = (id: string): Subject => ({ kind: 'resultList', id });
const LISTS: Readonly<Record<string, List>> = {
  'the menu': [loadMenu, { kind: 'person', id: PERSON }, PERSON],
  'My results': [loadMine('week'), of('week'), PERSON],
  Failed: [loadList, of('failed/1'), PERSON],
  'the third page of Failed': [loadList, of('failed/3'), PERSON],
  'Given to me': [loadList, of('hand/1'), PERSON],
  'Shops of all time': [loadShops, of('all'), PERSON],
  'Visit again': [loadVisits, { kind: 'page', id: '1' }, PERSON],
  'what failed in the ISO': [loadFailed, { kind: 'page', id: '1' }, ADMIN],
  'its fourth page': [loadFailed, { kind: 'page', id: '4' }, ADMIN],
};

describe('the first card of a list', () => {
  useModels(undefined);
  const before = new Map<string, number>();

  beforeAll(async () => {
    const place = { country: 'TH', language: 'en', timeZone: 'Asia/Bangkok' };
    await inTransaction(async (tx) => {
      await addIso({ isoId: ISO, email: 'iso@iso.example', name: 'Iso', joinToken: 'token', ...place }, tx);
      for (const userId of [PERSON, ADMIN]) {
        await meetPerson(userId, userId, tx);
        const role = userId === ADMIN ? 'ADMIN' : 'STAFF';
        await changePerson(userId, { state: 'ACTIVE', isoId: ISO, language: 'en', role }, tx);
      }
    });
    await addWork(0, FEW, STAFF);
    for (const [name, list] of Object.entries(LISTS)) before.set(name, await documentsRead(list));
    await addWork(FEW, MANY, STAFF);
  });

  it.each(Object.entries(LISTS))('reads no more documents of much than of little: %s', async (name, list) => {
    const few = before.get(name) ?? Number.NaN;
    const many = await documentsRead(list);
    expect(many).toBeLessThanOrEqual(1.5 * few);
  });
});

/** By the store's own word for each of its searches. */
async function documentsRead([load, subject, userId]: List): Promise<number> {
  const outTrackId = `card-${await database().collection('cards').countDocuments()}`;
  const made = { outTrackId, kind: 'working', view: 'menu', subject, viewer: userId, at: NOW } as const;
  await inTransaction((tx) => addCard(made, tx));
  const [card, viewer] = [await findCard(outTrackId), await findPerson(userId)];
  if (card === undefined || viewer === undefined) throw new Error(`nobody is ${userId}`);
  const searches = await searchesOf(() => load(card, viewer, NOW));
  let read = 0;
  for (const search of searches) read += (await explained(search)).examined;
  return read;
}
