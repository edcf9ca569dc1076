import type { SlotName, StepId } from '../../src/flow/definition.ts';
import type { Part } from '../../src/flow/draft.ts';
import type { FormRef } from '../../src/flow/engine.ts';

const STEPS: readonly StepId[] = ['store', 'spots', 'merchant'];
const SLOTS: readonly SlotName[] = ['storefront', 'context', 'closeup', 'licence'];

/**
 * How a part of a draft is named in a tap: `form:store::main`, `photos:spots:s1`, `photos:spots:s1:closeup`,
 * `typeCode:spots:s1`, `change`.
 */
export function placeName(part: Part): string {
  switch (part.kind) {
    case 'change':
      return 'change';
    case 'typeCode':
      return `typeCode:spots:${part.spot}`;
    case 'photos':
      return `photos:${part.step}:${part.spot ?? ''}${part.slot === undefined ? '' : `:${part.slot}`}`;
    case 'form':
      return `form:${part.step}:${part.spot ?? ''}:${part.part}`;
  }
}

/** The part that a tap names; nothing in a tap is trusted, so anything else is undefined. */
export function partNamed(name: string | undefined): Part | undefined {
  const [kind, stepName, spotName, part] = (name ?? '').split(':');
  const step = STEPS.find((id) => id === stepName);
  const spot = spotName ? { spot: spotName } : {};
  if (kind === 'change') return { kind };
  if (kind === 'typeCode' && spotName) return { kind, spot: spotName };
  if (step === undefined) return undefined;
  if (kind === 'photos') {
    const slot = SLOTS.find((name) => name === part);
    return { kind, step, ...spot, slot };
  }
  if (kind === 'form' && (part === 'main' || part === 'more')) return { kind, step, ...spot, part };
  return undefined;
}

/** The form that a tap names. */
export function formNamed(name: string | undefined): FormRef | undefined {
  const part = partNamed(name);
  return part?.kind === 'form' ? part : undefined;
}
