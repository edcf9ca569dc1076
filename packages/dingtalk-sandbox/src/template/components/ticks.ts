import type { RenderedInput } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundText, variableOf } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import type { Json } from '../template.ts';
import { textsOf } from '../view.ts';
import { chosenHere, inputTarget, isDisabled } from './inputs.ts';

/** What a Checkbox without an id is called back under (dingtalk 4.3). */
const UNNAMED = '1';

/**
 * A box to tick: a tap turns its local variable round, or makes a request, which says nothing of the state. Ticked is what
 * `checked` names, as the exports' compiled layouts have it.
 */
const checkbox: Renderer = (node, { scope }) => {
  const own = node.props.checked;
  const checked = own === undefined ? chosenHere(node, scope) : bound(own, scope);
  const input: RenderedInput = {
    type: 'tick',
    label: '',
    disabled: isDisabled(node.props, scope),
    target: inputTarget({ ...node, id: UNNAMED }, scope, false),
    checked: checked === true || checked === 'true',
  };
  return [{ kind: 'input', input }];
};

/**
 * One or several of a list; each item stands for its `updateVarValue`. Chosen is what the client holds, or, where each tap
 * asks, what the items hold.
 */
const checkboxList: Renderer = (node, { scope, inside }) => {
  const { props } = node;
  const many = node.componentName === 'CheckboxListMulti';
  const local = props.actionType === 'setLocalState';
  const here = chosenHere(node, scope);
  const chosen = Array.isArray(here) ? (here as readonly Json[]) : [here];
  const variable = variableOf(props.listData);
  const list = scope.value(variable);
  const items = (Array.isArray(list) ? (list as readonly Json[]) : []).map((item, index) => {
    const within = scope.within(variable, item, index);
    const value = bound(props.updateVarValue, within) ?? index;
    const nodes = node.children.flatMap((child) => inside(child, within));
    const checked = local ? chosen.includes(value) : isRecord(item) && item.checked === true;
    return { value, nodes, text: nodes.flatMap(textsOf).join(' '), checked };
  });
  const input: RenderedInput = {
    type: 'list',
    look: 'boxes',
    label: '',
    disabled: isDisabled(props, scope),
    target: inputTarget(node, scope),
    many,
    items,
  };
  return items.length === 0 ? [] : [{ kind: 'input', input }];
};

/** Words to tap on and off: of the template, or of a list whose items name their word and value. */
const checkableTags: Renderer = (node, { scope }) => {
  const { props } = node;
  const here = chosenHere(node, scope);
  const chosen = Array.isArray(here) ? (here as readonly Json[]) : [here];
  const labelKey = boundText(props.tagLabelKey, scope) || 'label';
  const valueKey = boundText(props.tagValueKey, scope) || 'value';
  const tags = bound(props.tags, scope);
  const items = (Array.isArray(tags) ? (tags as readonly Json[]) : []).map((tag) => {
    const text = isRecord(tag) ? boundText(tag[labelKey], scope) : asText(tag);
    const value = isRecord(tag) ? (bound(tag[valueKey], scope) ?? text) : tag;
    return { value, text, checked: chosen.includes(value), nodes: [] };
  });
  const input: RenderedInput = {
    type: 'list',
    look: 'tags',
    label: '',
    disabled: isDisabled(props, scope),
    target: inputTarget(node, scope),
    many: variableOf(props.localVariable) !== '',
    items,
  };
  return items.length === 0 ? [] : [{ kind: 'input', input }];
};

export const TICKS: Readonly<Record<string, Renderer>> = {
  Checkbox: checkbox,
  CheckboxList: checkboxList,
  CheckboxListMulti: checkboxList,
  CheckableTags: checkableTags,
};
