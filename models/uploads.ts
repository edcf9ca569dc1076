import { model, Schema } from 'mongoose';
import { unlessDuplicate } from './transaction.ts';

/** A picture as a DingTalk app has it: uploaded once, then shown on any card under its `media_id`. */
export interface Upload {
  /** Absent while it could not be uploaded. */
  readonly mediaId?: string | undefined;
  /** Failures in a row. */
  readonly tries: number;
  /** Not to be tried before this, by `machine()`. */
  readonly notBefore: number;
  /** Cards do without it until then. */
  readonly givenUp: boolean;
}

interface UploadRow extends Upload {
  _id: string;
}

const Uploads = model<UploadRow>(
  'uploads',
  new Schema<UploadRow>(
    { _id: String, mediaId: String, tries: Number, notBefore: Number, givenUp: Boolean },
    { versionKey: false },
  ),
);

/** What is known of these pictures (SHA-256 of what was kept), by hash; one that was never tried is absent. */
export async function findUploads(app: string, contentHashes: readonly string[]): Promise<ReadonlyMap<string, Upload>> {
  const ids = new Map(contentHashes.map((contentHash) => [idOf(app, contentHash), contentHash]));
  const rows = await Uploads.find({ _id: { $in: [...ids.keys()] } }).lean();
  return new Map(rows.map(({ _id, ...upload }) => [ids.get(_id) ?? '', upload]));
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

async function unlessUploaded(app: string, contentHash: string, found: Upload): Promise<void> {
  const filter = { _id: idOf(app, contentHash), mediaId: { $exists: false } };
  await unlessDuplicate(() => Uploads.updateOne(filter, { $set: found }, { upsert: true }));
}

function idOf(app: string, contentHash: string): string {
  return `${app}:${contentHash}`;
}
