import type { InputTarget } from '../../protocol/interaction.ts';
import type { RenderedInput } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundParams, boundText, inOneLanguage } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import { localTarget } from '../event.ts';
import type { Scope } from '../scope.ts';
import type { Json, Props, TemplateNode } from '../template.ts';

const text: Renderer = (node, { scope }) => {
  const { props } = node;
  const input: RenderedInput = {
    type: 'text',
    label: boundText(props.title, scope) || boundText(props.placeholder, scope),
    disabled: isDisabled(props, scope),
    target: inputTarget(node, scope),
    value: asText(chosenHere(node, scope) ?? bound(props.currentValue, scope)),
    placeholder: boundText(props.placeholder, scope),
    message: boundText(props.message, scope),
    inline: props.inlineMode === true,
    multiline: props.textArea === true,
  };
  return [{ kind: 'input', input }];
};

const select: Renderer = (node, { scope }) => {
  const { props } = node;
  const many = node.componentName === 'MultiSelectBlock';
  const options = optionsOf(props.options, scope);
  const input: RenderedInput = {
    type: 'select',
    label: boundText(props.placeholder, scope),
    disabled: isDisabled(props, scope),
    target: inputTarget(node, scope),
    many,
    placeholder: boundText(props.placeholder, scope),
    options,
    chosen: placesOf(
      chosenHere(node, scope) ?? bound(many ? props.currentIndexes : props.currentIndex, scope),
      options.length,
    ),
  };
  return [{ kind: 'input', input }];
};

const date: Renderer = (node, { scope }) => {
  const { props } = node;
  const picker = asText(props.pickerType);
  const input: RenderedInput = {
    type: 'date',
    label: boundText(props.placeholder, scope),
    disabled: isDisabled(props, scope),
    target: inputTarget(node, scope),
    picker: picker === 'datetime' || picker === 'time' ? picker : 'date',
    format: boundText(props.format, scope) || 'yyyy-MM-dd',
    value: asText(chosenHere(node, scope) ?? bound(props.currentDate, scope)),
    placeholder: boundText(props.placeholder, scope),
  };
  return [{ kind: 'input', input }];
};

export const INPUTS: Readonly<Record<string, Renderer>> = {
  Input: text,
  SelectBlock: select,
  MultiSelectBlock: select,
  DatePickerBlock: date,
};

/** Where a value goes: `setLocalState` into a local variable, `request` under the component's id beside its parameters. */
export function inputTarget({ props, id }: TemplateNode, scope: Scope, named = true): InputTarget | undefined {
  if (asText(props.actionType) === 'setLocalState') {
    const target = localTarget(props, scope) ?? localTarget(props, scope, 'localVariable');
    return target && { kind: 'local', target };
  }
  if (asText(props.actionType) !== 'request') return undefined;
  const actionId = boundText(props.id, scope) || id;
  return {
    kind: 'request',
    actionId,
    params: boundParams(props.params, scope),
    name: named ? actionId : undefined,
  };
}

/** What stands in the local variable that an input changes; undefined while nobody has. */
export function chosenHere({ props }: TemplateNode, scope: Scope): Json | undefined {
  if (asText(props.actionType) !== 'setLocalState') return undefined;
  const target = localTarget(props, scope) ?? localTarget(props, scope, 'localVariable');
  if (target === undefined) return undefined;
  return scope.value(target.key === undefined ? target.variable : `${target.variable}.${target.key}`);
}

export function isDisabled({ status, disabled }: Props, scope: Scope): boolean {
  return boundText(status, scope) === 'disabled' || asText(bound(disabled, scope)) === 'true';
}

/** `[{label | text, value}]` in the template or in a variable of type selectOptions. */
function optionsOf(options: Json | undefined, scope: Scope): { text: string; value: Json }[] {
  const list = bound(options, scope);
  return (Array.isArray(list) ? (list as readonly Json[]) : []).filter(isRecord).map((option) => {
    const label = option.label ?? option.text;
    const words = isRecord(label) && label.type === undefined ? inOneLanguage(label) : bound(label, scope);
    return { text: asText(words), value: bound(option.value, scope) ?? '' };
  });
}

/** Places among the options: of `{index}`, a number, or a list of numbers. */
function placesOf(chosen: Json | undefined, count: number): number[] {
  const index = isRecord(chosen) ? chosen.index : chosen;
  const places = (Array.isArray(index) ? (index as readonly Json[]) : [index]).filter(
    (place): place is number => typeof place === 'number',
  );
  return places.filter((place) => place >= 0 && place < count);
}
