import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { changeItem } from '../../models/items.ts';
import { addSubmissions, markHandedOver, submissionTimes } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { recordRules } from '../../src/daily/retention/records.ts';
import { monthsBefore } from '../../src/domain/retention.ts';
import { useModels } from '../models/store.ts';
import { decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';

useModels(process.env.REALDB_URI);
beforeEach(forgetEverything);

const MONTHS = 24;
const KEEP = {
  recordsMonths: MONTHS,
  photosMonths: 13,
  draftsDays: 180,
  cardsDays: 30,
  filesDays: 90,
  webhooksDays: 30,
};
const LINES = ['coded-1-binding#2', 'coded-1-binding#3', 'coded-1.posm#1'];

/** A spot whose code was found out twice after it was handed over; the second line waits still. */
async function codeFoundOut(): Promise<void> {
  await hire('nok');
  await submitShop('nok', 'coded', { spots: 1, product: 'MARKETING_CODE' });
  const line = { isoId: 'iso', submittedAt: NOW, programme: 2, line: { itemType: 'CODE' }, photoHashes: [] };
  await inTransaction((tx) =>
    addSubmissions(
      LINES.map((submissionKey) => ({ ...line, submissionKey })),
      tx,
    ),
  );
}

/** As the night does it so many months later. */
async function night(months: number): Promise<readonly string[]> {
  const now = monthsBefore(NOW, -months);
  const rule = recordRules(KEEP, 'Asia/Bangkok').find(({ of }) => of === 'submissions');
  for await (const _ of rule?.remove(now) ?? []);
  return [...(await submissionTimes(LINES)).keys()].sort();
}

it('what a code turned out to be is kept as long as what stands at its spot, and goes with it', async () => {
  await codeFoundOut();
  await markHandedOver(LINES, 'submissions_20261124_001.jsonl');
  // its review is open
  expect(await night(MONTHS + 6)).toEqual(LINES);
  for (const ref of ['coded', 'coded-1', 'coded-1.posm']) await decide(ref, 'APPROVED', { reasons: [] });
  // its fee is
  expect(await night(MONTHS + 6)).toEqual(LINES);
  await inTransaction(async (tx) =>
    changeItem(await itemOf('coded-1'), { settlement: 'CONFIRMED', settledBy: '20261125/fee' }, tx),
  );
  expect(await night(MONTHS - 1)).toEqual(LINES);
  expect(await night(MONTHS + 6)).toEqual([]);
});

it('one that was not handed over yet waits, however old it is', async () => {
  await codeFoundOut();
  await markHandedOver(LINES.slice(0, 1), 'submissions_20261124_001.jsonl');
  for (const ref of ['coded', 'coded-1', 'coded-1.posm']) await decide(ref, 'APPROVED', { reasons: [] });
  await inTransaction(async (tx) =>
    changeItem(await itemOf('coded-1'), { settlement: 'CONFIRMED', settledBy: '20261125/fee' }, tx),
  );
  expect(await night(MONTHS + 6)).toEqual(LINES.slice(1));
});
