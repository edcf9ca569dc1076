import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { auditByFile, auditOfFile } from '../../models/audit.ts';
import { filesNamed, sourcesOf } from '../../models/incoming-files.ts';
import { markOf, sourceOf } from '../../src/daily/sources/arrived.ts';
import { createIntake } from '../../src/daily/sources/intake.ts';
import { useModels } from '../models/store.ts';
import { addIsoIn, appealAgainst, approves, csv, LandingHarness, rejects, submitSpots } from './landing-harness.ts';

useModels(undefined);
const harness = new LandingHarness();
const FEES = ['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'state'];
const TASKS = 'sourceKey isoId storeRef storeName address countryRegion acceptsOnlyAlipay spotRefs dueAt'.split(' ');

/** What the audit says of a file: about what, by which row. */
async function rowsOf(file: string): Promise<readonly (readonly [string, number | undefined])[]> {
  return (await auditByFile(file, 20)).map(({ subject, row }) => [subject.id, row] as const).toSorted();
}

/** The same, as an admin leafs through it, so many at a time. */
async function leafedThrough(file: string, limit: number): Promise<readonly (readonly [string, number | undefined])[]> {
  const all: (readonly [string, number | undefined])[] = [];
  for (let skip = 0; ; skip += limit) {
    const { count, entries } = await auditOfFile({ file, isoId: 'iso' }, () => ({ skip, limit }));
    expect(entries).toHaveLength(Math.min(limit, count - skip));
    all.push(...entries.map(({ subject, row }) => [subject.id, row] as const));
    if (skip + limit >= count) return all.toSorted();
  }
}

it('the audit names the row that decided: of several about one thing the last that changed it, of texts of several lines where it begins', async () => {
  await addIsoIn('Asia/Bangkok');
  await submitSpots(['door', 'cashier', 'window']);
  const later = { decidedAt: '2026-05-04T03:00:01+08:00' };
  const rows = [
    rejects('door', { reasonText: 'two\nlines' }),
    approves('nobodys'),
    rejects('cashier'),
    approves('door', later),
    rejects('window'),
    // older than what the row above it says: changes nothing
    rejects('door'),
  ];
  harness.drop('review_20260503_001.csv', csv(rows));
  await harness.land();
  expect(await rowsOf('review_20260503_001.csv')).toEqual([
    ['cashier', 5],
    ['door', 6],
    ['window', 7],
  ]);
  await appealAgainst('cashier');
  const answer = { itemType: 'APPEAL', decidedAt: '2026-05-05T03:00:00+08:00' };
  harness.drop('review_20260504_001.csv', csv([approves('nobodys'), approves('appeal-cashier', answer)]));
  await harness.land();
  expect(await rowsOf('review_20260504_001.csv')).toEqual([
    ['appeal-cashier', 3],
    ['cashier', 3],
  ]);
  // more came under the same name
  const last = { decidedAt: '2026-05-05T03:00:01+08:00' };
  harness.drop(
    'review_20260504_001.csv',
    csv([
      rejects('door', { ...last, sourceRowKey: 'door again' }),
      approves('window', { ...last, sourceRowKey: 'window again' }),
    ]),
  );
  await harness.land();
  const came = await rowsOf('review_20260504_001.csv');
  expect(came.map(([id]) => id)).toEqual(['appeal-cashier', 'cashier', 'door', 'window']);
  for (const limit of [1, 2, 3, 4, 9]) expect(await leafedThrough('review_20260504_001.csv', limit)).toEqual(came);
  const fee = { dataDate: '2026-05-04', isoId: 'iso', fee: 'DEPLOYMENT', state: 'CONFIRMED' };
  const fees = [
    { ...fee, itemRef: 'nobodys', sourceRowKey: '1' },
    { ...fee, itemRef: 'door', sourceRowKey: '2' },
    { ...fee, itemRef: 'door', sourceRowKey: '3', state: 'REVERSED' },
  ];
  harness.drop('settlement_20260504_001.csv', csv(fees, FEES));
  await harness.land();
  expect(await rowsOf('settlement_20260504_001.csv')).toEqual([['door', 4]]);
  const task = { isoId: 'iso', storeRef: 's', storeName: 'Som Tam House', address: 'Silom Rd 9', countryRegion: 'TH' };
  const due = { ...task, acceptsOnlyAlipay: 'false', spotRefs: 'a', dueAt: '2026-05-06T18:00:00+07:00' };
  const tasks = Array.from({ length: 12 }, (_, index) => ({ ...due, sourceKey: `t${index}` }));
  harness.drop('inspection-tasks_20260504_001.csv', csv(tasks, TASKS));
  await harness.land();
  const begun = (await rowsOf('inspection-tasks_20260504_001.csv')).map(([, row]) => row);
  expect(begun.toSorted((one = 0, other = 0) => one - other)).toEqual(tasks.map((_, index) => index + 2));
});

it('it is known which way a file came, also one that took the place of another, and one that is landed at the second try', async () => {
  const { dir, arrivals } = harness;
  const intake = createIntake({ dir, isBeingLanded: () => false, arrivals });
  const sends = (name: string, by: 'sftp' | 'https', text: string) =>
    intake.take({ name, by, body: Readable.from([Buffer.from(text)]) });
  const [hand, sftp, https] = ['stock_20260601_1.csv', 'stock_20260601_2.csv', 'stock_20260601_3.csv'];
  const header = 'batchId,isoId,product,code,receivedAt\n';
  const wrong = `${header}${'b,iso,MARKETING_CODE,none,2026-05-04T03:00:00Z\n'.repeat(3)}`;
  harness.drop(hand, header);
  await sends(sftp, 'sftp', `${header}\n`);
  await sends(https, 'https', wrong);
  await harness.land();
  const ways = async (): Promise<readonly unknown[]> =>
    (await Promise.all([hand, sftp, https].map(filesNamed))).flat().map(({ state, source }) => [state, source]);
  expect(await ways()).toEqual([
    ['APPLIED', 'folder'],
    ['APPLIED', 'sftp'],
    ['QUARANTINED', 'https'],
  ]);
  expect(await arrivals.names()).toEqual([]);
  // an operator puts it back, as `daily retry` does
  harness.drop(https, wrong);
  await harness.land();
  expect((await ways()).at(-1)).toEqual(['QUARANTINED', 'https']);
  await sends(sftp, 'sftp', `${header}\n\n`);
  harness.drop(sftp, `${header}\n\n\n`);
  expect(await sourceOf(sftp, markOf(statSync(join(dir, sftp))), arrivals)).toBe('folder');
  const from = await sourcesOf([hand, sftp]);
  const { receivedAt = 0 } = (await filesNamed(sftp))[0] ?? {};
  expect([from(hand, receivedAt), from(sftp, receivedAt), from(sftp, 0)]).toEqual(['folder', 'sftp', undefined]);
});
