import { acted, withoutTyped, withQuestion } from './change.ts';
import { type FieldName, stepsOf } from './definition.ts';
import type { AnswerValue, Draft, KnownStore, Outcome } from './draft.ts';
import { countryOf } from './form.ts';
import { readField } from './read-field.ts';
import { reconciled } from './reconcile.ts';
import { storeStepOf } from './roles.ts';

/**
 * A known shop was chosen: its facts stand in the forms of the store and of its business, and replace what was saved of the
 * store. The consent is not a fact of the shop: it is asked each time (policy P2).
 */
export function useStore(draft: Draft, storeId: string, facts: Readonly<Partial<Record<FieldName, string>>>): Outcome {
  const prefill: Partial<Record<FieldName, string>> = { ...draft.prefill };
  const storeStep = storeStepOf(draft);
  const before = draft.answers[storeStep];
  const saved: Partial<Record<FieldName, AnswerValue>> = { ...before };
  for (const { id, repeats, fields } of stepsOf(draft)) {
    if (repeats) continue;
    for (const field of fields) {
      const fact = facts[field.name];
      if (fact === undefined || field.mustAgree) continue;
      prefill[field.name] = fact;
      const reading = readField(field, fact, countryOf(draft));
      if (id === storeStep && before && reading.ok && reading.value !== undefined) saved[field.name] = reading.value;
    }
  }
  const begun = withoutTyped(acted(draft), (key) => key.startsWith(`${storeStep}:`));
  const answers = before ? { ...begun.answers, [storeStep]: saved } : begun.answers;
  const otherStores = draft.otherStores.filter((other) => other !== storeId);
  return { draft: reconciled(draft, { ...begun, prefill, answers, storeId, otherStores }), problems: [] };
}

/** Asks whether the shop is one of those that look like it; never again about one that was said to be another. */
export function askSameShop(draft: Draft, stores: readonly KnownStore[]): Draft {
  const asked = stores.filter(({ storeId }) => !draft.otherStores.includes(storeId));
  if (asked.length === 0 || draft.storeId !== undefined) return draft;
  return reconciled(draft, withQuestion(draft, { kind: 'sameShop', stores: asked }));
}

/** `Same shop`: the promotion is for that known shop; what was typed stays. */
export function sameStore(draft: Draft, storeId: string): Outcome {
  const isAsked = draft.questions.some(
    (one) => one.kind === 'sameShop' && one.stores.some((store) => store.storeId === storeId),
  );
  return isAsked ? { draft: reconciled(draft, { ...acted(draft), storeId }), problems: [] } : { draft, problems: [] };
}

/** `Another shop`: none of those that were asked about, or not the one that was chosen. */
export function otherStore(draft: Draft): Outcome {
  const asked = draft.questions.flatMap((one) =>
    one.kind === 'sameShop' ? one.stores.map(({ storeId }) => storeId) : [],
  );
  const { storeId, ...rest } = acted(draft);
  const others = new Set([...draft.otherStores, ...asked, ...(storeId === undefined ? [] : [storeId])]);
  if (others.size === draft.otherStores.length) return { draft, problems: [] };
  return { draft: reconciled(draft, { ...rest, otherStores: [...others] }), problems: [] };
}
