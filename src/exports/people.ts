import type { TextKey } from '../../cards/text-key.ts';
import { type Person, peopleOf } from '../../models/people.ts';
import type { PersonRole, PersonState } from '../domain/person-state.ts';
import type { ExportList } from './table.ts';

interface PersonRow {
  readonly person: Person;
  /** In whose team they are. */
  readonly supervisor: string | undefined;
}

const ROLES: Readonly<Record<PersonRole, TextKey>> = {
  STAFF: 'export.staff',
  SUPERVISOR: 'field.team.supervisor.label',
  ADMIN: 'export.admin',
};
const STATES: Readonly<Record<PersonState, TextKey>> = {
  UNKNOWN: 'people.left',
  ACTIVE: 'people.working',
  PAUSED: 'people.paused',
  SUSPENDED: 'people.left',
};

/** Who works for the ISO now, by name; of no time. */
export const PEOPLE: ExportList<PersonRow> = {
  columns: [
    { heading: 'column.name', kind: 'text', width: 24, cell: ({ person }) => person.name },
    { heading: 'export.role', kind: 'text', width: 14, cell: ({ person }, { t }) => t(ROLES[person.role]) },
    { heading: 'column.state', kind: 'text', width: 14, cell: ({ person }, { t }) => t(STATES[person.state]) },
    { heading: 'export.teamOf', kind: 'text', width: 24, cell: ({ supervisor }) => supervisor },
    { heading: 'member.active', kind: 'moment', width: 16, cell: ({ person }) => person.activeAt },
    { heading: 'export.userId', kind: 'text', width: 20, cell: ({ person }) => person.userId },
  ],
  async *rows({ isoId }) {
    const people = await peopleOf(isoId);
    const names = new Map(people.map(({ userId, name }) => [userId, name]));
    const sorted = people.toSorted((one, other) => one.name.localeCompare(other.name));
    yield sorted.map((person) => ({ person, supervisor: names.get(person.supervisorId ?? '') }));
  },
};
