import { AppError } from '@field/kit/errors';
import { collection } from './collection.ts';
import { date } from './fields.ts';
import { isDuplicateKey, type Transaction } from './transaction.ts';

const TAP_KEPT_SECONDS = 24 * 3600;

const Taps = collection('taps', {
  id: 'messageId',
  fields: { at: date() },
  indexes: [[{ at: 1 }, { expireAfterSeconds: TAP_KEPT_SECONDS }]],
});

/** The first insert of a tap's own transaction; `tap.duplicate` when this tap was applied before. */
export async function recordTap(messageId: string, at: number, tx: Transaction): Promise<void> {
  try {
    await Taps.add({ messageId, at: new Date(at) }, { tx });
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('tap.duplicate');
    throw error;
  }
}
