import type { ListName } from '../../src/domain/list-names.ts';
import type { TextKey } from '../text-key.ts';

const NAMES: Readonly<Record<ListName, TextKey>> = {
  promotions: 'option.list.promotions',
  failures: 'option.list.failures',
  tasks: 'option.list.tasks',
  people: 'option.list.people',
  fees: 'option.list.fees',
  digests: 'option.list.digests',
  stock: 'option.list.stock',
};

/** The text that says which list it is. */
export function listName(list: ListName): TextKey {
  return NAMES[list];
}
