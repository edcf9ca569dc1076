import { collection } from './collection.ts';
import { date } from './fields.ts';

const TAP_KEPT_SECONDS = 24 * 3600;

/** What a release before this one noted of the taps that it applied: a card knows its own. For the files of `models` only. */
export const Taps = collection('taps', {
  id: 'messageId',
  fields: { at: date() },
  indexes: [[{ at: 1 }, { expireAfterSeconds: TAP_KEPT_SECONDS }]],
});
