import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { feesOfMonth } from '../../models/fee-months.ts';
import { addIsoIn, itemOf, LandingHarness, putUp, submitSpots } from '../daily/landing-harness.ts';
import { useModels } from '../models/store.ts';

const EXAMPLE = /`(?:done\/)?([a-z-]+_\d{8}_\d{3}(?:\.result)?\.csv)`:\n\n```csv\n(.*?)```/gs;

/** The example files of the page, each by its name. */
const examples = new Map(
  [...readFileSync('docs/daily-data.md', 'utf8').matchAll(EXAMPLE)].map(([, name = '', content = '']) => [
    name,
    content,
  ]),
);

useModels(undefined);

it('the examples of the page land as it says', async () => {
  const kinds = ['inspection-tasks', 'review', 'scans', 'settlement', 'stock'];
  const harness = new LandingHarness();
  await addIsoIn('Asia/Bangkok', 'iso-lotus');
  await submitSpots(['K7QWERTY-S1', 'K7QWERTY-S2'], { isoId: 'iso-lotus' });
  await putUp('ABCDEFGH2345', { isoId: 'iso-lotus', spotId: 'K7QWERTY-S1' });

  const files = [...examples.keys()].filter((name) => !name.includes('.result'));
  expect(files.map((name) => name.split('_')[0]).toSorted()).toEqual(kinds);
  for (const name of files) harness.drop(name, examples.get(name) ?? '');
  await harness.land();

  const resultOf = (kind: string) => harness.read(`done/${kind}_20260503_001.result.csv`).replaceAll('\r\n', '\n');
  expect(resultOf('review')).toBe(examples.get('review_20260503_001.result.csv'));
  for (const kind of ['stock', 'inspection-tasks', 'settlement'])
    expect(resultOf(kind)).not.toMatch(/malformed|unmatched|forgiven/);
  expect(resultOf('scans').split('\n').slice(1, -1)).toEqual([
    '2,ABCDEFGH2345,applied,',
    '3,https://qr.alipayplus.example/m/ABCDEFGH2345,unchanged,scannedSince',
    '4,ABCDEFGH2346,unmatched,codeAtNoSpot',
  ]);
  expect(await itemOf('K7QWERTY-S1')).toMatchObject({ state: 'APPROVED', settlement: 'CONFIRMED' });
  expect(await itemOf('K7QWERTY-S2')).toMatchObject({ state: 'REJECTED', settlement: 'REVERSED' });
  const fees = await feesOfMonth('iso-lotus', '202605');
  expect(fees.get('DEPLOYMENT')).toMatchObject({
    CONFIRMED: { count: 1, minor: new Map([['THB', 12_050]]) },
    TAKEN_BACK: { count: 1, minor: new Map() },
  });
  expect(fees.get('MARKETING')?.CONFIRMED).toEqual({ count: 1, minor: new Map([['THB', 3_500]]) });
});
