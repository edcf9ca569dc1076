import { model, Schema } from 'mongoose';
import type { Subject } from './cards.ts';
import { seal, sealJson, unseal, unsealJson } from './sealing.ts';
import type { Transaction } from './transaction.ts';

/** A picture on its way from a message into what it was sent for: its place is reserved, then it is fetched and checked, then applied. */
export interface Picture {
  /** Also the photo's id in what it is for: message id and position. */
  readonly pictureId: string;
  readonly userId: string;
  /** What it was sent for. */
  readonly about: Subject;
  readonly isoId: string;
  /** The running number in what it is for; verdicts are applied in this order. */
  readonly seq: number;
  readonly downloadCode: string;
  readonly sentAt: number;
}

interface PictureRow {
  _id: string;
  userId: string;
  aboutKind: string;
  aboutId: string;
  isoId: string;
  seq: number;
  sealedCode?: string | undefined;
  sentAt: number;
  state: 'PENDING' | 'CHECKED' | 'APPLIED';
  sealedVerdict?: string | undefined;
  tries: number;
  dueAt: number;
  token?: string | undefined;
  leaseUntil: number;
}

const CHECK_LEASE_MS = 60_000;

const schema = new Schema<PictureRow>(
  {
    _id: String,
    userId: String,
    aboutKind: String,
    aboutId: String,
    isoId: String,
    seq: Number,
    sealedCode: String,
    sentAt: Number,
    state: String,
    sealedVerdict: String,
    tries: Number,
    dueAt: Number,
    token: String,
    leaseUntil: Number,
  },
  { versionKey: false },
);
schema.index({ state: 1, dueAt: 1 });
schema.index({ aboutId: 1, seq: 1 });
schema.index({ userId: 1, state: 1 });

const Pictures = model<PictureRow>('pictures', schema);

/** Reserves the place of a message's pictures; part of the transaction that applies the message. */
export async function reservePictures(pictures: readonly Picture[], tx: Transaction): Promise<void> {
  const rows = pictures.map(({ pictureId, downloadCode, about, ...rest }) => ({
    _id: pictureId,
    aboutKind: about.kind,
    aboutId: about.id,
    ...rest,
    sealedCode: seal(downloadCode),
    state: 'PENDING' as const,
    tries: 0,
    dueAt: 0,
    leaseUntil: 0,
  }));
  if (rows.length > 0) await Pictures.insertMany(rows, { session: tx });
}

/** Takes one picture to fetch and check. */
export async function claimPicture(
  token: string,
  now: number,
  machine: number,
): Promise<(Picture & { readonly tries: number }) | undefined> {
  const row = await Pictures.findOneAndUpdate(
    { state: 'PENDING', dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { $set: { token, leaseUntil: machine + CHECK_LEASE_MS }, $inc: { tries: 1 } },
    { returnDocument: 'after', sort: { sentAt: 1, seq: 1 } },
  ).lean();
  if (row === null || row.sealedCode === undefined) return undefined;
  return { ...toPicture(row), downloadCode: unseal(row.sealedCode), tries: row.tries };
}

/** Notes what the check found; the lane applies it in its turn. */
export async function pictureChecked(pictureId: string, token: string, verdict: unknown): Promise<void> {
  await Pictures.updateOne(
    { _id: pictureId, token, state: 'PENDING' },
    { $set: { state: 'CHECKED', sealedVerdict: sealJson(verdict) }, $unset: { sealedCode: 1 } },
  );
}

/** Tries the fetch again at `dueAt` (by `clock.now()`). */
export async function retryPicture(
  pictureId: string,
  token: string,
  { dueAt, counts }: { dueAt: number; counts: boolean },
): Promise<void> {
  await Pictures.updateOne(
    { _id: pictureId, token, state: 'PENDING' },
    { $set: { dueAt, leaseUntil: 0 }, ...(!counts && { $inc: { tries: -1 } }) },
  );
}

/** The next verdict to apply for a person: checked, and nothing before it that is for the same thing is still open. */
export async function nextVerdict<V>(
  userId: string,
  tx: Transaction,
): Promise<{ picture: Omit<Picture, 'downloadCode'>; verdict: V } | undefined> {
  const open = await Pictures.find({ userId, state: { $in: ['PENDING', 'CHECKED'] } })
    .sort({ aboutId: 1, seq: 1 })
    .session(tx)
    .lean();
  let about: string | undefined;
  for (const row of open) {
    const first = row.aboutId !== about;
    about = row.aboutId;
    if (first && row.state === 'CHECKED' && row.sealedVerdict !== undefined)
      return { picture: toPicture(row), verdict: unsealJson<V>(row.sealedVerdict) };
  }
  return undefined;
}

export async function pictureApplied(pictureId: string, tx: Transaction): Promise<void> {
  await Pictures.updateOne(
    { _id: pictureId },
    { $set: { state: 'APPLIED' }, $unset: { sealedVerdict: 1, token: 1 } },
    { session: tx },
  );
}

/** Frees every claim; see `freeLanes`. */
export async function freePictures(): Promise<void> {
  await Pictures.updateMany({ state: 'PENDING', leaseUntil: { $gt: 0 } }, { $set: { leaseUntil: 0 } });
}

/** How many pictures for this are still on their way. */
export async function picturesUnderWay({ id }: Subject, tx?: Transaction): Promise<number> {
  return await Pictures.countDocuments({ aboutId: id, state: { $in: ['PENDING', 'CHECKED'] } }).session(tx ?? null);
}

/** The lanes that have verdicts to apply, and how many pictures are still to be checked. */
export async function picturesLeft(): Promise<{
  lanes: readonly string[];
  pending: number;
  nextAt: number | undefined;
}> {
  const lanes = await Pictures.distinct('userId', { state: 'CHECKED' });
  const rows = await Pictures.find({ state: 'PENDING' }, { dueAt: 1 }).sort({ dueAt: 1 }).limit(100).lean();
  return { lanes, pending: rows.length, nextAt: rows[0]?.dueAt };
}

function toPicture(row: PictureRow): Omit<Picture, 'downloadCode'> & { downloadCode: string } {
  return {
    pictureId: row._id,
    userId: row.userId,
    about: { kind: row.aboutKind, id: row.aboutId },
    isoId: row.isoId,
    seq: row.seq,
    sentAt: row.sentAt,
    downloadCode: '',
  };
}
