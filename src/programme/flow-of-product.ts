import { present } from '@field/kit/present';
import { OPTION_ROLES } from '../domain/field-roles.ts';
import type {
  FieldDefinition,
  FieldWords,
  FlowDefinition,
  Product,
  SlotDefinition,
  StepDefinition,
} from '../domain/flows/definition.ts';
import type { Field, Programme, Step, Words } from './programme.ts';

/** Where it is submitted: there without being said. */
const SUMMARY: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

/** What a product asks by a programme, in the plain order; of one that it does not have, nothing but the summary. */
export function flowOfProduct(programme: Programme, product: Product): FlowDefinition {
  const { on = false, steps = [], limits } = programme.products.find(({ id }) => id === product) ?? {};
  const inOrder = programme.orders.plain.flatMap((name) => steps.filter(({ id }) => id === name));
  return {
    product,
    isOffered: on,
    steps: [...inOrder.map((step) => stepOf(step, programme)), SUMMARY],
    spotsPerStore: limits?.spotsPerStore ?? 0,
    clauses: programme.policy.clauses.filter(({ shown }) => shown).map(({ id }) => id),
  };
}

function stepOf({ id, repeats, fields, slots, code }: Step, programme: Programme): StepDefinition {
  return {
    id,
    repeats: repeats !== undefined,
    code: code !== undefined,
    fields: fields.map((field) => fieldOf(field, programme)),
    slots: slots.map(
      ({ id: name, required, showsCode, ofPosm, example }): SlotDefinition =>
        present({ name, required, showsCode, ofPosm, example: example?.replace(/\.jpg$/, '') }),
    ),
  };
}

function fieldOf(
  { id, options = [], optionsFrom, ...field }: Field,
  { markets, languages, words }: Programme,
): FieldDefinition {
  const ids = optionsFrom === undefined ? options.map((option) => option.id) : Object.keys(markets);
  const chooses = field.type === 'choice' || field.type === 'choices';
  const roles = OPTION_ROLES.map((role) => [
    role,
    options.flatMap(({ id: option, is }) => (is === role ? [option] : [])),
  ]);
  const inLanguages = languages.map((language) => [language, wordsOf(id, field.label, words.get(language))]);
  return present({
    ...field,
    name: id,
    words: Object.fromEntries(inLanguages),
    options: chooses ? ids : undefined,
    optionsThatAre: options.some(({ is }) => is !== undefined) ? Object.fromEntries(roles) : undefined,
  });
}

function wordsOf(id: string, label = id, words?: Words): FieldWords {
  return present({ label: '', ...words?.fields[label], options: words?.options[id] });
}
