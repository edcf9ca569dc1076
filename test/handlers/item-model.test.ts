import { expect, it } from 'vitest';
import { byDeadline } from '../../handlers/review/item-model.ts';
import type { Item } from '../../models/item-rows.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

it('what is due at once stands in the order in which it was submitted, whatever order the store gives', () => {
  const item = (itemRef: string, submittedAt: number, deadlineAt?: number): Item =>
    ({ ...submittedSpot(itemRef, { isoId: 'iso', submittedAt }), state: 'REJECTED', deadlineAt }) as Item;
  const ordered = [item('c', 2, 5), item('d', 1, 9), item('a', 2, 9), item('b', 2, 9), item('e', 1)];
  const names = (items: readonly Item[]) => items.map(({ itemRef }) => itemRef).join('');
  expect(names(ordered.toReversed().sort(byDeadline))).toBe('cdabe');
  expect(names(ordered.toSorted(byDeadline))).toBe('cdabe');
});
