import { derivedId } from '@field/kit/ids';
import { model, Schema } from 'mongoose';
import { seal, unseal } from './sealing.ts';
import type { Transaction } from './transaction.ts';

/** What an ISO's admins should know of the daily data; each is said once. */
export type DataNotice =
  /** A reason nobody knows here: taken as OTHER, its own words kept (domain A.10). */
  | { readonly kind: 'unknownReason'; readonly isoId: string; readonly what: string }
  /** Rows of one file contradict what is known (A.12-8); `what` is the file's name. */
  | { readonly kind: 'conflict'; readonly isoId: string; readonly what: string };

export type StoredNotice = DataNotice & { readonly noticeId: string };

interface Row {
  _id: string;
  kind: DataNotice['kind'];
  isoId: string;
  /** A reviewer's words may be anything. */
  sealedWhat: string;
  pending: boolean;
}

const schema = new Schema<Row>(
  { _id: String, kind: String, isoId: String, sealedWhat: String, pending: Boolean },
  { versionKey: false },
);
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

const Notices = model<Row>('dataNotices', schema);

/** Notes what is new; what was noted before stays as it is. */
export async function noteData(notices: readonly DataNotice[], tx: Transaction): Promise<void> {
  for (const { kind, isoId, what } of notices) {
    await Notices.updateOne(
      { _id: derivedId(kind, isoId, what) },
      { $setOnInsert: { kind, isoId, sealedWhat: seal(what), pending: true } },
      { upsert: true, session: tx },
    );
  }
}

export async function findDataNotice(noticeId: string): Promise<StoredNotice | undefined> {
  const row = await Notices.findById(noticeId).lean();
  return row === null ? undefined : toNotice(row);
}

export async function pendingDataNotices(): Promise<readonly StoredNotice[]> {
  return (await Notices.find({ pending: true }).lean()).map(toNotice);
}

export async function dataNoticeTold(noticeId: string): Promise<void> {
  await Notices.updateOne({ _id: noticeId }, { $set: { pending: false } });
}

function toNotice({ _id, kind, isoId, sealedWhat }: Row): StoredNotice {
  return { noticeId: _id, kind, isoId, what: unseal(sealedWhat) };
}
