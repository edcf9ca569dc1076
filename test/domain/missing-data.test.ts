import { expect, it } from 'vitest';
import { missingFor } from '../../src/domain/missing-data.ts';

const cameOn = (days: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(days).map(([kind, on]) => [kind, new Set(on)]));

it('what came on two of the seven days before, over the end of a month too, is missing until it comes', () => {
  expect(missingFor('20260502', cameOn({ review: ['20260501', '20260425'] }))).toEqual(['review']);
  expect(missingFor('20260502', cameOn({ review: ['20260501', '20260425', '20260502'] }))).toEqual([]);
});

it('what comes now and then is not', () => {
  expect(
    missingFor('20260502', cameOn({ stock: ['20260501'], review: [], settlement: ['20260424', '20260423'] })),
  ).toEqual([]);
});
