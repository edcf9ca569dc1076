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
import type { OrderOfWork } from '../domain/order-of-work.ts';
import { codeRulesOf } from './code-rules.ts';
import type { Field, Programme, Step, Words } from './programme.ts';

/** Where it is submitted: there without being said. */
const SUMMARY: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

const VERIFICATION: StepDefinition = {
  id: 'verification',
  repeats: false,
  code: false,
  verifies: true,
  fields: [],
  slots: [],
};

/** What a product asks by a programme, in this order of work; of one that it does not have, nothing but the summary. */
export function flowOfProduct(programme: Programme, product: Product, order: OrderOfWork): FlowDefinition {
  const { on = false, steps = [], limits } = programme.products.find(({ id }) => id === product) ?? {};
  const isKnown = steps.length > 0;
  const inOrder = programme.orders[order].flatMap((name) => {
    if (name === VERIFICATION.id) return isKnown ? [VERIFICATION] : [];
    return steps.filter(({ id }) => id === name).map((step) => stepOf(step, programme));
  });
  return {
    product,
    isOffered: on,
    steps: [...inOrder, SUMMARY],
    spotsPerStore: limits?.spotsPerStore ?? 0,
    codes: codeRulesOf(programme, product),
    clauses: programme.policy.clauses.filter(({ shown }) => shown).map(({ id }) => id),
  };
}

function stepOf({ id, repeats, fields, slots, code }: Step, programme: Programme): StepDefinition {
  return present({
    id,
    repeats: repeats !== undefined,
    code: code !== undefined,
    codesPerSpot: code === undefined || code.perSpot === 1 ? undefined : code.perSpot,
    fields: fields.map((field) => fieldOf(field, programme)),
    slots: slots.map(
      ({ id: name, required, showsCode, ofPosm, example }): SlotDefinition =>
        present({ name, required, showsCode, ofPosm, example: example?.replace(/\.jpg$/, '') }),
    ),
  });
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
