import { plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface PersonRow {
  readonly name: string;
  readonly admin: boolean;
  /** `stuck`: the invitation did not go out; `paused`: has left the organisation. */
  readonly state: 'stuck' | 'expired' | 'invited' | 'paused' | 'working';
  /** The request or invitation behind it; absent for who was set up by an operator. */
  readonly requestId?: string | undefined;
}

const STATES: Readonly<Record<PersonRow['state'], TextKey>> = {
  stuck: 'people.stuck',
  expired: 'people.expired',
  invited: 'people.invited',
  paused: 'people.paused',
  working: 'people.working',
};

export interface PeopleModel extends PageModel {
  readonly rows: readonly PersonRow[];
  readonly count: number;
  /** What was searched for; empty for everybody. */
  readonly find: string;
  /** Whether there are enough of them to search. */
  readonly search: boolean;
}

/** The people of an ISO, six a page, with their state; whoever there is something to do or to read about opens. */
export function people(model: PeopleModel, t: T): CardView {
  const { rows, count, find, search } = model;
  const found = find === '' ? [] : [markdownText(t, 'people.found', { count, find: shorten(find, 20) })];
  return {
    title: t('people.title', { count }),
    body: found,
    table:
      rows.length > 0
        ? {
            columns: [t('column.name'), t('column.state')],
            rows: rows.map(({ name, admin, state }) => [
              name,
              t(admin && state === 'working' ? 'people.admin' : STATES[state]),
            ]),
          }
        : undefined,
    actions: [
      ...(count === 0 && find === '' ? [primary(t('button.invite'), 'team.invite')] : []),
      ...rows.flatMap(({ name, requestId }) =>
        requestId === undefined ? [] : [plain(shorten(name, 20), 'team.person', { association: requestId })],
      ),
      ...(search ? [plain(t('button.search'), 'team.search', { list: 'people' })] : []),
      ...pageButtons(t, model, 'team.people'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}
