import { derivedId } from '@field/kit/ids';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FaceModels } from '../../cards/views.ts';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { type Card, findCard } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { digestId, findDigest } from '../../models/digests.ts';
import { moveFile, receiveFile } from '../../models/incoming-files.ts';
import { posmRef } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { Tally } from '../../src/domain/item-standing.ts';
import { useModels } from '../models/store.ts';
import { DATA_DATE, decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';

/*
 * One ISO of two promoters. A group reads the digest, each promoter the card of the day, My results and the menu, the admin Team and
 * Failed spots: what they count alike must be alike, however a day went.
 */
useModels(undefined);

const TIME_ZONE = 'Asia/Shanghai';
const THE_DAY_BEFORE = '20261122';
const clock = new StillClock(NOW);
const STAFF = ['nok', 'lek'];

/** What became of one half of a spot, or of a store; `before`: on an earlier day. */
type Fate = 'approved' | 'failed' | 'waits' | 'approvedBefore' | 'failedBefore';
interface Shop {
  readonly store: Fate;
  /** Of each spot itself and of what stands there. */
  readonly spots: readonly (readonly [Fate, Fate])[];
}

/** A spot of which that day decided at least a half, or nothing is decided yet. */
const SPOT = fc.constantFrom<readonly [Fate, Fate]>(
  ['approved', 'approved'],
  ['approved', 'waits'],
  ['failed', 'waits'],
  ['waits', 'failed'],
  ['waits', 'approved'],
  ['approved', 'failed'],
  ['failed', 'failed'],
  ['approved', 'failedBefore'],
  ['failed', 'approvedBefore'],
  ['approvedBefore', 'failed'],
  ['waits', 'waits'],
);
const SPOTS = fc.array(SPOT, { minLength: 1, maxLength: 3 });
/** A promoter of whom nothing was decided gets no card of that day. */
const FIRST = fc.record({ store: fc.constantFrom<Fate>('approved', 'failed'), spots: SPOTS });
const FURTHER = fc.record({ store: fc.constantFrom<Fate>('approved', 'failed', 'waits'), spots: SPOTS });
const WORK = fc.tuple(FIRST, fc.array(FURTHER, { maxLength: 1 })).map(([first, more]) => [first, ...more]);

async function becomes(itemRef: string, fate: Fate): Promise<void> {
  if (fate === 'waits') return;
  const dataDate = fate.endsWith('Before') ? THE_DAY_BEFORE : DATA_DATE;
  await decide(itemRef, fate.startsWith('approved') ? 'APPROVED' : 'REJECTED', { dataDate });
}

async function play(work: readonly (readonly Shop[])[]): Promise<void> {
  await forgetEverything();
  await writeInstallation({ limits: { pushes: 1, calls: 1 }, programmeTimeZone: TIME_ZONE, invitationsADay: 1 });
  await hire('ploy');
  await inTransaction((tx) => changePerson('ploy', { role: 'ADMIN' }, tx));
  for (const [index, userId] of STAFF.entries()) {
    await hire(userId);
    for (const [number, { store, spots }] of (work[index] ?? []).entries()) {
      const storeId = `${userId}${number}`;
      await submitShop(userId, storeId, { spots: spots.length });
      await becomes(storeId, store);
      for (const [at, [spot, posm]] of spots.entries()) {
        await becomes(`${storeId}-${at + 1}`, spot);
        await becomes(posmRef(`${storeId}-${at + 1}`), posm);
      }
    }
  }
  await receiveFile('file', `review_${DATA_DATE}.csv`, NOW);
  await moveFile('file', 'RECEIVED', 'APPLIED');
  const day = { isoId: 'iso', dataDate: DATA_DATE };
  for (const userId of STAFF)
    await createTellStaff(clock, { timeZone: TIME_ZONE, draftsDays: 180 })({ userId, ...day });
  await tellDigest(clock, { ...day, timeZone: TIME_ZONE });
}

/** What a card says, before it is drawn. */
async function said<View extends keyof FaceModels>(view: View, userId: string, of?: Card): Promise<FaceModels[View]> {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`nobody is ${userId}`);
  const card = of ?? ({ view, viewer: userId, subject: { kind: 'person', id: userId } } as Card);
  const { name, model } = await loadCard(card, viewer, NOW);
  expect(name).toBe(view);
  return model as FaceModels[View];
}

const KEYS = ['promoted', 'approved', 'failed', 'inReview'] as const;
const sum = (tallies: readonly Tally[]) =>
  Object.fromEntries(KEYS.map((key) => [key, tallies.reduce((all, tally) => all + tally[key], 0)]));
const total = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

it('the group, each promoter and the admin read the same counts, however the day went', async () => {
  const check = async (ofNok: readonly Shop[], ofLek: readonly Shop[]) => {
    await play([ofNok, ofLek]);
    const digest = await findDigest(digestId('iso', DATA_DATE));
    if (digest === undefined) throw new Error('no digest');
    const { stores, spots, reasons } = digest.numbers;
    const [days, mine, menus] = [[], [], []] as [
      FaceModels['review.day'][],
      FaceModels['review.mine'][],
      FaceModels['menu'][],
    ];
    for (const userId of STAFF) {
      const record = await findCard(derivedId('record', derivedId('resultDay', userId, DATA_DATE)));
      days.push(await said('review.day', userId, record));
      mine.push(await said('review.mine', userId));
      menus.push(await said('menu', userId));
    }
    for (const cards of [days, mine]) {
      expect(sum(cards.map((card) => card.stores))).toEqual(sum([stores]));
      expect(sum(cards.map((card) => card.spots))).toEqual(sum([spots]));
    }
    expect(total(reasons.map(({ count }) => count))).toBe(stores.failed + spots.failed);
    const [approved, failed] = [stores.approved + spots.approved, stores.failed + spots.failed];
    const { data } = await said('team', 'ploy');
    expect(data?.approved).toBe(Math.round((approved * 100) / (approved + failed)));

    const failures = menus.map((menu) => menu.failures?.count ?? 0);
    expect(mine.map((card) => card.failed)).toEqual(failures);
    expect((await said('team.failed', 'ploy')).count).toBe(total(failures));
    for (const [index, { failures: open }] of menus.entries())
      if (open?.onlySpots === true) expect(open.count).toBe(mine[index]?.spots.failed);
  };
  await fc.assert(fc.asyncProperty(WORK, WORK, check), { numRuns: 20, seed: 20261128 });
});
