import { derivedId } from '@field/kit/ids';
import { collection } from './collection.ts';
import { flag, sealed, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

/** What an ISO's admins should know of the daily data; each is said once. */
export type DataNotice =
  /** A reason nobody knows here: taken as OTHER, its own words kept (domain A.10). */
  | { readonly kind: 'unknownReason'; readonly isoId: string; readonly what: string }
  /** Rows of one file contradict what is known (domain A.12-8); `what` is the file's name. */
  | { readonly kind: 'conflict'; readonly isoId: string; readonly what: string }
  /** Results that an ISO waits for are not there by the hour; `what` is their day (`YYYYMMDD`). */
  | { readonly kind: 'lateResults'; readonly isoId: string; readonly what: string };

export type StoredNotice = DataNotice & { readonly noticeId: string };

const Notices = collection('datanotices', {
  id: 'noticeId',
  fields: {
    kind: text<DataNotice['kind']>(),
    isoId: text(),
    /** A reviewer's words may be anything. */
    what: sealed(),
  },
  own: { pending: flag() },
  indexes: [[{ pending: 1 }, { partialFilterExpression: { pending: true } }]],
});

/** The one name of a notice: the same is noted once. */
export function noticeIdOf({ kind, isoId, what }: DataNotice): string {
  return derivedId(kind, isoId, what);
}

/** Notes what is new; what was noted before stays as it is. */
export async function noteData(notices: readonly DataNotice[], tx: Transaction): Promise<void> {
  for (const notice of notices) {
    const { kind, isoId, what } = notice;
    const noticeId = noticeIdOf(notice);
    await Notices.update({ noticeId }, { setOnInsert: { kind, isoId, what, pending: true } }, { upsert: true, tx });
  }
}

export async function findDataNotice(noticeId: string): Promise<StoredNotice | undefined> {
  return await Notices.get(noticeId);
}

export async function pendingDataNotices(): Promise<readonly StoredNotice[]> {
  return await Notices.find({ pending: true });
}

export async function dataNoticeTold(noticeId: string): Promise<void> {
  await Notices.update({ noticeId }, { set: { pending: false } });
}
