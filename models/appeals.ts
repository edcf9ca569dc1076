import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { APPEAL_MOVES, type AppealState, isOpenAppeal } from '../src/domain/appeal-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { seal, unseal } from './sealing.ts';
import { isDuplicateKey, mustHaveMatched, type Transaction } from './transaction.ts';

/** What a person says against a decision on one revision of an item; its answer comes as a row about the `appealId`. */
export interface Appeal {
  readonly appealId: string;
  readonly version: number;
  readonly itemRef: string;
  readonly isoId: string;
  readonly userId: string;
  readonly againstRevision: number;
  readonly againstReasonCodes: readonly string[];
  /** In the person's own words, up to 500 characters; empty until it was written. */
  readonly statement: string;
  /** A statement that was refused, as typed, until one is taken. */
  readonly typed: string | undefined;
  /** Up to five photos that help, in the order sent. */
  readonly evidence: readonly Evidence[];
  /** The running number of the next photo that is sent. */
  readonly nextPhoto: number;
  /** What became of the last photo that was not taken: a text key, until the next step. */
  readonly note: string | undefined;
  readonly state: AppealState;
  readonly startedAt: number;
  readonly filedAt: number | undefined;
  /** When its answer was given, milliseconds. */
  readonly decidedAt: number | undefined;
  /** The reviewer's own words about it. */
  readonly answer: string | undefined;
  /** BCP 47. */
  readonly answerLanguage: string | undefined;
}

/** `sha256` is absent while the photo is still being checked. */
export interface Evidence {
  readonly photoId: string;
  readonly sha256?: string;
}

interface AppealRow {
  _id: string;
  version: number;
  itemRef: string;
  isoId: string;
  userId: string;
  againstRevision: number;
  againstReasonCodes: string[];
  sealedStatement: string;
  sealedTyped?: string;
  evidence: Evidence[];
  nextPhoto: number;
  note?: string;
  state: AppealState;
  /** Set as long as it is a draft or filed. */
  open?: true;
  startedAt: number;
  filedAt?: number;
  decidedAt?: number;
  sealedAnswer?: string;
  answerLanguage?: string;
  /** Set once its answer was sent to the person. */
  told?: true;
}

const schema = new Schema<AppealRow>(
  {
    _id: String,
    version: Number,
    itemRef: String,
    isoId: String,
    userId: String,
    againstRevision: Number,
    againstReasonCodes: [String],
    sealedStatement: String,
    sealedTyped: String,
    evidence: { type: [Object] },
    nextPhoto: Number,
    note: String,
    state: String,
    open: Boolean,
    startedAt: Number,
    filedAt: Number,
    decidedAt: Number,
    sealedAnswer: String,
    answerLanguage: String,
    told: Boolean,
  } as never,
  { versionKey: false },
);
// One open appeal per item and revision (domain A.11).
schema.index({ itemRef: 1, againstRevision: 1 }, { unique: true, partialFilterExpression: { open: true } });
schema.index({ itemRef: 1, startedAt: -1 });
schema.index({ userId: 1, state: 1 });
schema.index({ state: 1 });

const Appeals = model<AppealRow>('appeals', schema);

export type NewAppeal = Pick<
  Appeal,
  'appealId' | 'itemRef' | 'isoId' | 'userId' | 'againstRevision' | 'againstReasonCodes' | 'startedAt'
>;

/** Begins an appeal; `subject.lostRace` when one is open against this revision. */
export async function addAppeal(appeal: NewAppeal, tx: Transaction): Promise<void> {
  const { appealId, againstReasonCodes, ...rest } = appeal;
  const state: FirstOf<typeof APPEAL_MOVES> = 'DRAFT';
  const begun = { version: 1, state, open: true as const, evidence: [], nextPhoto: 1 };
  const row = { _id: appealId, ...rest, ...begun, againstReasonCodes: [...againstReasonCodes] };
  try {
    await Appeals.create([{ ...row, sealedStatement: seal('') }], { session: tx });
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('subject.lostRace', {}, { cause: error });
    throw error;
  }
}

export async function findAppeal(appealId: string, tx?: Transaction): Promise<Appeal | undefined> {
  const row = await Appeals.findById(appealId)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toAppeal(row);
}

export async function findAppeals(appealIds: readonly string[], tx?: Transaction): Promise<readonly Appeal[]> {
  if (appealIds.length === 0) return [];
  const rows = await Appeals.find({ _id: { $in: [...appealIds] } })
    .session(tx ?? null)
    .lean();
  return rows.map(toAppeal);
}

/** Those that are being written or are filed against any of these items. */
export async function openAppealsAgainst(itemRefs: readonly string[], tx: Transaction): Promise<readonly Appeal[]> {
  if (itemRefs.length === 0) return [];
  const rows = await Appeals.find({ itemRef: { $in: [...itemRefs] }, open: true })
    .session(tx)
    .lean();
  return rows.map(toAppeal);
}

/** An item's newest appeal, whatever became of it. */
export async function latestAppealOf(itemRef: string, tx?: Transaction): Promise<Appeal | undefined> {
  const row = await Appeals.findOne({ itemRef })
    .sort({ startedAt: -1 })
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toAppeal(row);
}

/** A person's appeals that were answered and of whose answer they have not been told. */
export async function answersToTell(userId: string, tx: Transaction): Promise<readonly Appeal[]> {
  const filter = { userId, state: { $in: ['ACCEPTED' as const, 'DENIED' as const] }, told: { $exists: false } };
  return (await Appeals.find(filter).sort({ decidedAt: 1 }).session(tx).lean()).map(toAppeal);
}

/** Appeals that were begun and not sent: a person's, or everybody's. */
export async function unsentAppeals(userId: string | undefined, tx?: Transaction): Promise<readonly Appeal[]> {
  const filter = { state: 'DRAFT' as const, ...(userId !== undefined && { userId }) };
  const rows = await Appeals.find(filter)
    .session(tx ?? null)
    .lean();
  return rows.map(toAppeal);
}

/** What may change about an appeal; an empty `typed` or `note` removes it. */
export interface AppealChange {
  readonly state?: AppealState;
  readonly statement?: string;
  readonly typed?: string;
  readonly evidence?: readonly Evidence[];
  readonly nextPhoto?: number;
  readonly note?: string;
  readonly filedAt?: number;
  readonly decidedAt?: number;
  readonly answer?: string;
  readonly answerLanguage?: string;
  readonly told?: true;
}

/** Compare-and-set on the version at which the appeal was read; a lost race otherwise. No state that cannot follow. */
export async function changeAppeal(
  appeal: Pick<Appeal, 'appealId' | 'version' | 'state'>,
  change: AppealChange,
  tx: Transaction,
): Promise<Appeal> {
  checkMove(APPEAL_MOVES, { what: 'appeal', id: appeal.appealId, from: appeal.state, to: change.state });
  const { statement, answer, evidence, typed, note, ...plain } = change;
  const set = {
    ...plain,
    ...(statement !== undefined && { sealedStatement: seal(statement) }),
    ...(answer !== undefined && { sealedAnswer: seal(answer) }),
    ...(evidence !== undefined && { evidence: [...evidence] }),
    ...(typed && { sealedTyped: seal(typed) }),
    ...(note && { note }),
  };
  const isOver = plain.state !== undefined && !isOpenAppeal(plain.state);
  const unset = {
    ...(isOver && { open: 1 as const }),
    ...(typed === '' && { sealedTyped: 1 as const }),
    ...(note === '' && { note: 1 as const }),
  };
  const row = await Appeals.findOneAndUpdate(
    { _id: appeal.appealId, version: appeal.version },
    {
      ...(Object.keys(set).length > 0 && { $set: set }),
      ...(Object.keys(unset).length > 0 && { $unset: unset }),
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session: tx },
  ).lean();
  return toAppeal(mustHaveMatched(row));
}

function toAppeal(row: AppealRow): Appeal {
  const { _id, open: _open, told: _told, sealedStatement, sealedTyped, sealedAnswer, evidence, ...rest } = row;
  const { filedAt, decidedAt, note, answerLanguage } = row;
  return {
    appealId: _id,
    ...rest,
    evidence: evidence.map(({ photoId, sha256 }) => ({ photoId, ...(sha256 !== undefined && { sha256 }) })),
    statement: unseal(sealedStatement),
    answer: sealedAnswer === undefined ? undefined : unseal(sealedAnswer),
    typed: sealedTyped === undefined ? undefined : unseal(sealedTyped),
    ...{ filedAt, decidedAt, note, answerLanguage },
  };
}
