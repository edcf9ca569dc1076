import { present } from '@field/kit/present';

/** What JSON can hold; a template is nothing else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Props = { readonly [key: string]: Json };

/** Where a variable lives: the card's own, or the present item of a Loop (`items[0].text`). */
export type Scope = 'global' | 'loop';

/** A text; `${name}` in it is replaced by that variable, `${loop.name}` by a field of the Loop's present item. */
export function text(content = ''): Props {
  return { type: 'dynamicString', i18n: false, content };
}

/** The place in a text that a variable fills: `title`, or `loop.text` for the present item of a Loop. */
export function filledBy(variable: string): string {
  return ['${', variable, '}'].join('');
}

/** A whole variable handed to a component: markdown, form, table, chart, the list of a Loop. */
export function whole(variable = '', scope: Scope = 'global', varType?: string): Props {
  return present({ type: 'variableValue', variable, variableType: scope, varType });
}

/** A property that is fixed by the template. */
export function fixed(type: string, value: Json): Props {
  return { type, valueType: 'fixed', value, variable: '', variableType: 'global' };
}

/** A property that follows a variable; `fallback` is what the builder shows without data. */
export function follows(type: string, variable: string, fallback: Json, scope: Scope = 'global'): Props {
  return { type, valueType: 'variable', value: fallback, variable, variableType: scope };
}

/** A parameter of a tap: a variable of the card, or a field of a Loop's present item. `id` tells it from its neighbours. */
export function requestParam(name: string, variable: string, id: string, scope: Scope = 'global'): Props {
  return { type: 'variable', variable, value: '', name, id, variableType: scope };
}

/** A width that fills its parent, or one of `value` px. */
export function width(value: number | 'full'): Props {
  const full = value === 'full';
  return {
    type: 'dynamicWidth',
    valueType: full ? 'full' : 'fixed',
    value: full ? 100 : value,
    variableType: 'global',
    variable: '',
    full,
    adaptive: false,
  };
}

/** Always there. */
export const always: Props = {
  type: 'dynamicVisible',
  value: true,
  valueType: 'fixed',
  condition: { op: 'and', conditions: [] },
};

/** There only while the variable holds text; otherwise it takes no room. */
export function whenFilled(variable: string): Props {
  return when(variable, 'isNotEmpty', '');
}

/** There only while the variable is exactly this text; otherwise it takes no room. */
export function whenEqual(variable: string, value: string): Props {
  return when(variable, 'equal', value);
}

function when(variable: string, op: string, value: string): Props {
  const condition = { type: 'variable', variable, variableType: 'global', op, value, valueType: 'fixed' };
  return {
    type: 'dynamicVisible',
    value: true,
    valueType: 'condition',
    condition: { op: 'and', conditions: [{ ...condition, valueVariableType: 'global' }] },
  };
}

export function margins(vertical: number, horizontal: number): Props {
  return { marginLeft: horizontal, marginRight: horizontal, marginTop: vertical, marginBottom: vertical };
}
