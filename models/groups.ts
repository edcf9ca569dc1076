import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { seal, unseal } from './sealing.ts';
import { isDuplicateKey, mustHaveMatched, type Transaction } from './transaction.ts';

/** `ASKED`: an admin was asked whether the digest shall come here. */
export type GroupState = 'ASKED' | 'BOUND';

/** A group chat with the bot in it that gets, or may get, an ISO's daily digest. It belongs to one ISO at most. */
export interface Group {
  readonly openConversationId: string;
  readonly version: number;
  readonly isoId: string;
  /** What the group is called, as far as DingTalk said; people name groups after people. */
  readonly title: string;
  /** A group chat has one language, whoever reads it; set by its admin. */
  readonly language: string;
  readonly state: GroupState;
  /** Whose mention or tap it was, and when. */
  readonly by: string;
  readonly at: number;
}

interface GroupRow extends Omit<Group, 'openConversationId' | 'title'> {
  _id: string;
  sealedTitle: string;
}

const schema = new Schema<GroupRow>(
  {
    ...{ _id: String, version: Number, isoId: String, language: String, state: String, by: String, at: Number },
    sealedTitle: String,
  },
  { versionKey: false },
);
schema.index({ isoId: 1, state: 1 });

const Groups = model<GroupRow>('groups', schema);

/** A group in which the bot was mentioned for the first time; a lost race when somebody else was quicker. */
export async function addGroup(group: Omit<Group, 'version'>, tx: Transaction): Promise<void> {
  const { openConversationId, title, ...rest } = group;
  try {
    await Groups.create([{ _id: openConversationId, ...rest, sealedTitle: seal(title), version: 1 }], { session: tx });
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('subject.lostRace', {}, { cause: error });
    throw error;
  }
}

export async function findGroup(openConversationId: string, tx?: Transaction): Promise<Group | undefined> {
  const row = await Groups.findById(openConversationId)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toGroup(row);
}

/** The groups that get an ISO's digest. */
export async function groupsOf(isoId: string, tx?: Transaction): Promise<readonly Group[]> {
  const rows = await Groups.find({ isoId, state: 'BOUND' })
    .session(tx ?? null)
    .lean();
  return rows.map(toGroup);
}

/** Compare-and-set on the version at which the group was read; a lost race otherwise. */
export async function changeGroup(
  group: Group,
  { title, ...plain }: Partial<Pick<Group, 'isoId' | 'title' | 'language' | 'state' | 'by' | 'at'>>,
  tx: Transaction,
): Promise<Group> {
  const change = { ...plain, ...(title !== undefined && { sealedTitle: seal(title) }) };
  const row = await Groups.findOneAndUpdate(
    { _id: group.openConversationId, version: group.version },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after', session: tx },
  ).lean();
  return toGroup(mustHaveMatched(row));
}

function toGroup({ _id, sealedTitle, ...rest }: GroupRow): Group {
  return { openConversationId: _id, title: unseal(sealedTitle), ...rest };
}
