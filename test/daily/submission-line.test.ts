import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { programmeDay } from '../../src/daily/programme-day.ts';
import {
  outgoingRow,
  type SubmittedPromotion,
  submissionLine,
  submissionLines,
} from '../../src/daily/submission-line.ts';

const hash = (digit: string) => digit.repeat(64);

const promotion: SubmittedPromotion = {
  promotionNumber: 'P-7K3M',
  product: 'MARKETING_CODE',
  isoId: 'iso-1',
  staffRef: 'staff1',
  submittedAt: Date.UTC(2026, 4, 3, 7, 5, 9),
  storeRef: 'store-1',
  store: {
    revision: 1,
    values: { nameLocal: 'บ้านกาแฟ', acceptedWallets: ['ALIPAY'], consentGiven: true },
    merchant: { tradingName: 'Baan Coffee' },
    photos: [{ role: 'storefront', sha256: hash('a') }],
  },
  spots: [
    {
      itemRef: 'spot-1',
      revision: 2,
      values: { spotType: 'CASHIER_COUNTER', quantity: 1 },
      code: { payload: 'https://codes.example.com/m/1', method: 'TYPED' },
      photos: [
        { role: 'context', sha256: hash('b') },
        { role: 'closeup', sha256: hash('b') },
      ],
    },
  ],
};

describe('a submission', () => {
  test('is a line for the store and one for each spot', () => {
    const lines = submissionLines(promotion);
    expect(lines.map((line) => [line.itemType, line.submissionKey])).toEqual([
      ['STORE', 'store-1#1'],
      ['SPOT', 'spot-1#2'],
    ]);
    expect(lines[0]).toMatchObject({
      merchant: { tradingName: 'Baan Coffee' },
      submittedAt: '2026-05-03T07:05:09.000Z',
    });
    expect(lines[1]).toMatchObject({ storeRef: 'store-1', code: { method: 'TYPED' } });
    for (const line of lines) expect(submissionLine.parse(line)).toEqual(line);
  });

  test('of one spot again has no line for the store', () => {
    const { store: _, ...again } = promotion;
    expect(submissionLines(again).map((line) => line.submissionKey)).toEqual(['spot-1#2']);
  });

  test('names each of its photos once', () => {
    const [, spot] = submissionLines(promotion);
    expect(spot && outgoingRow(spot).photoHashes).toEqual([hash('b')]);
  });

  test('with a column too many, a photo that is no hash or a foreign key is refused', () => {
    const [line] = submissionLines(promotion);
    expect(submissionLine.safeParse({ ...line, phone: '+66 81 234 5678' }).success).toBe(false);
    expect(submissionLine.safeParse({ ...line, photos: [{ role: 'x', sha256: '../x' }] }).success).toBe(false);
    expect(submissionLine.safeParse({ ...line, revision: 2 }).success).toBe(false);
  });

  test('has every column explained', async () => {
    const readme = await readFile(new URL('../../src/daily/README.md', import.meta.url), 'utf8');
    const columns = new Set(submissionLines(promotion).flatMap((line) => Object.keys(line)));
    for (const column of columns) expect(readme).toContain(`\`${column}\``);
  });
});

test("the programme's day changes at its own midnight", () => {
  expect(programmeDay(Date.UTC(2026, 4, 3, 15, 59), 'Asia/Shanghai')).toBe('20260503');
  expect(programmeDay(Date.UTC(2026, 4, 3, 16), 'Asia/Shanghai')).toBe('20260504');
  expect(programmeDay(Date.UTC(2026, 11, 31, 23, 59), 'UTC')).toBe('20261231');
});
