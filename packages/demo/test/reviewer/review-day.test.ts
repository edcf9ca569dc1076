import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UnknownSubmissionError } from '../../src/reviewer/review-day.ts';
import { aReviewer, PHOTOS, shopLines } from './handed-over-day.ts';

const REVIEW_HEADER =
  'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,reasonText,reasonLang,reviewerRef,decidedAt,remedy,deadlineAt,feeEligible';

test('a night judges each line by the rule, and says so in the columns that land', async () => {
  const reviewer = aReviewer();
  reviewer.handOver(
    shopLines({
      shop: 'shop-1',
      revision: 1,
      spots: { good: {}, loose: { fixed: false }, dim: { photo: PHOTOS.dark } },
    }),
  );
  expect(await reviewer.night('20260503')).toEqual(['review_20260503_001.csv', 'inspection-tasks_20260503_001.csv']);
  expect(reviewer.header('review_20260503_001.csv')).toBe(REVIEW_HEADER);
  const decided = 'demo-reviewer,2026-05-03T19:00:00.000Z';
  const deadline = '2026-05-06T10:00:00.000Z';
  expect(reviewer.rows('review_20260503_001.csv')).toEqual([
    `shop-1#1@20260503,2026-05-03,iso-1,STORE,shop-1,1,APPROVED,,,,${decided},,,true`,
    `good#1@20260503,2026-05-03,iso-1,SPOT,good,1,APPROVED,,,,${decided},,,true`,
    `loose#1@20260503,2026-05-03,iso-1,SPOT,loose,1,REJECTED,SPOT_NOT_FIXED,,,${decided},,${deadline},false`,
    `dim#1@20260503,2026-05-03,iso-1,SPOT,dim,1,REJECTED,SPOT_PHOTO_BLURRY,,,${decided},,${deadline},false`,
  ]);
  expect(reviewer.incoming()).not.toContainEqual(expect.stringContaining('.part'));
  for (const path of ['incoming/review_20260503_001.csv', 'reviewer.json']) {
    expect(statSync(join(reviewer.dataDir, path)).mode & 0o077).toBe(0);
  }
});

test('what became of a code that nobody knew is not judged', async () => {
  const reviewer = aReviewer();
  const [spot] = shopLines({ shop: 'shop-1', spots: { open: {} } });
  const code = {
    itemType: 'CODE',
    itemRef: 'binding-1',
    revision: 4,
    submissionKey: 'binding-1#4',
    standing: 'REFUSED',
  };
  reviewer.handOver([{ ...spot }, { ...spot, ...code }]);
  expect(await reviewer.night('20260503')).toEqual(['review_20260503_001.csv']);
  expect(reviewer.rows('review_20260503_001.csv')).toEqual([expect.stringContaining(',SPOT,open,1,')]);
});

test('only closed files are read, each line is judged once, and a second revision like a first', async () => {
  const reviewer = aReviewer();
  reviewer.handOver(shopLines({ shop: 'shop-1', spots: { door: { photo: PHOTOS.dark } } }));
  reviewer.handOver(shopLines({ shop: 'shop-1', spots: { open: {} } }), '.part');
  expect(await reviewer.night('20260503')).toEqual(['review_20260503_001.csv']);
  expect(reviewer.rows('review_20260503_001.csv')).toHaveLength(1);
  expect(await reviewer.night('20260504')).toEqual([]);
  reviewer.handOver(shopLines({ shop: 'shop-1', spots: { door: { revision: 2 } } }));
  expect(await reviewer.night('20260505')).toEqual(['review_20260505_001.csv']);
  expect(reviewer.rows('review_20260505_001.csv')[0]).toMatch(/^door#2@20260505,.*,SPOT,door,2,APPROVED,/);
});

test('an appeal with a photo is approved, one without is denied for good', async () => {
  const reviewer = aReviewer();
  const appeal = (itemRef: string, photos: readonly object[], against: string) => ({
    format: 1,
    itemType: 'APPEAL',
    itemRef,
    revision: 1,
    submissionKey: `${itemRef}#1`,
    isoId: 'iso-1',
    staffRef: 'nok',
    values: { statement: 'It is fixed' },
    photos,
    against: { itemRef: against, revision: 1, reasonCodes: ['SPOT_NOT_FIXED'] },
  });
  reviewer.handOver(shopLines({ shop: 'shop-1', revision: 1, spots: { s1: { fixed: false }, s2: { fixed: false } } }));
  expect(await reviewer.night('20260502')).toEqual(['review_20260502_001.csv']);
  reviewer.handOver([appeal('a-1', [{ role: 'evidence', sha256: PHOTOS.bright }], 's1'), appeal('a-2', [], 's2')]);
  expect(await reviewer.night('20260503')).toContain('inspection-tasks_20260503_001.csv');
  expect(reviewer.rows('inspection-tasks_20260503_001.csv')[0]).toContain(',s1,');
  const [accepted, denied] = reviewer.rows('review_20260503_001.csv');
  expect(accepted).toContain(',APPEAL,a-1,1,APPROVED,,,,');
  expect(denied).toContain(',APPEAL,a-2,1,REJECTED,OTHER,No photo shows that the decision is wrong.,en,');
  expect(denied?.split(',').at(-2)).toBe('');
});

test('what is asked for stands over the rule, also later; what is pending is judged the next night', async () => {
  const reviewer = aReviewer();
  reviewer.handOver(shopLines({ shop: 'shop-1', spots: { door: {}, till: {} } }));
  await expect(
    reviewer.night('20260503', [{ submissionKey: 'wall#1', decision: 'APPROVED', reasonCodes: [] }]),
  ).rejects.toThrow(UnknownSubmissionError);
  await reviewer.night('20260503', [
    { submissionKey: 'door#1', decision: 'REJECTED', reasonCodes: ['SPOT_PHOTO_REUSED', 'OTHER'], remedy: 'NONE' },
    { submissionKey: 'till#1', decision: 'PENDING', reasonCodes: [] },
  ]);
  const [door, till] = reviewer.rows('review_20260503_001.csv');
  expect(door).toContain(',REJECTED,SPOT_PHOTO_REUSED|OTHER,,,demo-reviewer,2026-05-03T19:00:00.000Z,NONE,,false');
  expect(till).toContain(',PENDING,');
  await reviewer.night('20260504', [
    { submissionKey: 'door#1', decision: 'INVALIDATED', reasonCodes: ['INSPECTION_DAMAGED'] },
  ]);
  expect(reviewer.rows('review_20260504_001.csv').map((row) => row.split(',').slice(4, 8))).toEqual([
    ['door', '1', 'INVALIDATED', 'INSPECTION_DAMAGED'],
    ['till', '1', 'APPROVED', ''],
  ]);
});

test('approved spots of an approved shop are inspected by another staff member, the one with the fewest tasks', async () => {
  const reviewer = aReviewer('Asia/Bangkok');
  reviewer.handOver(
    shopLines({ shop: 'shop-1', by: 'nok', revision: 1, spots: { s1: {}, s2: {}, s3: { fixed: false } } }),
  );
  const first = await reviewer.night('20260503');
  expect(first).toContain('inspection-tasks_20260503_001.csv');
  expect(reviewer.header('inspection-tasks_20260503_001.csv')).toBe(
    'sourceKey,isoId,assignee,storeRef,storeName,address,countryRegion,acceptsOnlyAlipay,spotRefs,dueAt,priority',
  );
  const shop = 'shop-1,"Baan ""Coffee""","Silom Rd 12, 1st",TH,true';
  expect(reviewer.rows('inspection-tasks_20260503_001.csv')).toEqual([
    `task-shop-1-20260503,iso-1,,${shop},s1|s2,2026-05-06T11:00:00.000Z,`,
  ]);
  reviewer.handOver([
    ...shopLines({ shop: 'shop-1', by: 'nok', spots: { s3: { revision: 2 } } }),
    ...shopLines({ shop: 'shop-2', by: 'lek', revision: 1, spots: { s4: {} } }),
    ...shopLines({ shop: 'shop-3', by: 'ann', iso: 'iso-2', revision: 1, spots: { s5: {} } }),
    ...shopLines({ shop: 'shop-4', by: 'nok', spots: { s6: {} } }),
  ]);
  await reviewer.night('20260504');
  const given = reviewer.rows('inspection-tasks_20260504_001.csv').map((row) => row.split(',').slice(1, 4));
  expect(given).toEqual([
    ['iso-1', 'lek', 'shop-1'],
    ['iso-1', 'nok', 'shop-2'],
    ['iso-2', '', 'shop-3'],
  ]);
});

test('an approved spot is settled three nights later, once', async () => {
  const reviewer = aReviewer();
  reviewer.handOver(shopLines({ shop: 'shop-1', revision: 1, spots: { good: {}, loose: { fixed: false } } }));
  await reviewer.night('20260503');
  for (const day of ['20260504', '20260505']) expect(await reviewer.night(day)).toEqual([]);
  expect(await reviewer.night('20260506')).toEqual(['settlement_20260506_001.csv']);
  expect(reviewer.rows('settlement_20260506_001.csv')).toEqual([
    'fee-good,2026-05-06,iso-1,good,DEPLOYMENT,USD,1.00,CONFIRMED',
  ]);
  expect(await reviewer.night('20260507')).toEqual([]);
});

test('a night that broke off before it was remembered says the same again under another name', async () => {
  const reviewer = aReviewer();
  reviewer.handOver(shopLines({ shop: 'shop-1', spots: { door: {} } }));
  await reviewer.night('20260503');
  reviewer.forget();
  expect(await reviewer.night('20260503')).toEqual(['review_20260503_002.csv']);
  expect(reviewer.rows('review_20260503_002.csv')).toEqual(reviewer.rows('review_20260503_001.csv'));
});
