import { type FieldModel, formOf } from '../form.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

/** The lists of a team that can be searched. */
export const SEARCHED_LISTS = ['people', 'failed', 'tasks', 'accounts', 'items'] as const;
export type SearchedList = (typeof SEARCHED_LISTS)[number];

export interface SearchModel {
  readonly list: SearchedList;
}

const TITLES: Readonly<Record<SearchedList, TextKey>> = {
  people: 'search.people',
  failed: 'search.failed',
  tasks: 'search.tasks',
  accounts: 'search.accounts',
  items: 'search.items',
};

const FIND = { name: 'find', type: 'text', required: true, maxLength: 60 } as const;

/** What is asked for: people are found by their number too, a promotion by its own, everything else by its shop or whose it is. */
export const SEARCH_FIELDS = {
  people: FIND,
  shops: { ...FIND, label: 'shop' },
  accounts: { ...FIND, label: 'account' },
  items: { ...FIND, label: 'number' },
} as const satisfies Record<string, FieldModel>;

/** Looks for something in a list of the team. */
export function search({ list }: SearchModel, t: T): CardView {
  const fields = [list === 'failed' || list === 'tasks' ? SEARCH_FIELDS.shops : SEARCH_FIELDS[list]];
  return {
    title: t(TITLES[list]),
    form: {
      ...formOf(t, { step: 'search', fields, values: {} }, 'team.find', t('button.search')),
      params: { list },
    },
    actions: [teamButton(t)],
  };
}
