import type { Assignment, Inspection, Part } from './inspection.ts';

/** Names a part: in a tap, among what was typed, and among what is asked again. */
export function partKey(part: Part): string {
  if ('spotRef' in part) return `${part.kind}:${part.spotRef}`;
  if ('mode' in part) return `${part.kind}:${part.mode}`;
  return part.kind === 'onlyAlipay' ? `onlyAlipay:${part.instead}` : part.kind;
}

/** The part that a key names, if the task has it. */
export function partNamed(key: string | undefined, assignment: Assignment): Part | undefined {
  return allParts(assignment).find((part) => partKey(part) === key);
}

/** What a person does one after the other, and can open again. */
export function workParts({ spots, rules, onlyPayments }: Assignment): readonly Part[] {
  const payments: readonly Part[] = [{ kind: 'tool' }, ...rules.modes.map((mode): Part => ({ kind: 'payment', mode }))];
  if (onlyPayments) return payments;
  return [{ kind: 'store' }, ...spots.map(({ spotRef }): Part => ({ kind: 'spot', spotRef })), ...payments];
}

function allParts(assignment: Assignment): readonly Part[] {
  const ofDeployment: readonly Part[] = [
    ...assignment.spots.map(({ spotRef }): Part => ({ kind: 'problem', spotRef })),
    ...(['differs', 'cannot', 'change'] as const).map((kind): Part => ({ kind })),
  ];
  return [
    ...workParts(assignment),
    ...(assignment.onlyPayments ? [] : ofDeployment),
    ...assignment.rules.modes.map((mode): Part => ({ kind: 'paymentPhoto', mode })),
    ...assignment.rules.tools.map(({ id: instead }): Part => ({ kind: 'onlyAlipay', instead })),
  ];
}

/** Whether the task still has what this is about: spots can leave it, and the programme may ask for other payments. */
export function partExists(part: Part, { spots, rules }: Assignment): boolean {
  if ('spotRef' in part) return spots.some(({ spotRef }) => spotRef === part.spotRef);
  return !('mode' in part) || rules.modes.includes(part.mode);
}

/** Opens a part, from a card's button or the list of parts. */
export function open(inspection: Inspection, part: Part): Inspection {
  return { ...acted(inspection), opened: part };
}

/** Leaves what was opened. */
export function leave(inspection: Inspection): Inspection {
  const { opened: _opened, ...rest } = acted(inspection);
  return rest;
}

/** The person did something: what just happened was read. */
export function acted(inspection: Inspection): Inspection {
  return inspection.notes.length === 0 ? inspection : { ...inspection, notes: [] };
}

/** A part was answered: it is left, and not asked again. */
export function answered(inspection: Inspection, ...parts: readonly Part[]): Inspection {
  const keys = new Set(parts.map(partKey));
  const { opened, ...rest } = acted(inspection);
  const stays = opened !== undefined && !keys.has(partKey(opened));
  return {
    ...rest,
    opened: stays ? opened : undefined,
    again: rest.again.filter((key) => !keys.has(key)),
    typed: Object.fromEntries(Object.entries(rest.typed).filter(([key]) => !keys.has(key))),
  };
}
