import { gzipSync } from 'node:zlib';
import { instantOf } from '@field/kit/calendar';
import { describe, expect, it } from 'vitest';
import { findAppeal } from '../../models/appeals.ts';
import { addDraft, findDraft, modificationKey } from '../../models/drafts.ts';
import { changeItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import {
  addIsoIn,
  appealAgainst,
  approves,
  csv,
  itemOf,
  LandingHarness,
  rejects,
  submitPosm,
  submitSpots,
  submitStore,
} from './landing-harness.ts';

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('a review file on %s', (_, uri) => {
  useModels(uri);
  const harness = new LandingHarness();

  it('decides what it names, tells whom it concerns once, and says what became of each row', async () => {
    await addIsoIn('Asia/Bangkok');
    await submitStore('store');
    await submitSpots(['a', 'b']);
    await submitPosm('a');
    harness.drop(
      'review_20260503_001.csv',
      csv([
        approves('store', { itemType: 'STORE' }),
        rejects('a', { reasonText: 'Loose at the left' }),
        approves('b', { decision: 'PENDING' }),
        approves('a.posm', { itemType: 'POSM' }),
        approves('nobody'),
      ]),
    );
    await harness.land();
    expect([(await itemOf('store')).state, (await itemOf('b')).state, (await itemOf('a.posm')).state]).toEqual([
      'APPROVED',
      'PENDING',
      'APPROVED',
    ]);
    expect(await itemOf('a')).toMatchObject({
      state: 'REJECTED',
      judgement: { reasonCodes: ['SPOT_NOT_FIXED'], text: 'Loose at the left', dataDate: '20260503' },
      deadlineAt: instantOf('20260507', 18, 'Asia/Bangkok'),
    });
    expect(harness.told).toEqual(['nok 20260503', 'iso 20260503']);
    expect(harness.names()).toEqual([]);
    expect(harness.results('done/review_20260503_001.result.csv')).toEqual([
      '2 store#1@20260503 applied',
      '3 a#1@20260503 applied',
      '4 b#1@20260503 applied',
      '5 a.posm#1@20260503 applied',
      '6 nobody#1@20260503 unmatched unknownItem',
    ]);
  });

  it('again, under whatever name, packed or not, changes and tells nothing', async () => {
    const before = await itemOf('a');
    const told = harness.told.length;
    const content = harness.read('done/review_20260503_001.csv');
    harness.drop('review_20260503_001.csv', content);
    harness.drop('review_20260504_007.csv.gz', gzipSync(content));
    await harness.land();
    expect(await itemOf('a')).toEqual(before);
    expect(harness.told.length).toBe(told);
    harness.drop('review_20260504_007.csv', content);
    await harness.land();
    const again = ['review_20260503_001.2', 'review_20260504_007', 'review_20260504_007.2'];
    for (const result of again.map((name) => `${name}.result.csv`)) {
      expect(harness.results(`done/${result}`)).toHaveLength(5);
      expect(harness.results(`done/${result}`).every((line) => line.endsWith('unchanged fileLandedBefore'))).toBe(true);
    }
  });

  it('of last week after one of today changes nothing that is newer', async () => {
    await submitSpots(['late']);
    harness.drop('review_20260503_002.csv', csv([approves('late')]));
    await harness.land();
    harness.drop('review_20260426.csv', csv([rejects('late', { decidedAt: '2026-04-27T03:00:00Z' })]));
    await harness.land();
    expect((await itemOf('late')).state).toBe('APPROVED');
    expect(harness.results('done/review_20260426.result.csv')).toEqual(['2 late#1@20260503 superseded olderDecision']);
  });

  it("never changes another ISO's item, and tells nobody of it", async () => {
    await addIsoIn('Asia/Tokyo', 'other');
    await submitSpots(['ours', 'theirs1', 'theirs2'], { isoId: 'other', staffId: 'lek' });
    const told = harness.told.length;
    harness.drop('review_20260503_003.csv', csv([rejects('ours', { isoId: 'other' }), rejects('theirs1')]));
    await harness.land();
    expect((await itemOf('theirs1')).state).toBe('PENDING');
    expect(harness.results('done/review_20260503_003.result.csv')[1]).toContain('unmatched unknownItem');
    expect(harness.told.slice(told)).toEqual(['lek 20260503', 'other 20260503']);
  });

  it('that contradicts itself changes what it said first, and its admins hear of it once', async () => {
    await submitSpots(['torn1', 'torn2']);
    const told = harness.told.length;
    const rows = ['torn1', 'torn2'].flatMap((ref) => [approves(ref), rejects(ref, { sourceRowKey: `${ref}-again` })]);
    harness.drop('review_20260503_004.csv', csv(rows));
    await harness.land();
    expect((await itemOf('torn1')).state).toBe('APPROVED');
    expect(harness.results('done/review_20260503_004.result.csv')[1]).toBe('3 torn1-again conflict twoDecisionsAtOnce');
    expect(harness.told.slice(told)).toEqual(['nok 20260503', 'iso 20260503', 'conflict iso review_20260503_004.csv']);
  });

  it("with a reason that nobody knows keeps its words, and an ISO's admins hear of each once", async () => {
    await submitSpots(['odd1', 'odd2']);
    const told = harness.told.length;
    harness.drop('review_20260503_005.csv', csv([rejects('odd1', { reasonCodes: 'MOON_IN_PICTURE|SPOT_NOT_FIXED' })]));
    await harness.land();
    harness.drop('review_20260503_006.csv', csv([rejects('odd2', { reasonCodes: 'MOON_IN_PICTURE' })]));
    await harness.land();
    expect((await itemOf('odd1')).judgement).toMatchObject({
      reasonCodes: ['OTHER', 'SPOT_NOT_FIXED'],
      text: 'MOON_IN_PICTURE',
    });
    expect(harness.told.slice(told)).toEqual([
      'nok 20260503',
      'iso 20260503',
      'unknownReason iso MOON_IN_PICTURE',
      'nok 20260503',
      'iso 20260503',
    ]);
  });

  it("does not move a deadline by saying the same again, but takes its own and a new reason's", async () => {
    await submitSpots(['due']);
    harness.drop('review_20260503_010.csv', csv([rejects('due')]));
    await harness.land();
    const { deadlineAt } = await itemOf('due');
    harness.clock.moveTo(harness.clock.now() + 24 * 3_600_000);
    harness.drop('review_20260504_010.csv', csv([rejects('due', { decidedAt: '2026-05-05T03:00:00+08:00' })]));
    await harness.land();
    expect((await itemOf('due')).deadlineAt).toBe(deadlineAt);
    const own = { decidedAt: '2026-05-05T03:00:01+08:00', deadlineAt: '2026-05-20T12:00:00Z' };
    harness.drop('review_20260504_011.csv', csv([rejects('due', own)]));
    await harness.land();
    expect((await itemOf('due')).deadlineAt).toBe(Date.UTC(2026, 4, 20, 12));
    const hopeless = { decidedAt: '2026-05-05T03:00:02+08:00', remedy: 'NONE', deadlineAt: own.deadlineAt };
    harness.drop('review_20260504_012.csv', csv([rejects('due', hopeless)]));
    await harness.land();
    expect((await itemOf('due')).deadlineAt).toBeUndefined();
  });

  it('answers an appeal once, and its item with it', async () => {
    for (const [ref, decision, state] of [
      ['won', 'APPROVED', 'APPROVED'],
      ['lost', 'REJECTED', 'REJECTED_FINAL'],
    ] as const) {
      await submitSpots([ref]);
      harness.drop(`review_20260503_02${decision.length}.csv`, csv([rejects(ref)]));
      await harness.land();
      await appealAgainst(ref);
      const row = approves(`appeal-${ref}`, {
        itemType: 'APPEAL',
        decision,
        decidedAt: '2026-05-05T03:00:00+08:00',
        reasonText: 'We looked again',
      });
      harness.drop(`review_20260504_02${decision.length}.csv`, csv([row, { ...row, sourceRowKey: 'again' }]));
      await harness.land();
      expect(await findAppeal(`appeal-${ref}`)).toMatchObject({
        state: decision === 'APPROVED' ? 'ACCEPTED' : 'DENIED',
        answer: 'We looked again',
      });
      expect(await itemOf(ref)).toMatchObject({ state, deadlineAt: undefined });
      expect(harness.results(`done/review_20260504_02${decision.length}.result.csv`)[1]).toBe(
        '3 again unchanged knownAlready',
      );
    }
  });

  it('that approves an item after all closes the appeal or the modification that was begun', async () => {
    await submitSpots(['moot', 'mended']);
    harness.drop('review_20260503_030.csv', csv([rejects('moot'), rejects('mended')]));
    await harness.land();
    await appealAgainst('moot');
    await modify('mended');
    const later = { decidedAt: '2026-05-05T03:00:00+08:00' };
    harness.drop('review_20260504_030.csv', csv([approves('moot', later), approves('mended', later)]));
    await harness.land();
    expect([(await itemOf('moot')).state, (await itemOf('mended')).state]).toEqual(['APPROVED', 'APPROVED']);
    expect((await findAppeal('appeal-moot'))?.state).toBe('EXPIRED');
    expect((await findDraft('draft-mended'))?.state).toBe('DISCARDED');
  });
});

async function modify(itemRef: string): Promise<void> {
  const item = await itemOf(itemRef);
  const whose = { userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', storeKey: modificationKey(itemRef) } as const;
  await inTransaction(async (tx) => {
    await addDraft({ draftId: `draft-${itemRef}`, ...whose, draft: newDraft(MARKETING_CODE_FLOW), updatedAt: 1 }, tx);
    await changeItem(item, { state: 'MODIFYING' }, tx);
  });
}
