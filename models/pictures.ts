import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, sealed, sealedValue, text } from './fields.ts';
import { subjectKindNamed } from './subject-named.ts';
import type { Transaction } from './transaction.ts';

const CHECK_LEASE_MS = 60_000;

const Pictures = collection('pictures', {
  /** Also the photo's id in what it is for: message id and position. */
  id: 'pictureId',
  fields: {
    userId: text(),
    aboutKind: text<SubjectKind>().readBy(subjectKindNamed),
    aboutId: text(),
    isoId: text(),
    /** The running number in what it is for; verdicts are applied in this order. */
    seq: number(),
    downloadCode: sealed('sealedCode').optional(),
    sentAt: number(),
    state: text<'PENDING' | 'CHECKED' | 'APPLIED'>(),
    verdict: sealedValue<unknown>().optional(),
    tries: number(),
    dueAt: number(),
    token: text().optional(),
    leaseUntil: number(),
  },
  indexes: [[{ state: 1, dueAt: 1 }], [{ aboutId: 1, seq: 1 }], [{ userId: 1, state: 1 }]],
});

type Said = 'pictureId' | 'userId' | 'isoId' | 'seq' | 'sentAt';

/** A picture on its way from a message into what it was sent for: its place is reserved, then it is fetched and checked, then applied. */
export interface Picture extends Pick<RecordOf<typeof Pictures>, Said> {
  /** What it was sent for. */
  readonly about: Subject;
  readonly downloadCode: string;
}

/** Reserves the place of a message's pictures; part of the transaction that applies the message. */
export async function reservePictures(pictures: readonly Picture[], tx: Transaction): Promise<void> {
  const begun = { state: 'PENDING', tries: 0, dueAt: 0, leaseUntil: 0 } as const;
  const rows = pictures.map(({ about, ...picture }) => ({
    ...picture,
    ...begun,
    aboutKind: about.kind,
    aboutId: about.id,
  }));
  await Pictures.addAll(rows, { tx });
}

/** Takes one picture to fetch and check. */
export async function claimPicture(
  token: string,
  now: number,
  machine: number,
): Promise<(Picture & { readonly tries: number }) | undefined> {
  const row = await Pictures.change(
    { state: 'PENDING', dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { set: { token, leaseUntil: machine + CHECK_LEASE_MS }, inc: { tries: 1 } },
    { sort: { sentAt: 1, seq: 1 } },
  );
  if (row?.downloadCode === undefined) return undefined;
  return { ...toPicture(row), downloadCode: row.downloadCode, tries: row.tries };
}

/** Notes what the check found; the lane applies it in its turn. */
export async function pictureChecked(pictureId: string, token: string, verdict: unknown): Promise<void> {
  await Pictures.update(
    { pictureId, token, state: 'PENDING' },
    { set: { state: 'CHECKED', verdict, downloadCode: null } },
  );
}

/** Tries the fetch again at `dueAt` (by `clock.now()`). */
export async function retryPicture(
  pictureId: string,
  token: string,
  { dueAt, counts }: { dueAt: number; counts: boolean },
): Promise<void> {
  await Pictures.update(
    { pictureId, token, state: 'PENDING' },
    { set: { dueAt, leaseUntil: 0 }, inc: { tries: counts ? undefined : -1 } },
  );
}

/** The next verdict to apply for a person: checked, and nothing before it that is for the same thing is still open. */
export async function nextVerdict<V>(
  userId: string,
  tx: Transaction,
): Promise<{ picture: Omit<Picture, 'downloadCode'>; verdict: V } | undefined> {
  const open = await Pictures.find(
    { userId, state: { $in: ['PENDING', 'CHECKED'] } },
    { sort: { aboutId: 1, seq: 1 }, tx },
  );
  let about: string | undefined;
  for (const row of open) {
    const first = row.aboutId !== about;
    about = row.aboutId;
    // whoever wrote the verdict knows what it is
    if (first && row.state === 'CHECKED' && row.verdict !== undefined)
      return { picture: toPicture(row), verdict: row.verdict as V };
  }
  return undefined;
}

export async function pictureApplied(pictureId: string, tx: Transaction): Promise<void> {
  await Pictures.update({ pictureId }, { set: { state: 'APPLIED', verdict: null, token: null } }, { tx });
}

/** Frees every claim; see `freeLanes`. */
export async function freePictures(): Promise<void> {
  await Pictures.updateAll({ state: 'PENDING', leaseUntil: { $gt: 0 } }, { set: { leaseUntil: 0 } });
}

/** How many pictures for this are still on their way. */
export async function picturesUnderWay({ id }: Subject, tx?: Transaction): Promise<number> {
  return await Pictures.count({ aboutId: id, state: { $in: ['PENDING', 'CHECKED'] } }, { tx });
}

/** The lanes that have verdicts to apply, and how many pictures are still to be checked. */
export async function picturesLeft(): Promise<{
  lanes: readonly string[];
  pending: number;
  nextAt: number | undefined;
}> {
  const lanes = await Pictures.distinct('userId', { state: 'CHECKED' });
  const rows = await Pictures.find({ state: 'PENDING' }, { only: ['dueAt'], sort: { dueAt: 1 }, limit: 100 });
  return { lanes, pending: rows.length, nextAt: rows[0]?.dueAt };
}

function toPicture(row: RecordOf<typeof Pictures>): Omit<Picture, 'downloadCode'> {
  const { pictureId, userId, aboutKind, aboutId, isoId, seq, sentAt } = row;
  return { pictureId, userId, about: { kind: aboutKind, id: aboutId }, isoId, seq, sentAt };
}
