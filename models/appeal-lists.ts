import { Appeals } from './appeals.ts';
import { FIRST_VERSION } from './programme-in-use.ts';

/** Whose appeals: of all in an ISO, or of those that these people have in hand. */
export type WhoseAppeals = { readonly isoId: string } | { readonly hands: readonly string[] };

/** Of which version of the programme, absent where a release before this one wrote it, and sent before when, milliseconds. */
export interface FiledAppeals {
  readonly version: number | undefined;
  readonly before: number;
}

/** An appeal as a list names it. */
export interface ListedAppeal {
  readonly itemRef: string;
  readonly ownerId?: string | undefined;
  readonly filedAt: number;
  readonly programme: number;
}

/** By which versions of the programme the appeals that wait for their answer are read; each found from the one before, however many wait. */
export async function versionsAppealed(whose: WhoseAppeals): Promise<readonly (number | undefined)[]> {
  const [unnamed, first] = await Promise.all([versionIn(whose, { $eq: null }), versionIn(whose, { $gt: 0 })]);
  const versions: (number | undefined)[] = unnamed === undefined ? [] : [undefined];
  for (let next = first?.programme; next !== undefined; ) {
    versions.push(next);
    next = (await versionIn(whose, { $gt: next }))?.programme;
  }
  return versions;
}

async function versionIn(whose: WhoseAppeals, programme: { readonly $eq: null } | { readonly $gt: number }) {
  return await Appeals.findOne({ ...waitingOf(whose), programme }, { only: ['programme'], sort: { programme: 1 } });
}

/** How many of these there are: an index says it. */
export async function countFiled(whose: WhoseAppeals, filed: FiledAppeals): Promise<number> {
  return await Appeals.count(sentBefore(whose, filed));
}

/** Some of these, what was sent first at the top. */
export async function someFiled(
  whose: WhoseAppeals,
  filed: FiledAppeals,
  limit: number,
): Promise<readonly ListedAppeal[]> {
  const only = ['itemRef', 'ownerId', 'filedAt', 'programme'] as const;
  const rows = await Appeals.find(sentBefore(whose, filed), { only, sort: { filedAt: 1 }, limit });
  return rows.map(({ filedAt = 0, programme = FIRST_VERSION, ...row }) => ({ ...row, filedAt, programme }));
}

function waitingOf(whose: WhoseAppeals) {
  const state = 'FILED' as const;
  if ('isoId' in whose) return { isoId: whose.isoId, state };
  return { ownerId: { $in: whose.hands }, state };
}

function sentBefore(whose: WhoseAppeals, { version, before }: FiledAppeals) {
  const programme = version === undefined ? ({ $eq: null } as const) : version;
  return { ...waitingOf(whose), programme, filedAt: { $lt: before } };
}
