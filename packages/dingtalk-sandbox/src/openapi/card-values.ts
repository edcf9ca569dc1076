import { cardError } from '../http/api-errors.ts';
import type { ParamMap } from '../store/cards.ts';
import type { World } from '../world/world.ts';

const MAX_CARD_BYTES = 100_000;
const MAX_KEY_BYTES = 100;

/**
 * Values are strings only, keys are short, the whole card is not larger than 100 KB. A value may be longer than the 1 KB of the
 * API page, as in the official form example (3,246 bytes), unless the knob `valueLimit` says otherwise.
 */
export function checkedMap(world: World, map: Readonly<Record<string, unknown>>): ParamMap {
  const limit = world.faults.take('valueLimit');
  const checked: Record<string, string> = {};
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'string') throw cardError('param.invalid', `cardParamMap.${key} is not a string`);
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
      throw cardError('param.invalid', `key ${key.slice(0, 40)}… is too long`);
    }
    if (limit !== undefined && Buffer.byteLength(value) > limit.bytes) {
      throw cardError('param.invalid', `cardParamMap.${key} is longer than ${limit.bytes} bytes`);
    }
    checked[key] = value;
  }
  return checkedSize(checked);
}

export function checkedSize(map: ParamMap): ParamMap {
  if (Buffer.byteLength(JSON.stringify(map)) > MAX_CARD_BYTES) throw cardError('param.invalid', 'card is too large');
  return map;
}
