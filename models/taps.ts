import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { isDuplicateKey, type Transaction } from './transaction.ts';

interface TapRow {
  _id: string;
  at: Date;
}

const TAP_KEPT_SECONDS = 24 * 3600;

const schema = new Schema<TapRow>({ _id: String, at: Date }, { versionKey: false });
schema.index({ at: 1 }, { expireAfterSeconds: TAP_KEPT_SECONDS });

const Taps = model<TapRow>('taps', schema);

/** The first insert of a tap's own transaction; `tap.duplicate` when this tap was applied before. */
export async function recordTap(messageId: string, at: number, tx: Transaction): Promise<void> {
  try {
    await Taps.create([{ _id: messageId, at: new Date(at) }], { session: tx });
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('tap.duplicate');
    throw error;
  }
}
