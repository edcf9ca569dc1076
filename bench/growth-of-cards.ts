import type { ViewName } from '../cards/views.ts';
import { loadCard } from '../handlers/views.ts';
import type { Card } from '../models/cards.ts';
import { addIso } from '../models/isos.ts';
import { changePerson, findPerson, meetPerson } from '../models/people.ts';
import { writeInstallation } from '../models/settings.ts';
import { inTransaction } from '../models/transaction.ts';
import { readConfig } from '../src/config/config.ts';
import type { Subject } from '../src/platform/subject.ts';
import { ISO, NOW, PERSON } from './office.ts';

const ADMIN = 'admin0';
/** An admin who looks for a shop. */
const SEARCHER = 'admin1';
const OWN: Subject = { kind: 'person', id: PERSON };
const EVER: Subject = { kind: 'resultList', id: 'all' };
const FIRST: Subject = { kind: 'page', id: '1' };

/** The first card of each list and statement, as whoever opens it gets it: of staff their own, of an admin the ISO's. */
const CARDS: readonly (readonly [name: string, view: ViewName, subject: Subject, viewer: string])[] = [
  ['menu', 'menu', OWN, PERSON],
  ['myResults', 'review.mine', OWN, PERSON],
  ['myMonth', 'review.month', OWN, PERSON],
  ['myResultsEver', 'review.mine', EVER, PERSON],
  ['shops', 'review.shops', EVER, PERSON],
  ['failed', 'review.list', { kind: 'resultList', id: 'failed/1' }, PERSON],
  ['visitAgain', 'review.visits', FIRST, PERSON],
  ['myFees', 'review.fees', { kind: 'ownFees', id: '' }, PERSON],
  ['myFeeItems', 'review.feeList', { kind: 'ownFees', id: '202611/DEPLOYMENT/1' }, PERSON],
  ['myCodes', 'stock', { kind: 'stock', id: PERSON }, PERSON],
  ['tasks', 'inspection.tasks', FIRST, PERSON],
  ['team', 'team', { kind: 'person', id: ADMIN }, ADMIN],
  ['teamFailed', 'team.failed', FIRST, ADMIN],
  ['teamFailedFound', 'team.failed', FIRST, SEARCHER],
  ['teamTasks', 'team.tasks', FIRST, ADMIN],
  ['teamTasksFound', 'team.tasks', FIRST, SEARCHER],
  ['lateAnswers', 'team.appeals', FIRST, ADMIN],
  ['people', 'team.people', FIRST, ADMIN],
  ['member', 'team.member', { kind: 'person', id: PERSON }, ADMIN],
  ['giveWork', 'handOver', { kind: 'work', id: `person/${PERSON}` }, ADMIN],
  ['giveTasks', 'handOver', { kind: 'work', id: `tasks/${ISO}` }, ADMIN],
  ['stock', 'team.stock', FIRST, ADMIN],
  ['bookedOver', 'team.bookedOver', FIRST, ADMIN],
  ['promotionData', 'team.promotionData', { kind: 'promotionData', id: '202611/1' }, ADMIN],
  ['fees', 'team.fees', { kind: 'fees', id: '202611/DEPLOYMENT' }, ADMIN],
  ['feesWaiting', 'team.feeLines', { kind: 'fees', id: '202611/DEPLOYMENT/WAITING/1' }, ADMIN],
  ['feesThatCame', 'team.feeLines', { kind: 'fees', id: '202611/DEPLOYMENT/CONFIRMED/1' }, ADMIN],
];

/** The ISO and those who look. */
export async function addReaders(dataDir: string): Promise<void> {
  const here = 'http://127.0.0.1';
  await writeInstallation(readConfig({ DATA_DIR: dataDir, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here }));
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction(async (tx) => {
    await addIso({ isoId: ISO, email: 'office@iso.example', name: 'Office', joinToken: 'join', ...place }, tx);
    for (const [userId, role] of [
      [PERSON, 'STAFF'],
      [ADMIN, 'ADMIN'],
      [SEARCHER, 'ADMIN'],
    ] as const) {
      await meetPerson(userId, userId, tx);
      const typed = userId === SEARCHER ? { values: { find: 'coffee' }, problems: [] } : null;
      await changePerson(userId, { state: 'ACTIVE', isoId: ISO, language: 'en', role, typed }, tx);
    }
  });
}

/** What is asked of the store for each of these cards, by name. */
export const CARD_LOADS: Readonly<Record<string, () => Promise<unknown>>> = Object.fromEntries(
  CARDS.map(([name, view, subject, viewer]) => [`card.${name}`, () => load(view, subject, viewer)]),
);

async function load(view: ViewName, subject: Subject, userId: string): Promise<unknown> {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`${userId} is not there`);
  const card: Card = {
    outTrackId: 'bench',
    kind: 'working',
    view,
    subject,
    viewer: userId,
    inGroup: false,
    wanted: 1,
    formOpen: false,
    delivered: true,
  };
  return await loadCard(card, viewer, NOW);
}
