import { collection, type RecordOf } from './collection.ts';
import { flag, number, text } from './fields.ts';
import { unlessDuplicate } from './transaction.ts';

const Uploads = collection('uploads', {
  /** The app and what was kept, see `idOf`. */
  id: 'uploadId',
  fields: {
    /** Absent while it could not be uploaded. */
    mediaId: text().optional(),
    /** Failures in a row. */
    tries: number(),
    /** Not to be tried before this, by `machine()`. */
    notBefore: number(),
    /** Cards do without it until then. */
    givenUp: flag(),
  },
  indexes: [[{ notBefore: 1 }]],
});

/** A picture as a DingTalk app has it: uploaded once, then shown on any card under its `media_id`. */
export interface Upload extends Omit<RecordOf<typeof Uploads>, 'uploadId'> {}

/** What is known of these pictures (SHA-256 of what was kept), by hash; one that was never tried is absent. */
export async function findUploads(app: string, contentHashes: readonly string[]): Promise<ReadonlyMap<string, Upload>> {
  const ids = new Map(contentHashes.map((contentHash) => [idOf(app, contentHash), contentHash]));
  const rows = await Uploads.find({ uploadId: { $in: [...ids.keys()] } });
  return new Map(rows.map(({ uploadId, ...upload }) => [ids.get(uploadId) ?? '', upload]));
}

/** Keeps the `media_id`. Of two uploads at once the first stays, and every card shows that one. */
export async function keepMediaId(app: string, contentHash: string, mediaId: string): Promise<void> {
  await unlessUploaded(app, contentHash, { mediaId, tries: 0, notBefore: 0, givenUp: false });
}

/** Notes that an upload failed, unless another was done meanwhile. */
export async function uploadFailed(
  app: string,
  contentHash: string,
  failure: Pick<Upload, 'tries' | 'notBefore' | 'givenUp'>,
): Promise<void> {
  await unlessUploaded(app, contentHash, failure);
}

/** Pictures can be uploaded again: those that wait may be tried now (`machine()`), but for those that were given up. */
export async function liftUploads(machine: number): Promise<void> {
  await Uploads.updateAll({ givenUp: false, notBefore: { $gt: machine } }, { set: { notBefore: machine } });
}

async function unlessUploaded(app: string, contentHash: string, found: Upload): Promise<void> {
  const filter = { uploadId: idOf(app, contentHash), mediaId: { $exists: false } };
  await unlessDuplicate(() => Uploads.update(filter, { set: found }, { upsert: true }));
}

function idOf(app: string, contentHash: string): string {
  return `${app}:${contentHash}`;
}

/** Forgets a picture that no card shows any more, and what was made of it and others (`hash/…`). */
export async function forgetUpload(app: string, contentHash: string): Promise<void> {
  const id = idOf(app, contentHash);
  // as text `0` comes after `/`
  await Uploads.removeAll({ uploadId: { $gte: id, $lt: `${id}0` } });
}
