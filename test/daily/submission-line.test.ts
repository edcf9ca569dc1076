import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type LineFacts, outgoingRow, submissionLine } from '../../src/daily/submission-line.ts';

const hash = (digit: string) => digit.repeat(64);

const common = {
  isoId: 'iso-1',
  staffRef: 'staff1',
  submittedAt: Date.UTC(2026, 4, 3, 7, 5, 9),
  values: { nameLocal: 'บ้านกาแฟ', acceptedWallets: ['ALIPAY'], consentGiven: true },
  photos: [
    { role: 'context', sha256: hash('b') },
    { role: 'closeup', sha256: hash('b') },
  ],
};
const promoted = { ...common, promotionNumber: 'P-7K3M', product: 'MARKETING_CODE', storeRef: 'store-1' };

const LINES: readonly LineFacts[] = [
  { ...promoted, itemType: 'STORE', itemRef: 'store-1', revision: 1, merchant: { tradingName: 'Baan Coffee' } },
  { ...promoted, itemType: 'SPOT', itemRef: 'spot-1', revision: 2 },
  {
    ...promoted,
    itemType: 'POSM',
    itemRef: 'spot-1.posm',
    revision: 1,
    spotRef: 'spot-1',
    code: { payload: 'https://codes.example.com/m/1', method: 'TYPED' },
  },
  {
    ...common,
    itemType: 'INSPECTION',
    itemRef: 'task-1',
    revision: 1,
    sourceKey: 'T-1',
    storeRef: 'store-1',
    spots: [{ spotRef: 'spot-1', values: { found: 'YES' } }],
    payments: [{ mode: 'MPM', tool: 'ALIPAY', result: 'SUCCESS' }],
  },
  {
    ...common,
    itemType: 'APPEAL',
    itemRef: 'appeal-1',
    revision: 1,
    against: { itemRef: 'spot-1', revision: 2, reasonCodes: ['SPOT_NOT_FIXED'] },
  },
  {
    ...promoted,
    itemType: 'CODE',
    itemRef: 'binding-1',
    revision: 9,
    spotRef: 'spot-1',
    against: { itemRef: 'spot-1.posm', revision: 1 },
    payload: 'HTTPS://CODES.EXAMPLE.COM/M/1',
    standing: 'COUNTS',
    countsAs: 'https://codes.example.com/m/1',
  },
];

describe.each(LINES)('a line of a $itemType', (facts) => {
  const row = outgoingRow(facts);

  test('reads as it was written, under its key', () => {
    expect(submissionLine.parse(row.line)).toEqual(row.line);
    expect(row.submissionKey).toBe(`${facts.itemRef}#${facts.revision}`);
    expect(row.line).toMatchObject({ submittedAt: '2026-05-03T07:05:09.000Z' });
  });

  test('names each of its photos once', () => {
    expect(row.photoHashes).toEqual([hash('b')]);
  });

  test('with a column too many, a photo that is no hash or a foreign key is refused', () => {
    expect(submissionLine.safeParse({ ...row.line, phone: '+66 81 234 5678' }).success).toBe(false);
    expect(submissionLine.safeParse({ ...row.line, photos: [{ role: 'x', sha256: '../x' }] }).success).toBe(false);
    expect(submissionLine.safeParse({ ...row.line, revision: 7 }).success).toBe(false);
  });

  test('has every column explained', async () => {
    const page = await readFile(new URL('../../docs/daily-data.md', import.meta.url), 'utf8');
    for (const column of Object.keys(row.line)) expect(page).toContain(`\`${column}\``);
  });
});
