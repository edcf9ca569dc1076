import { collection, type RecordOf } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { flag, number, text } from './fields.ts';

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
  own: {
    /** Nothing was uploaded under this one: it says which picture is made of that photo besides others (`uploadId`). */
    partOf: text().optional(),
  },
  indexes: [[{ notBefore: 1 }]],
});

/** A picture as a DingTalk app has it: uploaded once, then shown on any card under its `media_id`. */
export interface Upload extends Omit<RecordOf<typeof Uploads>, 'uploadId'> {}

/** What names a picture, and the photos that it is made of where they are several; by SHA-256 of what was kept. */
export interface UploadName {
  readonly contentHash: string;
  readonly madeOf?: readonly string[] | undefined;
}

/** What is known of these pictures (SHA-256 of what was kept), by hash; one that was never tried is absent. */
export async function findUploads(app: string, contentHashes: readonly string[]): Promise<ReadonlyMap<string, Upload>> {
  const ids = new Map(contentHashes.map((contentHash) => [idOf(app, contentHash), contentHash]));
  const rows = await Uploads.find({ uploadId: { $in: [...ids.keys()] } });
  return new Map(rows.map(({ uploadId, ...upload }) => [ids.get(uploadId) ?? '', upload]));
}

/** Keeps the `media_id`. Of two uploads at once the first stays, and every card shows that one. */
export async function keepMediaId(app: string, name: UploadName, mediaId: string): Promise<void> {
  const { contentHash, madeOf = [] } = name;
  const besides = madeOf.filter((photo) => !contentHash.startsWith(photo));
  // first of all: what is kept is forgotten with any of them
  await Promise.all(besides.map((photo) => notePart(app, photo, contentHash)));
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

async function notePart(app: string, photo: string, contentHash: string): Promise<void> {
  const note = { partOf: idOf(app, contentHash), tries: 0, notBefore: 0, givenUp: true };
  const filter = { uploadId: `${idOf(app, photo)}/in ${contentHash}` };
  await unlessDuplicate(() => Uploads.update(filter, { set: note }, { upsert: true }));
}

function idOf(app: string, contentHash: string): string {
  return `${app}:${contentHash}`;
}

/** Forgets a picture that no card shows any more, and what was made of it and others. */
export async function forgetUpload(app: string, contentHash: string): Promise<void> {
  const id = idOf(app, contentHash);
  // its own, `hash`, and what begins with it, `hash/…`: as text `0` comes after `/`
  const itsOwn = { uploadId: { $gte: id, $lt: `${id}0` } };
  const rows = await Uploads.find(itsOwn, { only: ['partOf'] });
  const made = rows.flatMap(({ partOf }) => partOf ?? []);
  if (made.length > 0) await Uploads.removeAll({ uploadId: { $in: made } });
  await Uploads.removeAll(itsOwn);
}
