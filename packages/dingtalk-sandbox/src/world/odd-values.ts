import type { ParamMap } from '../store/cards.ts';
import type { World } from './world.ts';

/** What the API pages say a value has at most; not enforced by DingTalk's own examples (dingtalk 9.7). */
const DOCUMENTED_VALUE_BYTES = 1024;
/** These travel as they are, every other type as JSON (dingtalk 3.2). */
const TEXT_TYPES = new Set(['string', 'markdown']);

/** Says which values are longer than documented, and which a client would not show because they are not what their variable is. */
export function noteOddValues(world: World, templateId: string, values: ParamMap): void {
  const types = new Map(world.templates.find(templateId)?.variables.map(({ name, type }) => [name, type]));
  for (const [key, value] of Object.entries(values)) {
    if (Buffer.byteLength(value) > DOCUMENTED_VALUE_BYTES) {
      world.warnings.note('card.value.longerThanDocumented', { templateId, key, documented: DOCUMENTED_VALUE_BYTES });
    }
    const type = types.get(key) ?? 'string';
    if (value === '' || TEXT_TYPES.has(type) || isOfType(type, value)) continue;
    world.warnings.note('card.value.notShown', { templateId, key, type, why: `not the JSON of a ${type}` });
  }
}

function isOfType(type: string, value: string): boolean {
  try {
    const parsed = JSON.parse(value) as unknown;
    return (
      type !== 'form' ||
      (typeof parsed === 'object' && parsed !== null && Array.isArray((parsed as { fields?: unknown }).fields))
    );
  } catch {
    return false;
  }
}
