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
import { collection, type RecordOf } from './collection.ts';
import { mark, number, sealed, text } from './fields.ts';
import type { Changes } from './queries.ts';
import { blindIndex } from './sealing.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** For the files of `models` only. */
export const Associations = collection('associations', {
  id: 'requestId',
  fields: {
    version: number(),
    isoId: text(),
    /** Absent while the person is outside the organisation: they are known by their phone. */
    userId: text().optional(),
    name: sealed(),
    /** E.164. */
    phone: sealed(),
    /** The ISO e-mail as the person typed it in the chat. */
    askedEmail: sealed().optional(),
    language: text().optional(),
    channel: text<AssociationChannel>(),
    state: text<AssociationState>(),
    at: number(),
    decidedBy: text().optional(),
    decidedAt: number().optional(),
    /** A reason's code, or the admin's own words. */
    reason: sealed().optional(),
    /** How often an invitation was asked for, and when the last one went out. */
    invitations: number(),
    invitedAt: number().optional(),
    /** When an admin asked for it last; absent where the person had asked themselves, and where an older release wrote it. */
    invitationAskedAt: number().optional(),
    /** Whoever was asked on a card has left the organisation without an answer: nobody is asked now. */
    cardEnded: mark(),
    /** When the person said no to it. */
    refusedAt: number().optional(),
    /** Why the last one did not go out. */
    problem: text<InvitationProblem>().optional(),
  },
  own: {
    phoneIndex: text(),
    /** As long as `isLiveAssociation(state)`. */
    live: mark(),
    /** Nobody was told of it yet: more had asked than an ISO looks at in an hour. */
    quiet: mark(),
    /** Its admins were reminded of it at this age last, hours. */
    reminded: number().optional(),
    /** The id of the same person's newest request on the public page while this one was open. */
    askedAgain: text().optional(),
  },
  indexes: [
    // domain A.12-13: one live association per phone and per person in an ISO, so one pending request at most.
    [
      { phoneIndex: 1, isoId: 1 },
      { unique: true, partialFilterExpression: { live: true } },
    ],
    [
      { userId: 1, isoId: 1 },
      { unique: true, partialFilterExpression: { live: true, userId: { $exists: true } } },
    ],
    [{ userId: 1, at: -1 }],
    [{ isoId: 1, state: 1, at: 1, requestId: 1 }],
    [{ state: 1, at: 1, requestId: 1 }],
    [{ state: 1, invitedAt: 1 }, { partialFilterExpression: { invitedAt: { $exists: true } } }],
    [{ isoId: 1, state: 1 }, { partialFilterExpression: { quiet: true } }],
    [{ phoneIndex: 1, refusedAt: 1 }, { partialFilterExpression: { refusedAt: { $exists: true } } }],
    [{ isoId: 1, invitationAskedAt: 1 }, { partialFilterExpression: { invitationAskedAt: { $exists: true } } }],
    [{ askedAgain: 1 }, { partialFilterExpression: { askedAgain: { $exists: true } } }],
  ],
});

/** A person's request to work for an ISO, or the ISO's invitation, and what became of it. */
export interface Association extends RecordOf<typeof Associations> {}

export interface NewAssociation extends Pick<Association, 'requestId' | 'isoId' | 'name' | 'phone' | 'channel' | 'at'> {
  readonly userId?: string | undefined;
  readonly language?: string | undefined;
  readonly askedEmail?: string | undefined;
  /** Others go on with this number there: both stand, and an admin decides. */
  readonly sharesPhone?: boolean | undefined;
  /** Nobody is told of it now. */
  readonly quiet?: true | undefined;
  /** An invitation is decided when it is made. */
  readonly approvedBy?: string | undefined;
}

/** Adds requests, or invitations. A phone or person that has a live one in that ISO is refused by a duplicate key. */
export async function addAssociations(asked: readonly NewAssociation[], tx: Transaction): Promise<void> {
  const [pending, approved] = ['PENDING', 'APPROVED'] as const satisfies FirstOf<typeof ASSOCIATION_MOVES>[];
  const rows = asked.map(({ approvedBy, sharesPhone, ...plain }) => {
    const phone = sharesPhone ? `${plain.phone} of ${plain.userId}` : plain.phone;
    const begun = { ...plain, version: 1, live: true, phoneIndex: blindIndex(phone) } as const;
    if (approvedBy === undefined) return { ...begun, state: pending, invitations: 0 };
    const decided = { decidedBy: approvedBy, decidedAt: plain.at, invitationAskedAt: plain.at };
    return { ...begun, ...decided, state: approved, invitations: 1 };
  });
  await Associations.addWithOthers(rows, tx);
}

export async function findAssociation(requestId: string, tx?: Reads): Promise<Association | undefined> {
  return await Associations.get(requestId, { tx });
}

/** The person's newest request, whatever became of it. */
export async function latestAssociationOf(userId: string, tx?: Reads): Promise<Association | undefined> {
  return await Associations.findOne({ userId }, { sort: { at: -1 }, tx });
}

/** What somebody ever asked of an ISO, or it of them, the newest first, at most so many. */
export async function associationsWith(
  { userId, isoId }: { readonly userId: string; readonly isoId: string },
  most: number,
): Promise<readonly Association[]> {
  return await Associations.find({ userId, isoId }, { sort: { at: -1 }, limit: most });
}

/** How often somebody asked to join by a card since then, whatever came of it. */
export async function countAskedBy(userId: string, since: number, tx: Transaction): Promise<number> {
  return await Associations.count({ userId, at: { $gt: since }, channel: 'CARD' }, { tx });
}

/** The association by which somebody works, or worked until they left, for an ISO. */
export async function membershipOf(userId: string, isoId: string, tx?: Reads): Promise<Association | undefined> {
  return await Associations.findOne({ userId, isoId, live: true }, { tx });
}

/** What goes on with this person, in any ISO. */
export async function liveAssociationsOf(userId: string, tx: Transaction): Promise<readonly Association[]> {
  return await Associations.find({ userId, live: true }, { tx });
}

/** What goes on in this ISO with any of these phones. */
export async function liveByPhones(
  isoId: string,
  phones: readonly string[],
  tx?: Reads,
): Promise<readonly Association[]> {
  return await Associations.find({ phoneIndex: { $in: phones.map(blindIndex) }, isoId, live: true }, { tx });
}

/** What waits in any ISO for the person with this phone to come into the organisation, the oldest first. */
export async function waitingForPhone(phone: string, tx: Transaction): Promise<readonly Association[]> {
  const live = await Associations.find({ phoneIndex: blindIndex(phone), live: true }, { tx });
  return live.filter(({ userId }) => userId === undefined).sort((a, b) => a.at - b.at);
}

/** The open invitations that this person has on a card, the oldest first. */
export async function invitationsTo(userId: string, tx?: Reads): Promise<readonly Association[]> {
  const open = await Associations.find({ userId, state: 'INVITED' }, { tx });
  return open.toSorted((one, other) => one.at - other.at);
}

/** Whoever said no, by person or by phone, whatever became of those invitations since; the latest first. */
export async function refusalsOf(
  { userId, phone }: { readonly userId?: string | undefined; readonly phone?: string | undefined },
  tx?: Reads,
): Promise<readonly Association[]> {
  const refusedAt = { $exists: true };
  const byPhone =
    phone === undefined ? [] : await Associations.find({ phoneIndex: blindIndex(phone), refusedAt }, { tx });
  const byPerson = userId === undefined ? [] : await Associations.find({ userId, refusedAt }, { tx });
  return [...byPhone, ...byPerson].sort((a, b) => (b.refusedAt ?? 0) - (a.refusedAt ?? 0));
}

/** An ISO's associations in these states, the oldest first. */
export async function associationsOfIso(
  isoId: string,
  states: readonly AssociationState[],
  tx?: Reads,
): Promise<readonly Association[]> {
  return await Associations.find({ isoId, state: { $in: states } }, { sort: { at: 1 }, tx });
}

/** A page of those who wait in an ISO, the longest first. */
export async function waitingPage(
  isoId: string,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly Association[]> {
  return await Associations.find({ isoId, state: 'PENDING' }, { sort: { at: 1, requestId: 1 }, skip, limit });
}

/** When those who wait in an ISO by the public page asked, `clock.now()`, the earliest first. */
export async function waitingTimes(isoId: string): Promise<readonly number[]> {
  const rows = await Associations.find({ ...fromPage(isoId) }, { only: ['at'], sort: { at: 1 } });
  return rows.map(({ at }) => at);
}

/** Those who asked an ISO by the public page at such a time and wait: what a card or a name to be kept is found by. */
export async function waitingFromPage(
  isoId: string,
  at: AskedWithin,
  tx: Transaction,
): Promise<readonly Pick<Association, 'requestId' | 'name' | 'phone'>[]> {
  const only = ['requestId', 'name', 'phone'] as const;
  return await Associations.find({ ...fromPage(isoId), at: within(at) }, { only, sort: { at: 1 }, tx });
}

interface AskedWithin {
  readonly from: number;
  readonly to: number;
}

function within({ from, to }: AskedWithin) {
  return { $gte: from, $lt: to };
}

/** Whom the page let in: nothing but words and a number, that no chat stands behind. */
function fromPage(isoId: string) {
  return { isoId, state: 'PENDING', channel: 'QR', userId: { $exists: false } } as const;
}

/** On a slow machine a store that changes a thousand in one command answers nobody for longer than a tap may take. */
const REJECTED_BY_ONE_COMMAND = 50;

/**
 * Turns these away, as `moveAssociation` does one, who asked an ISO by the public page and were found to wait in this transaction. As many as fit
 * into one command go with whatever else it writes.
 */
export async function rejectWaiting(
  isoId: string,
  requestIds: readonly string[],
  decided: { readonly by: string; readonly at: number; readonly reason: string },
  tx: Transaction,
): Promise<void> {
  const { by: decidedBy, at: decidedAt, reason } = decided;
  const state = 'REJECTED' as const satisfies keyof (typeof ASSOCIATION_MOVES)['PENDING'];
  const change = { set: { state, decidedBy, decidedAt, reason, live: null }, inc: { version: 1 } } as const;
  const isCrowd = requestIds.length > REJECTED_BY_ONE_COMMAND;
  for (let from = 0; from < requestIds.length; from += REJECTED_BY_ONE_COMMAND) {
    const some = requestIds.slice(from, from + REJECTED_BY_ONE_COMMAND);
    const filter = { ...fromPage(isoId), requestId: { $in: some } };
    if (isCrowd) await Associations.updateAll(filter, change, { tx });
    else await Associations.updateWithOthers([{ filter, change }], tx, { all: true });
  }
}

/** Whether anybody waits in an ISO of whom nobody was told. */
export async function anyQuiet(isoId: string): Promise<boolean> {
  return (await Associations.findOne({ isoId, state: 'PENDING', quiet: true }, { only: ['isoId'] })) !== undefined;
}

/** Notes that the admins of an ISO were told of all who wait. */
export async function noteTold(isoId: string, tx: Transaction): Promise<void> {
  await Associations.updateAll({ isoId, state: 'PENDING', quiet: true }, { set: { quiet: null } }, { tx });
}

/** Whether anybody waits in an ISO who asked after the one time and not after the other. */
export async function anyWaits(isoId: string, at: { readonly after: number; readonly upTo: number }): Promise<boolean> {
  const asked = { isoId, state: 'PENDING', at: { $gt: at.after, $lte: at.upTo } } as const;
  return (await Associations.findOne(asked, { only: ['isoId'] })) !== undefined;
}

/** An ISO's invitations that went out between these times and wait for an answer, said no to or not; the oldest first. */
export async function unansweredSince(
  isoId: string,
  { after = 0, upTo }: { readonly after?: number; readonly upTo: number },
): Promise<readonly Association[]> {
  const filter = { isoId, state: { $in: UNANSWERED }, invitedAt: { $gt: after, $lte: upTo } };
  return await Associations.find(filter, { sort: { invitedAt: 1 } });
}

const UNANSWERED: readonly AssociationState[] = ['INVITED', 'REFUSED'];

/** To how many an ISO's admins have asked for an invitation since then who have not come by it. */
export async function countInvitedSince(isoId: string, since: number, tx?: Reads): Promise<number> {
  const filter = { isoId, invitationAskedAt: { $gte: since }, state: { $ne: 'ACTIVE' } } as const;
  return await Associations.count(filter, { tx });
}

export async function countWaiting(isoId: string, tx?: Reads): Promise<number> {
  return await Associations.count({ isoId, state: 'PENDING' }, { tx });
}

/** Those in `state` that nobody has moved on since `before`, the oldest first. */
export async function overdueAssociations(state: Expiring, before: number): Promise<readonly Association[]> {
  const since = { $lt: before };
  const overdue = state === 'PENDING' ? { state, at: since } : { state, invitedAt: { ...since, $exists: true } };
  return await Associations.find(overdue, { limit: 100 });
}

/** Since when whoever is longest in `state` has been in it; none where nobody is. */
export async function oldestAssociation(state: Expiring): Promise<number | undefined> {
  const since = state === 'PENDING' ? 'at' : 'invitedAt';
  const [oldest] = await Associations.find(
    { state, [since]: { $gt: 0 } },
    { only: ['at', 'invitedAt'], sort: { [since]: 1 }, limit: 1 },
  );
  return oldest?.[since];
}

/** What became of a request from the public page: by its id, or by that of the same person's later one. */
export async function findRequestFromPage(pageId: string): Promise<Association | undefined> {
  const own = await Associations.get(pageId);
  // asked in any case: how long it takes must not tell whether there is such an ISO
  const later = await Associations.findOne({ askedAgain: pageId });
  return own ?? later;
}

/** Notes that the same person asked again on the public page: that page shows what becomes of this request. */
export async function noteAskedAgain(requestId: string, pageId: string, tx: Transaction): Promise<void> {
  await Associations.update({ requestId }, { set: { askedAgain: pageId } }, { tx });
}

type Changing =
  | 'state'
  | 'decidedBy'
  | 'decidedAt'
  | 'reason'
  | 'invitations'
  | 'invitedAt'
  | 'refusedAt'
  | 'userId'
  | 'problem'
  | 'cardEnded'
  | 'invitationAskedAt';

/** What may change about an association. */
export type AssociationChange = Changes<Pick<Association, Changing>>;

/** Changes it if it is still as it was read; `subject.lostRace` otherwise. A state that cannot follow is `bug.unexpected`. */
export async function moveAssociation(
  { requestId, version, state: from }: Pick<Association, 'requestId' | 'version' | 'state'>,
  to: AssociationChange,
  tx: Transaction,
): Promise<Association> {
  const state = to.state ?? from;
  checkMove(ASSOCIATION_MOVES, { what: 'association', id: requestId, from, to: state });
  const set = { ...to, live: isLiveAssociation(state) ? (true as const) : null };
  const filter = { requestId, version, state: from };
  return mustHaveMatched(await Associations.change(filter, { set, inc: { version: 1 } }, { tx }));
}

/** A page of the requests and invitations that are over and were made before this, the oldest first. */
export async function pastAssociations(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly Association[]> {
  const filter = { state: { $in: OVER }, at: { $lt: before } };
  return await Associations.find(filter, { sort: { at: 1, requestId: 1 }, skip, limit });
}

const OVER: readonly AssociationState[] = ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'LEFT', 'REMOVED'];

export async function forgetAssociations(requestIds: readonly string[]): Promise<number> {
  return await Associations.removeAll({ requestId: { $in: requestIds }, state: { $in: OVER } });
}
