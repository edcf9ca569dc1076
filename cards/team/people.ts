import type { PersonRole } from '../../src/domain/person-state.ts';
import { plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface PersonRow {
  readonly name: string;
  readonly role: PersonRole;
  /** `stuck`: the invitation did not go out; `paused`: by an admin; `left`: is not in the organisation. */
  readonly state: 'stuck' | 'expired' | 'invited' | 'paused' | 'left' | 'working';
  /** Who works here, by userId, or is to come, by the invitation. */
  readonly opens: { readonly person: string } | { readonly association: string };
}

const STATES: Readonly<Record<PersonRow['state'], TextKey>> = {
  stuck: 'people.stuck',
  expired: 'people.expired',
  invited: 'people.invited',
  paused: 'people.paused',
  left: 'people.left',
  working: 'people.working',
};

const ROLES: Readonly<Record<PersonRole, TextKey>> = {
  STAFF: 'people.working',
  SUPERVISOR: 'people.supervisor',
  ADMIN: 'people.admin',
};

export interface PeopleModel extends PageModel {
  readonly rows: readonly PersonRow[];
  readonly count: number;
  /** An admin's list; a supervisor has those of their team. */
  readonly everybody: boolean;
  /** What was searched for; empty for everybody. */
  readonly find: string;
  /** Whether there are enough of them to search. */
  readonly search: boolean;
}

/** The people of an ISO, six a page, with their state; whoever there is something to do or to read about opens. */
export function people(model: PeopleModel, t: T): CardView {
  const { rows, count, find, search, everybody } = model;
  const found = find === '' ? [] : [markdownText(t, 'people.found', { count, find: shorten(find, 20) })];
  return {
    title: t('people.title', { count }),
    body: found,
    table:
      rows.length > 0
        ? {
            columns: [t('column.name'), t('column.state')],
            rows: rows.map((row) => [row.name, personState(row, t)]),
          }
        : undefined,
    actions: [
      ...(count === 0 && find === '' && everybody ? [primary(t('button.invite'), 'team.invite')] : []),
      ...rows.map(({ name, opens }) =>
        plain(shorten(name, 20), 'person' in opens ? 'team.member' : 'team.person', opens),
      ),
      ...(search ? [plain(t('button.search'), 'team.search', { list: 'people' })] : []),
      ...pageButtons(t, model, 'team.people'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** `✓ Admin`, `✗ Paused`: what somebody is, as long as they are at work. */
export function personState({ state, role }: Pick<PersonRow, 'state' | 'role'>, t: T): string {
  return t(state === 'working' ? ROLES[role] : STATES[state]);
}
