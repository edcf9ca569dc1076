import { type FieldRole, ROLE_WITH_OPTION_ROLES, TYPES_OF_ROLE } from '../../domain/field-roles.ts';
import type { Field, Product } from '../programme.ts';
import { type Check, type Finding, repeated } from './check.ts';

type Wrong = readonly [key: keyof Field, say: string];

/** What a field says goes with its type and its role, and every product asks what rules cannot do without. */
export const fields: Check = ({ products }) =>
  products.flatMap((product, index) => [
    ...fieldsOf(product).flatMap(({ field, step, at }) =>
      wrongWith(field, product).map(
        ([key, say]): Finding => ({
          path: ['products', index, 'steps', step, 'fields', at, ...(field[key] === undefined ? [] : [key])],
          say,
        }),
      ),
    ),
    ...rolesOf(product, index),
  ]);

function fieldsOf({
  steps,
}: Product): readonly { readonly field: Field; readonly step: number; readonly at: number }[] {
  return steps.flatMap(({ fields: all }, step) => all.map((field, at) => ({ field, step, at })));
}

function rolesOf(product: Product, index: number): readonly Finding[] {
  const all = fieldsOf(product);
  const withRole = all.filter(({ field }) => field.is !== undefined);
  const twice = repeated(withRole.map(({ field }) => field.is ?? '')).map(({ name, index: of }): Finding => {
    const { step = 0, at = 0 } = withRole[of] ?? {};
    return {
      path: ['products', index, 'steps', step, 'fields', at, 'is'],
      say: `is ${name} like another field of ${product.id}: rules read one only, so remove it here or there`,
    };
  });
  const has = (role: FieldRole): boolean => withRole.some(({ field }) => field.is === role);
  if (has('storeName')) return twice;
  const say = `${product.id} never asks for the name of the store: give the field that does is: storeName`;
  return [...twice, { path: ['products', index, 'id'], say }];
}

function wrongWith(field: Field, product: Product): readonly Wrong[] {
  return [...ofType(field), ...ofRole(field), ...ofPlace(field, product)];
}

function ofType({ type, options, optionsFrom, initial, ...field }: Field): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const chooses = type === 'choice' || type === 'choices';
  const sources = [options, optionsFrom].filter((source) => source !== undefined).length;
  if (chooses && sources !== 1) wrong.push(['type', `is ${type}: write either options, or optionsFrom: markets`]);
  if (!chooses && options !== undefined) wrong.push(['options', `has no meaning for a ${type}: remove it`]);
  if (!chooses && optionsFrom !== undefined) wrong.push(['optionsFrom', `has no meaning for a ${type}: remove it`]);
  if (chooses && options !== undefined && initial !== undefined && !options.some(({ id }) => id === initial))
    wrong.push(['initial', `is none of its options: write one of ${options.map(({ id }) => id).join(', ')}`]);
  const only = {
    maxLength: ['text', 'contact'],
    min: ['number'],
    max: ['number'],
    isAmount: ['number'],
    mustAgree: ['yesNo'],
  };
  for (const [key, types] of Object.entries(only)) {
    const known = key as keyof typeof only;
    if (field[known] !== undefined && !types.includes(type))
      wrong.push([known, `has no meaning for a ${type}: remove it`]);
  }
  if (type === 'text' && field.maxLength === undefined) wrong.push(['type', 'is text: write maxLength, such as 80']);
  const { min, max } = field;
  if (min !== undefined && max !== undefined && min > max) wrong.push(['min', 'is more than max: write a lower one']);
  if (type === 'number' && initial !== undefined && !isWithin(initial, min, max))
    wrong.push(['initial', 'is no number between min and max: write one, in quotes']);
  return wrong;
}

function isWithin(said: string, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): boolean {
  const number = said.trim() === '' ? Number.NaN : Number(said);
  return number >= min && number <= max;
}

function ofRole({ is, type, options = [] }: Field): readonly Wrong[] {
  const wrong: Wrong[] = [];
  if (is !== undefined && !TYPES_OF_ROLE[is].includes(type))
    wrong.push(['is', `is ${is}, which a ${type} cannot be: write type: ${TYPES_OF_ROLE[is].join(' or ')}`]);
  if (is !== ROLE_WITH_OPTION_ROLES && options.some((option) => option.is !== undefined))
    wrong.push(['options', `has options that say is: only those of the field with is: ${ROLE_WITH_OPTION_ROLES} may`]);
  return wrong;
}

function ofPlace(field: Field, { steps }: Product): readonly Wrong[] {
  const wrong: Wrong[] = [];
  if (field.required && field.part === 'more')
    wrong.push(['part', 'is more, yet it must be answered: write required: false, or part: main']);
  const { prefill } = field;
  if (prefill !== undefined) {
    const step = steps.find(({ id }) => id === prefill.step);
    if (step?.repeats === 'spot' || !step?.fields.some(({ id, type }) => id === prefill.field && type === field.type))
      wrong.push(['prefill', `names no ${field.type} of a step that is done once: write <step>.<field>, or remove it`]);
  }
  const its = steps.find(({ fields: all }) => all.includes(field));
  if (its?.repeats === undefined && field.firstSpotOnly === true)
    wrong.push([
      'firstSpotOnly',
      'has no meaning in a step that is done once: remove it, or give the step repeats: spot',
    ]);
  return wrong;
}
