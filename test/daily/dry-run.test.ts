import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { tellDataNotice } from '../../handlers/team/tell-data-notice.ts';
import { addAppeal, changeAppeal } from '../../models/appeals.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { changeItem } from '../../models/items.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { taskIdOf } from '../../src/daily/inspection-tasks.ts';
import { newInspection } from '../../src/inspection/inspection.ts';
import type { DryRun } from '../../src/operator/daily/dry-run.ts';
import { useModels } from '../models/store.ts';
import { typed } from '../operator/typed.ts';
import {
  addIsoIn,
  approves,
  csv,
  itemOf,
  LANDED_AT,
  LandingHarness,
  type ReviewCells,
  submitSpots,
} from './landing-harness.ts';

useModels(undefined);
const harness = new LandingHarness(undefined, 'utf-8', (clock) => ({
  staff: createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 }),
  iso: (day) => tellDigest(clock, { ...day, timeZone: 'Asia/Shanghai' }),
  admins: (notice) => tellDataNotice(clock, notice),
}));
const own = mkdtempSync(join(tmpdir(), 'dry-run-'));
afterAll(() => rmSync(own, { recursive: true, force: true }));

const operator = { daily: () => ({ incoming: harness.dir, encoding: 'utf-8' }), now: () => LANDED_AT };

/** All that the store holds. */
async function dump(): Promise<Readonly<Record<string, unknown>>> {
  const names = (await database().listCollections().toArray()).map(({ name }) => name).sort();
  const rows = names.map(async (name) => [name, await database().collection(name).find().sort({ _id: 1 }).toArray()]);
  return Object.fromEntries(await Promise.all(rows));
}

/** What a dry run of a file says; the store is the same before and after. */
async function foreseen(name: string, content: string): Promise<DryRun> {
  writeFileSync(join(own, name), content);
  const before = await dump();
  const { exit, out, err } = await typed(`daily import "${join(own, name)}" --dry-run --json`, operator);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(await dump()).toEqual(before);
  return JSON.parse(out);
}

/** The rows of its result once it is landed, and the cards that were sent meanwhile. */
async function landed(name: string, content: string): Promise<{ rows: readonly string[]; cards: readonly string[] }> {
  const before = await cardsSent();
  harness.drop(name, content);
  await harness.land();
  const rows = harness
    .results(`done/${name.replace('.csv', '.result.csv')}`)
    .filter((row) => !row.startsWith('forgiven'));
  const sent = await cardsSent();
  return { rows, cards: sent.filter((card) => !before.includes(card)).map((card) => card.replace(/ \S+$/, '')) };
}

async function cardsSent(): Promise<string[]> {
  const cards = await database().collection<{ _id: string; view: string; viewer: string }>('cards').find().toArray();
  return cards.map(({ _id, view, viewer }) => `${view} ${viewer} ${_id}`).sort();
}

/** As `landed` says it. */
function asLanded({ rows, cards }: DryRun): { rows: readonly string[]; cards: readonly string[] } {
  return {
    rows: rows.map(({ line, key, outcome, reason = '' }) =>
      `${line} ${key} ${outcome} ${reason.replaceAll(',', ' ')}`.trim(),
    ),
    cards: cards.flatMap(({ card, to, sentBefore }) => (sentBefore ? [] : [`${card} ${to}`])).sort(),
  };
}

async function sameAsLanded(name: string, content: string): Promise<DryRun> {
  const dry = await foreseen(name, content);
  const { rows, cards } = asLanded(dry);
  const real = await landed(name, content);
  expect(rows).toEqual(real.rows.map((row) => row.replaceAll('"', '').replace(/ {2,}/g, ' ')));
  expect(cards).toEqual(real.cards);
  return dry;
}

const SPOTS = ['a', 'b', 'c', 'd'];

beforeEach(async () => {
  await forgetEverything();
  rmSync(join(harness.dir, 'done'), { recursive: true, force: true });
  await writeInstallation({ limits: { pushes: 1, calls: 1 }, programmeTimeZone: 'Asia/Shanghai', invitationsADay: 1 });
  await addIsoIn('Asia/Bangkok');
  await addIsoIn('Asia/Bangkok', 'other');
  await inTransaction(async (tx) => {
    for (const userId of ['nok', 'lek', 'boss', 'gone']) await meetPerson(userId, userId, tx);
    for (const userId of ['nok', 'lek']) await changePerson(userId, { state: 'ACTIVE', isoId: 'iso' }, tx);
    await changePerson('gone', { state: 'SUSPENDED', isoId: 'iso' }, tx);
    await changePerson('boss', { state: 'ACTIVE', isoId: 'iso', role: 'ADMIN' }, tx);
  });
  await submitSpots(SPOTS.slice(0, 2));
  await submitSpots(['c'], { staffId: 'lek' });
  await submitSpots(['d'], { staffId: 'gone' });
});

const said = fc.array(
  fc.record({
    itemRef: fc.constantFrom(...SPOTS, 'x'),
    submissionRevision: fc.constantFrom('1', '1', '1', '2', '0'),
    minute: fc.integer({ min: 10, max: 20 }),
    decision: fc.constantFrom('APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED', 'approved'),
    reasonCodes: fc.constantFrom('', 'SPOT_NOT_FIXED', 'MOON_IN_PICTURE', 'FRAUD_SUSPECTED'),
    isoId: fc.constantFrom('iso', 'iso', 'iso', 'other'),
  }),
  { minLength: 1, maxLength: 40 },
);

async function start(sourceKey: string): Promise<void> {
  const task = await findTask(taskIdOf('iso', sourceKey));
  if (task === undefined) throw new Error(`no task ${sourceKey}`);
  await inTransaction((tx) => changeTask(task, { state: 'STARTED', inspection: newInspection() }, tx));
}

async function appealAgainst(itemRef: string): Promise<void> {
  await inTransaction(async (tx) => {
    const item = await itemOf(itemRef);
    const appealId = `appeal-${itemRef}`;
    const against = { againstRevision: 1, againstReasonCodes: ['SPOT_NOT_FIXED'], programme: 1 };
    await addAppeal({ appealId, itemRef, isoId: 'iso', userId: item.staffId, ...against, startedAt: 1 }, tx);
    await changeAppeal({ appealId, version: 1, state: 'DRAFT' }, { state: 'FILED', statement: 'It is fixed' }, tx);
    await changeItem(item, { state: 'APPEALING' }, tx);
  });
}

describe('a dry run', () => {
  it('says of each row what landing makes of it, and which cards go out, and changes nothing', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(said, async (all) => {
        files += 1;
        const rows = all.map(({ minute, ...row }, index): ReviewCells => {
          const decidedAt = `2026-05-04T03:${minute}:00Z`;
          return approves(row.itemRef, { ...row, decidedAt, sourceRowKey: `${files}/${index}` });
        });
        // most rows of a file that is landed are right
        const right = all.map((_, index) =>
          approves('a', { decidedAt: '2026-05-04T02:00:00Z', sourceRowKey: `r${files}/${index}` }),
        );
        await sameAsLanded(`review_20260503_${files}.csv`, csv([...rows, ...right]));
      }),
      { numRuns: 12, seed: 20_261_128 },
    );
  });

  it('says of a suspicion that admins know already that it was told', async () => {
    const suspected = (minute: number, decision: string) =>
      csv([approves('b', { decision, reasonCodes: 'FRAUD_SUSPECTED', decidedAt: `2026-05-04T03:${minute}:00Z` })]);
    const first = await sameAsLanded('review_20260503_001.csv', suspected(10, 'REJECTED'));
    const again = await sameAsLanded('review_20260503_002.csv', suspected(11, 'INVALIDATED'));
    const told = ({ cards }: DryRun) => cards.filter(({ card }) => card === 'review.fraud');
    expect([told(first), told(again)]).toMatchObject([[{ to: 'boss', sentBefore: false }], [{ sentBefore: true }]]);
  });

  it('knows what the rows of thousands before would have left', async () => {
    const many = Array.from({ length: 1_300 }, (_, index) =>
      approves(SPOTS[index % 4] ?? '', { sourceRowKey: `${index}` }),
    );
    const dry = await sameAsLanded('review_20260503_001.csv', csv(many));
    expect(dry.outcomes).toEqual({ applied: 4, unchanged: 1_296 });
  });

  it('says of fees, codes and tasks what landing makes of them, those named twice included', async () => {
    await sameAsLanded('review_20260502_001.csv', csv(SPOTS.map((spot) => approves(spot))));
    const fee = { dataDate: '2026-05-03', isoId: 'iso', fee: 'DEPLOYMENT', state: 'CONFIRMED' };
    const fees = Array.from({ length: 1_100 }, (_, index) => ({
      ...fee,
      sourceRowKey: `${index % 550}`,
      spotRef: index < 1_000 ? 'a' : 'b',
      state: index % 3 === 0 ? 'REVERSED' : 'CONFIRMED',
    }));
    const feeColumns = ['sourceRowKey', 'dataDate', 'isoId', 'spotRef', 'fee', 'state'];
    expect((await sameAsLanded('settlement_20260503_001.csv', csv(fees, feeColumns))).cards).toContainEqual(
      expect.objectContaining({ card: 'team.dataNotice', to: 'boss' }),
    );
    const codes = Array.from({ length: 500 }, (_, index) => ({
      batchId: `B-${index % 2}`,
      isoId: index % 7 === 0 ? 'nobody' : 'iso',
      product: 'MARKETING_CODE',
      code: index % 5 === 0 ? 'ABCDEFGH2345' : 'ABCDEFGH2346',
      receivedAt: '2026-05-02T09:00:00+08:00',
    }));
    await sameAsLanded('stock_20260503_001.csv', csv(codes, ['batchId', 'isoId', 'product', 'code', 'receivedAt']));
    const task = (sourceKey: string, assignee: string, storeName = 'Som Tam House'): Record<string, string> => ({
      sourceKey,
      isoId: 'iso',
      storeRef: 'S-1',
      storeName,
      address: '9 Silom Rd',
      countryRegion: 'TH',
      acceptsOnlyAlipay: 'false',
      spotRefs: 'a|b',
      dueAt: '2026-05-06T18:00:00+07:00',
      assignee,
    });
    const columns = Object.keys(task('', ''));
    const rows = [
      ...Array.from({ length: 12 }, (_, index) => task(`T-${index}`, 'lek')),
      task('T-1', 'lek'),
      task('T-2', 'nok'),
    ];
    await sameAsLanded('inspection-tasks_20260503_001.csv', csv([...rows, task('T-90', 'stranger')], columns));
    for (const key of ['T-1', 'T-3']) await start(key);
    const anew = [
      task('T-1', 'boss', 'Other name'),
      task('T-1', 'boss', 'Other name'),
      task('T-3', 'lek'),
      task('T-4', ''),
    ];
    const taken = await sameAsLanded('inspection-tasks_20260504_001.csv', csv(anew, columns));
    expect(taken.cards).toEqual([expect.objectContaining({ card: 'line', to: 'lek' })]);
  });

  it('follows an appeal and its item, however far apart their rows stand', async () => {
    const fails = ['a', 'c'].map((spot) => approves(spot, { decision: 'REJECTED', reasonCodes: 'SPOT_NOT_FIXED' }));
    await sameAsLanded('review_20260503_001.csv', csv(fails));
    for (const spot of ['a', 'c']) await appealAgainst(spot);
    const answer = (spot: string, decision: string): ReviewCells =>
      approves(`appeal-${spot}`, { itemType: 'APPEAL', decision, decidedAt: '2026-05-04T05:00:00Z' });
    const between = Array.from({ length: 600 }, (_, index) => approves('b', { sourceRowKey: `${index}` }));
    const later = { decidedAt: '2026-05-04T06:00:00Z', sourceRowKey: 'later' };
    const rows = [
      answer('a', 'APPROVED'),
      approves('c', later),
      ...between,
      answer('c', 'REJECTED'),
      answer('a', 'REJECTED'),
      approves('a', { decision: 'REJECTED', ...later }),
    ];
    const { cards } = await sameAsLanded('review_20260504_001.csv', csv(rows));
    expect(cards.map(({ card, to, sentBefore }) => `${card} ${to} ${sentBefore}`).sort()).toEqual([
      'review.answer nok false',
      'review.day lek true',
      'review.day nok true',
      // `a` is answered twice, each time otherwise
      'team.dataNotice boss false',
    ]);
  });

  it('is read by people: row by row, outcome by outcome, card by card', async () => {
    writeFileSync(
      join(own, 'review_20260503_001.csv'),
      csv([approves('a'), approves('b'), approves('x', { decision: 'MAYBE' })]),
    );
    const { exit, out } = await typed(`daily import ${join(own, 'review_20260503_001.csv')} --dry-run`, operator);
    expect([exit, out.split('\n')]).toEqual([
      0,
      [
        'review_20260503_001.csv would be landed. Nothing was changed.',
        '  line  key           outcome    why',
        '  2     a#1@20260503  applied',
        '  3     b#1@20260503  applied',
        '  4     x#1@20260503  malformed  decision is not one of APPROVED, REJECTED, PENDING, INVALIDATED',
        'Rows:',
        '  applied    2',
        '  malformed  1',
        'Cards:',
        '  1 review.day: nok (results of 20260503)',
      ],
    ]);
  });

  it('says why a file would be quarantined, with the first rows that say so', async () => {
    writeFileSync(join(own, 'review_20260503_001.csv'), csv([approves('x'), approves('y'), approves('a')]));
    const { exit, err } = await typed(`daily import ${join(own, 'review_20260503_001.csv')} --dry-run`, operator);
    expect([exit, err.split('\n')]).toEqual([
      1,
      [
        'review_20260503_001.csv would be quarantined: 2 of its 3 rows are malformed or about nothing known here. Nothing was changed.',
        '2,x#1@20260503,unmatched,unknownItem',
        '3,y#1@20260503,unmatched,unknownItem',
      ],
    ]);
  });
});
