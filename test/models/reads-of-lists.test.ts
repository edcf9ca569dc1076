import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWork, ISO, NOW, PERSON } from '../../bench/office.ts';
import { loadHandOver } from '../../handlers/hand-over/load-cards.ts';
import { loadInspections, loadTaskList } from '../../handlers/inspection/load-cards.ts';
import { loadMenu } from '../../handlers/menu/load-cards.ts';
import { loadMember } from '../../handlers/people/load-members.ts';
import { loadMine } from '../../handlers/review/my-results.ts';
import { loadOwnFeeList, loadOwnFees } from '../../handlers/review/own-fees.ts';
import { loadList } from '../../handlers/review/result-lists.ts';
import { loadShops } from '../../handlers/review/result-shops.ts';
import { loadVisits } from '../../handlers/review/visit-again.ts';
import { loadCodes } from '../../handlers/stock/codes-card.ts';
import { loadBookedOver, loadStock } from '../../handlers/stock/stock-card.ts';
import { loadFlaggedPhotos } from '../../handlers/team/flagged-photos.ts';
import { loadLateAppeals } from '../../handlers/team/load-appeals.ts';
import { loadPeople } from '../../handlers/team/load-cards.ts';
import { loadFailed } from '../../handlers/team/load-failed.ts';
import { loadFeeLines, loadFees } from '../../handlers/team/load-fees.ts';
import { loadTeamTasks } from '../../handlers/team/load-tasks.ts';
import { loadTeam } from '../../handlers/team/load-team.ts';
import { loadPromotionData } from '../../handlers/team/promotion-data.ts';
import { countWhatWasSent } from '../../migrations/015-count-what-was-sent.ts';
import { keepWhatCardsCount } from '../../migrations/019-keep-what-cards-count.ts';
import { keepHowThingsStand } from '../../migrations/022-keep-how-things-stand.ts';
import { addCard, findCard } from '../../models/cards.ts';
import { database } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { readConfig } from '../../src/config/config.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { explained, searchesOf } from './queries/searches.ts';
import { useModels } from './store.ts';

/** Two people, of which one looks: with the first of these items more is there than any page has. */
const STAFF = 2;
const FEW = 1_200;
const MANY = 9_600;
const ADMIN = 'admin';
/** An admin who looks for a shop. */
const SEARCHER = 'searcher';
/** More inspections of one person are not counted, neither their own nor those of nobody. */
const COUNTED = 100;
/** As much of a list is looked at first where it is searched. */
const SEARCHED = 40;
/** Of seven shops what was sent there, where twelve are, and as many again to find them by. */
const MOST_FOR_VISITS = 80;

/** `most`: so many at most, where few are fewer than are counted. */
type List = readonly [load: LoadCard, subject: Subject, viewer: string, most?: number];

const of = (id: string): Subject => ({ kind: 'resultList', id });
const VISITS: List = [loadVisits, { kind: 'page', id: '1' }, PERSON];
const LISTS: Readonly<Record<string, List>> = {
  'the menu': [loadMenu, { kind: 'person', id: PERSON }, PERSON],
  'My results': [loadMine('week'), of('week'), PERSON],
  Failed: [loadList, of('failed/1'), PERSON],
  'the third page of Failed': [loadList, of('failed/3'), PERSON],
  'Given to me': [loadList, of('hand/1'), PERSON],
  'Shops of all time': [loadShops, of('all'), PERSON],
  'Visit again': VISITS,
  'what failed in the ISO': [loadFailed, { kind: 'page', id: '1' }, ADMIN],
  'its fourth page': [loadFailed, { kind: 'page', id: '4' }, ADMIN],
  Team: [loadTeam, { kind: 'person', id: ADMIN }, ADMIN],
  'inspections of the ISO': [loadTeamTasks, { kind: 'page', id: '1' }, ADMIN],
  'Promotion data': [loadPromotionData, { kind: 'promotionData', id: '202611/1' }, ADMIN],
  'fees of the ISO': [loadFees, { kind: 'fees', id: '202611/DEPLOYMENT' }, ADMIN],
  'what waits for its fee': [loadFeeLines, { kind: 'fees', id: '202611/DEPLOYMENT/WAITING/1' }, ADMIN],
  'Spot Inspection': [loadInspections, { kind: 'person', id: PERSON }, PERSON, 2 * COUNTED],
  'Verification Tasks': [loadTaskList('tasks'), { kind: 'page', id: '1' }, PERSON, 2 * COUNTED],
  'codes of one': [loadCodes, { kind: 'stock', id: PERSON }, PERSON],
  'My fees': [loadOwnFees, { kind: 'ownFees', id: '202611' }, PERSON],
  'its items': [loadOwnFeeList, { kind: 'ownFees', id: '202611/DEPLOYMENT/1' }, PERSON],
  'late answers': [loadLateAppeals, { kind: 'page', id: '1' }, ADMIN],
  'what failed, searched': [loadFailed, { kind: 'page', id: '1' }, SEARCHER, SEARCHED + 20],
  'inspections, searched': [loadTeamTasks, { kind: 'page', id: '1' }, SEARCHER, SEARCHED + 10],
  People: [loadPeople, { kind: 'page', id: '1' }, ADMIN],
  'one of the people': [loadMember, { kind: 'person', id: PERSON }, ADMIN],
  'fees that came': [loadFeeLines, { kind: 'fees', id: '202611/DEPLOYMENT/CONFIRMED/1' }, ADMIN],
  'what somebody has, to be given': [loadHandOver, { kind: 'work', id: `person/${PERSON}` }, ADMIN],
  'inspections, to be given': [loadHandOver, { kind: 'work', id: `tasks/${ISO}` }, ADMIN],
  'Stock of codes': [loadStock, { kind: 'page', id: '1' }, ADMIN],
  'codes used by others': [loadBookedOver, { kind: 'page', id: '1' }, ADMIN],
  'photos to look at': [loadFlaggedPhotos, { kind: 'page', id: '1' }, ADMIN],
  'My inspections': [loadTaskList('submitted'), { kind: 'page', id: '1' }, PERSON],
};

describe('the first card of a list', () => {
  useModels(undefined, { watched: true });
  const { folder, remove } = newFolder();
  afterAll(remove);
  const before = new Map<string, number>();

  beforeAll(async () => {
    const here = 'http://127.0.0.1';
    await writeInstallation(readConfig({ DATA_DIR: folder, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here }));
    const place = { country: 'TH', language: 'en', timeZone: 'Asia/Bangkok' };
    await inTransaction(async (tx) => {
      await addIso({ isoId: ISO, email: 'iso@iso.example', name: 'Iso', joinToken: 'token', ...place }, tx);
      for (const userId of [PERSON, ADMIN, SEARCHER]) {
        await meetPerson(userId, userId, tx);
        const role = userId === PERSON ? 'STAFF' : 'ADMIN';
        const typed = userId === SEARCHER ? { values: { find: 'coffee' }, problems: [] } : null;
        await changePerson(userId, { state: 'ACTIVE', isoId: ISO, language: 'en', role, typed }, tx);
      }
    });
    await work(0, FEW);
    for (const [name, list] of Object.entries(LISTS)) before.set(name, await documentsRead(list));
    await work(FEW, MANY);
  });

  it.each(Object.entries(LISTS))('reads no more documents of much than of little: %s', async (name, list) => {
    const few = before.get(name) ?? Number.NaN;
    const many = await documentsRead(list);
    expect(many).toBeLessThanOrEqual(Math.max(1.5 * few, list[3] ?? 0));
  });

  it('looks at no more shops for a page of Visit again than are on it', async () => {
    expect(await documentsRead(VISITS)).toBeLessThanOrEqual(MOST_FOR_VISITS);
  });
});

/** So much work, and what is kept of it to be counted. */
async function work(from: number, to: number): Promise<void> {
  await addWork(from, to, STAFF);
  const step = { db: database(), checkpoint: undefined, reached: async () => undefined };
  for (const { up } of [countWhatWasSent, keepWhatCardsCount, keepHowThingsStand]) await up(step);
}

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
