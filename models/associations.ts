import { model, Schema } from 'mongoose';
import {
  ASSOCIATION_MOVES,
  type AssociationChannel,
  type AssociationState,
  type Expiring,
  type InvitationProblem,
  isLiveAssociation,
} from '../src/domain/association-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { blindIndex, seal, unseal } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A person's request to work for an ISO, or the ISO's invitation, and what became of it. */
export interface Association {
  readonly requestId: string;
  readonly version: number;
  readonly isoId: string;
  /** Absent while the person is outside the organisation: they are known by their phone. */
  readonly userId?: string | undefined;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly language?: string | undefined;
  readonly channel: AssociationChannel;
  readonly state: AssociationState;
  readonly at: number;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** A reason's code, or the admin's own words. */
  readonly reason?: string | undefined;
  /** How often an invitation was asked for, and when the last one went out. */
  readonly invitations: number;
  readonly invitedAt?: number | undefined;
  /** Why the last one did not go out. */
  readonly problem?: InvitationProblem | undefined;
}

interface AssociationRow {
  _id: string;
  version: number;
  isoId: string;
  userId?: string | undefined;
  sealedName: string;
  sealedPhone: string;
  phoneIndex: string;
  language?: string | undefined;
  channel: AssociationChannel;
  state: AssociationState;
  /** Set as long as `isLiveAssociation(state)`. */
  live?: true | undefined;
  at: number;
  decidedBy?: string | undefined;
  decidedAt?: number | undefined;
  sealedReason?: string | undefined;
  invitations: number;
  invitedAt?: number | undefined;
  problem?: InvitationProblem | undefined;
  /** The id of the same person's newest request on the public page while this one was open. */
  askedAgain?: string | undefined;
}

const schema = new Schema<AssociationRow>(
  {
    _id: String,
    version: Number,
    isoId: String,
    userId: String,
    sealedName: String,
    sealedPhone: String,
    phoneIndex: String,
    language: String,
    channel: String,
    state: String,
    live: Boolean,
    at: Number,
    decidedBy: String,
    decidedAt: Number,
    sealedReason: String,
    invitations: Number,
    invitedAt: Number,
    problem: String,
    askedAgain: String,
  },
  { versionKey: false },
);
// domain A.12-13: one live association per phone and per person in an ISO, so one pending request at most.
schema.index({ phoneIndex: 1, isoId: 1 }, { unique: true, partialFilterExpression: { live: true } });
schema.index(
  { userId: 1, isoId: 1 },
  { unique: true, partialFilterExpression: { live: true, userId: { $exists: true } } },
);
schema.index({ userId: 1, at: -1 });
schema.index({ isoId: 1, state: 1, at: 1 });
schema.index({ state: 1, at: 1 });
schema.index({ askedAgain: 1 }, { partialFilterExpression: { askedAgain: { $exists: true } } });

const Associations = model<AssociationRow>('associations', schema);

export interface NewAssociation extends Pick<Association, 'requestId' | 'isoId' | 'name' | 'phone' | 'channel' | 'at'> {
  readonly userId?: string | undefined;
  readonly language?: string | undefined;
  /** An invitation is decided when it is made. */
  readonly approvedBy?: string | undefined;
}

/** Adds requests, or invitations. A phone or person that has a live one in that ISO is refused by a duplicate key. */
export async function addAssociations(asked: readonly NewAssociation[], tx: Transaction): Promise<void> {
  const [pending, approved] = ['PENDING', 'APPROVED'] as const satisfies FirstOf<typeof ASSOCIATION_MOVES>[];
  const rows = asked.map(({ requestId, name, phone, approvedBy, ...plain }) => ({
    _id: requestId,
    ...plain,
    version: 1,
    live: true as const,
    sealedName: seal(name),
    sealedPhone: seal(phone),
    phoneIndex: blindIndex(phone),
    ...(approvedBy === undefined
      ? { state: pending, invitations: 0 }
      : { state: approved, invitations: 1, decidedBy: approvedBy, decidedAt: plain.at }),
  }));
  if (rows.length > 0) await Associations.insertMany(rows, { session: tx });
}

export async function findAssociation(requestId: string, tx?: Transaction): Promise<Association | undefined> {
  return toAssociation(
    await Associations.findById(requestId)
      .session(tx ?? null)
      .lean(),
  );
}

/** The person's newest request, whatever became of it. */
export async function latestAssociationOf(userId: string, tx?: Transaction): Promise<Association | undefined> {
  return toAssociation(
    await Associations.findOne({ userId })
      .sort({ at: -1 })
      .session(tx ?? null)
      .lean(),
  );
}

/** The association by which somebody works, or worked until they left, for an ISO. */
export async function membershipOf(userId: string, isoId: string, tx: Transaction): Promise<Association | undefined> {
  return toAssociation(await Associations.findOne({ userId, isoId, live: true }).session(tx).lean());
}

/** What goes on with this person, in any ISO. */
export async function liveAssociationsOf(userId: string, tx: Transaction): Promise<readonly Association[]> {
  const rows = await Associations.find({ userId, live: true }).session(tx).lean();
  return rows.flatMap((row) => toAssociation(row) ?? []);
}

/** What goes on in this ISO with any of these phones. */
export async function liveByPhones(
  isoId: string,
  phones: readonly string[],
  tx?: Transaction,
): Promise<readonly Association[]> {
  const rows = await Associations.find({ phoneIndex: { $in: phones.map(blindIndex) }, isoId, live: true })
    .session(tx ?? null)
    .lean();
  return rows.flatMap((row) => toAssociation(row) ?? []);
}

/** What waits in any ISO for the person with this phone to come into the organisation, the oldest first. */
export async function waitingForPhone(phone: string, tx: Transaction): Promise<readonly Association[]> {
  const rows = await Associations.find({ phoneIndex: blindIndex(phone), live: true })
    .session(tx)
    .lean();
  return rows
    .flatMap((row) => toAssociation(row) ?? [])
    .filter(({ userId }) => userId === undefined)
    .sort((a, b) => a.at - b.at);
}

/** An ISO's associations in these states, the oldest first. */
export async function associationsOfIso(
  isoId: string,
  states: readonly AssociationState[],
  tx?: Transaction,
): Promise<readonly Association[]> {
  const rows = await Associations.find({ isoId, state: { $in: [...states] } })
    .sort({ at: 1 })
    .session(tx ?? null)
    .lean();
  return rows.flatMap((row) => toAssociation(row) ?? []);
}

export async function countWaiting(isoId: string, tx?: Transaction): Promise<number> {
  return await Associations.countDocuments({ isoId, state: 'PENDING' }).session(tx ?? null);
}

/** Those in `state` that nobody has moved on since `before`, the oldest first. */
export async function overdueAssociations(state: Expiring, before: number): Promise<readonly Association[]> {
  const since = state === 'PENDING' ? ('at' as const) : ('invitedAt' as const);
  const rows = await Associations.find({ state, [since]: { $lt: before } })
    .limit(100)
    .lean();
  return rows.flatMap((row) => toAssociation(row) ?? []);
}

/** What became of a request from the public page: by its id, or by that of the same person's later one. */
export async function findRequestFromPage(pageId: string): Promise<Association | undefined> {
  const own = await Associations.findById(pageId).lean();
  // asked in any case: how long it takes must not tell whether there is such an ISO
  const later = await Associations.findOne({ askedAgain: pageId }).lean();
  return toAssociation(own ?? later);
}

/** Notes that the same person asked again on the public page: that page shows what becomes of this request. */
export async function noteAskedAgain(requestId: string, pageId: string, tx: Transaction): Promise<void> {
  await Associations.updateOne({ _id: requestId }, { $set: { askedAgain: pageId } }, { session: tx });
}

/** What changes about an association besides its state; `null` removes. */
export interface AssociationChange {
  readonly state?: AssociationState | undefined;
  readonly userId?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: number | undefined;
  readonly reason?: string | undefined;
  readonly invitations?: number | undefined;
  readonly invitedAt?: number | undefined;
  readonly problem?: InvitationProblem | null | undefined;
}

/** Changes it if it is still as it was read; `subject.lostRace` otherwise. A state that cannot follow is `bug.unexpected`. */
export async function moveAssociation(
  from: Pick<Association, 'requestId' | 'version' | 'state'>,
  to: AssociationChange,
  tx: Transaction,
): Promise<Association> {
  const { reason, problem, ...plain } = to;
  const state = to.state ?? from.state;
  checkMove(ASSOCIATION_MOVES, { what: 'association', id: from.requestId, from: from.state, to: state });
  const live = isLiveAssociation(state);
  const row = await Associations.findOneAndUpdate(
    { _id: from.requestId, version: from.version, state: from.state },
    {
      $set: {
        ...plain,
        ...(live && { live: true as const }),
        ...(reason !== undefined && { sealedReason: seal(reason) }),
        ...(problem !== undefined && problem !== null && { problem }),
      },
      $unset: { ...(!live && { live: 1 as const }), ...(problem === null && { problem: 1 as const }) },
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session: tx },
  ).lean();
  return mustHaveMatched(toAssociation(row));
}

function toAssociation(row: AssociationRow | null): Association | undefined {
  if (row === null) return undefined;
  return {
    requestId: row._id,
    version: row.version,
    isoId: row.isoId,
    userId: row.userId ?? undefined,
    name: unseal(row.sealedName),
    phone: unseal(row.sealedPhone),
    language: row.language ?? undefined,
    channel: row.channel,
    state: row.state,
    at: row.at,
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    reason: row.sealedReason === undefined ? undefined : unseal(row.sealedReason),
    invitations: row.invitations,
    invitedAt: row.invitedAt ?? undefined,
    problem: row.problem ?? undefined,
  };
}
