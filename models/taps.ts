import { collection } from './collection.ts';
import { date } from './fields.ts';
import { orRefuse, type Transaction } from './transaction.ts';

const TAP_KEPT_SECONDS = 24 * 3600;

const Taps = collection('taps', {
  id: 'messageId',
  fields: { at: date() },
  indexes: [[{ at: 1 }, { expireAfterSeconds: TAP_KEPT_SECONDS }]],
});

/** The first insert of a tap's own transaction; `tap.duplicate` when this tap was applied before. */
export async function recordTap(messageId: string, at: number, tx: Transaction): Promise<void> {
  await orRefuse(Taps.add({ messageId, at: new Date(at) }, { tx }), 'tap.duplicate');
}

/** Whether this tap was applied before, read outside a transaction. */
export async function wasApplied(messageId: string): Promise<boolean> {
  return (await Taps.get(messageId)) !== undefined;
}
