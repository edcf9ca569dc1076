import type { ProgrammeFacts } from '../programme.ts';
import { ASKS_OF_OURS } from '../review-schema.ts';
import { type Check, type Finding, listed, unknownIn } from './check.ts';

/** Reasons name clauses, parts and photos that there are, and the one for unknown codes is among them. */
export const reasons: Check = (programme) => {
  const clauses = programme.policy.clauses.map(({ id }) => id);
  const photos = namesIn(programme, ({ slots }) => slots.map(({ id }) => id));
  const parts = [
    ...namesIn(programme, ({ id, fields, slots }) => [id, ...[...fields, ...slots].map((part) => part.id)]),
    ...ASKS_OF_OURS,
  ];
  const findings = Object.entries(programme.reasons).flatMap(
    ([code, { clauses: of, asks, evidence, remedy, days }]) => {
      const unknown = (key: string, names: readonly string[], known: readonly string[], what: string) =>
        unknownIn(names, known).map(
          ({ name, index }): Finding => ({
            path: ['reasons', code, key, index],
            say: `${name} is no ${what}: ${listed(known)}`,
          }),
        );
      const wrong = [
        ...unknown('clauses', of, clauses, 'clause of the policy'),
        ...unknown('asks', asks, parts, 'step, field or photo of any product'),
        ...unknown('evidence', evidence, photos, 'photo of any product'),
      ];
      if (remedy === 'MODIFY' && asks.length === 0)
        wrong.push({ path: ['reasons', code, 'remedy'], say: 'is MODIFY, but nothing is asked for again: add asks' });
      if (remedy === 'NONE' && days !== undefined)
        wrong.push({ path: ['reasons', code, 'days'], say: 'is a deadline, but nothing can be done: remove it' });
      return wrong;
    },
  );
  const isKnown = Object.hasOwn(programme.reasons, programme.unknownReason);
  if (isKnown) return [...findings, ...policyOf(programme, clauses)];
  const say = `${programme.unknownReason} is none of reasons: write one of them`;
  return [...findings, { path: ['unknownReason'], say }, ...policyOf(programme, clauses)];
};

function namesIn(
  { products }: ProgrammeFacts,
  names: (step: ProgrammeFacts['products'][number]['steps'][number]) => readonly string[],
): readonly string[] {
  return [...new Set(products.flatMap(({ steps }) => steps.flatMap(names)))];
}

function policyOf({ policy }: ProgrammeFacts, clauses: readonly string[]): readonly Finding[] {
  return Object.entries(policy.findings).flatMap(([code, clause]) =>
    clause === undefined || clauses.includes(clause)
      ? []
      : [{ path: ['policy', 'findings', code], say: `${clause} is no clause of the policy: ${listed(clauses)}` }],
  );
}
