import { type Binding, shortOf } from '../../models/bindings.ts';
import { shortOf as shortOfAll } from '../../src/flow/codes-at.ts';
import { type FlowDefinition, hasCodes } from '../../src/flow/definition.ts';

/** What a person compares with the sticker at a spot: of the codes that stand there, or of the first that did; none where none is asked for. */
export function codeEndAt(flow: FlowDefinition, bindings: readonly Binding[], spotId: string): string | undefined {
  if (!hasCodes(flow)) return undefined;
  const there = bindings.filter((binding) => binding.spotId === spotId);
  const active = there.filter(({ state }) => state === 'ACTIVE');
  return shortOfAll((active.length > 0 ? active : there.slice(0, 1)).map((one) => ({ short: shortOf(one) })));
}
