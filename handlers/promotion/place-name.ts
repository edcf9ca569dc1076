import type { Part } from '../../src/flow/draft.ts';
import type { FormRef } from '../../src/flow/engine.ts';

/** What a programme calls its steps and photos (docs/programme.md). */
const NAME = /^[A-Za-z][\w-]{0,63}$/;

/**
 * How a part of a draft is named in a tap: `form:store::main`, `photos:spots:s1`, `photos:spots:s1:closeup`,
 * `typeCode:spots:s1`, `payments`, `change`.
 */
export function placeName(part: Part): string {
  switch (part.kind) {
    case 'change':
    case 'payments':
      return part.kind;
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
  const step = nameIn(stepName);
  const spot = spotName ? { spot: spotName } : {};
  if (kind === 'change' || kind === 'payments') return { kind };
  if (kind === 'typeCode' && spotName) return { kind, spot: spotName };
  if (step === undefined) return undefined;
  if (kind === 'photos') {
    return { kind, step, ...spot, slot: nameIn(part) };
  }
  if (kind === 'form' && (part === 'main' || part === 'more')) return { kind, step, ...spot, part };
  return undefined;
}

function nameIn(text: string | undefined): string | undefined {
  return text !== undefined && NAME.test(text) ? text : undefined;
}

/** The form that a tap names. */
export function formNamed(name: string | undefined): FormRef | undefined {
  const part = partNamed(name);
  return part?.kind === 'form' ? part : undefined;
}
