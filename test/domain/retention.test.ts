import { describe, expect, it } from 'vitest';
import { monthsBefore, overSince, type ReviewedItem } from '../../src/domain/retention.ts';

const DAY_MS = 24 * 3_600_000;
const MAY = Date.UTC(2026, 4, 3);
const NOW = Date.UTC(2026, 10, 24);

describe('so many months before', () => {
  it.each([
    [Date.UTC(2026, 2, 31, 5), 1, Date.UTC(2026, 1, 28, 5)],
    [Date.UTC(2026, 0, 15), 13, Date.UTC(2024, 11, 15)],
    [Date.UTC(2028, 1, 29), 24, Date.UTC(2026, 1, 28)],
  ])('%d is the same day, or the last of a shorter month', (at, months, before) => {
    expect(monthsBefore(at, months)).toBe(before);
  });
});

const judged = (days: number) => ({ state: 'APPROVED', judgement: { decidedAt: MAY + days * DAY_MS } }) as const;
const common = { storeId: 'shop', submittedAt: MAY };
const store: ReviewedItem = { ...common, ...judged(1), itemRef: 'shop', itemType: 'STORE' };
const spot: ReviewedItem = { ...common, ...judged(2), itemRef: 'door', itemType: 'SPOT', spotId: 'door' };
const posm: ReviewedItem = { ...common, itemRef: 'door.posm', itemType: 'POSM', spotId: 'door', state: 'PENDING' };
const settled = { settlement: 'CONFIRMED', settledBy: '20260601/fee' } as const;
const over = (items: readonly ReviewedItem[]) => Object.fromEntries(overSince(items, new Set(), NOW));

describe('nothing waits for an item any more', () => {
  it('since its fee was settled: the spot, its POSM and its shop together', () => {
    const since = Date.UTC(2026, 5, 2);
    expect(over([store, { ...spot, ...settled }, posm])).toEqual({ shop: since, door: since, 'door.posm': since });
  });

  it('not while its fee is earned and not settled', () => {
    expect(over([store, spot, posm])).toEqual({});
  });

  it.each(['PENDING', 'APPEALING', 'MODIFYING', 'REJECTED', 'INVALIDATED'] as const)('not while it is %s', (state) => {
    const deadlineAt = NOW + DAY_MS;
    expect(over([store, { ...spot, ...settled, state, deadlineAt }, posm])).toEqual({});
    expect(over([{ ...store, state, deadlineAt }, { ...spot, ...settled }, posm])).toEqual({});
  });

  it('since its deadline passed, noted or not; an open one beside it holds the shop alone', () => {
    const deadlineAt = MAY + 9 * DAY_MS;
    const other = { ...spot, itemRef: 'wall', spotId: 'wall', state: 'PENDING' } as const;
    expect(over([store, { ...spot, state: 'REJECTED', deadlineAt }, posm, other])).toEqual({
      door: deadlineAt,
      'door.posm': deadlineAt,
    });
  });

  it('of an inspection since it was decided', () => {
    expect(over([{ ...common, ...judged(4), itemRef: 'task', itemType: 'INSPECTION' }])).toEqual({
      task: MAY + 4 * DAY_MS,
    });
  });
});
