import { collection, type RecordOf } from './collection.ts';
import { mark, number, sealed, text } from './fields.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** `ASKED`: an admin was asked whether the digest shall come here. */
export type GroupState = 'ASKED' | 'BOUND';

const Groups = collection('groups', {
  id: 'openConversationId',
  fields: {
    version: number(),
    isoId: text(),
    /** What the group is called, as far as DingTalk said; people name groups after people. */
    title: sealed(),
    /** A group chat has one language, whoever reads it; set by its admin. */
    language: text(),
    state: text<GroupState>(),
    /** Whose mention or tap it was, and when. */
    by: text(),
    at: number(),
    /** When an admin said no; absent once one is asked again. */
    declinedAt: number().optional(),
    /** When it wants its digest; absent: as soon as there is one. */
    hour: number().optional(),
    /** An admin is choosing its language: its card lists them. */
    choosing: mark(),
    /** Only at the hours at which people may be told; absent: at any. */
    quiet: mark(),
  },
  indexes: [[{ isoId: 1, state: 1 }]],
});

/** A group chat with the bot in it that gets, or may get, an ISO's daily digest. It belongs to one ISO at most. */
export interface Group extends RecordOf<typeof Groups> {}

/** A group in which the bot was mentioned for the first time; a lost race when somebody else was quicker. */
export async function addGroup(group: Omit<Group, 'version'>, tx: Transaction): Promise<void> {
  await Groups.addWithOthers([{ ...group, version: 1 }], tx, 'subject.lostRace');
}

export async function findGroup(openConversationId: string, tx?: Reads): Promise<Group | undefined> {
  return await Groups.get(openConversationId, { tx });
}

/** The groups that get an ISO's digest. */
export async function groupsOf(isoId: string, tx?: Reads): Promise<readonly Group[]> {
  return await Groups.find({ isoId, state: 'BOUND' }, { tx });
}

/** Compare-and-set on the version at which the group was read; a lost race otherwise. */
export async function changeGroup(
  { openConversationId, version }: Group,
  set: Changes<Omit<Group, 'openConversationId' | 'version'>>,
  tx: Transaction,
): Promise<Group> {
  return mustHaveMatched(await Groups.change({ openConversationId, version }, { set, inc: { version: 1 } }, { tx }));
}
