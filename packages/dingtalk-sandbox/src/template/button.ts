import type { RenderedButton } from '../protocol/page-protocol.ts';
import { asText, bound, boundParams, boundText } from './bindings.ts';
import { isRecord } from './card-data.ts';
import type { Scope } from './scope.ts';
import type { Json, TemplateNode } from './template.ts';

/** A SingleButton: a request, a link, or an event that stands in a variable (`dynamicEvent`, dingtalk 4.7 b). */
export function renderButton(node: TemplateNode, scope: Scope): RenderedButton | undefined {
  const label = boundText(node.props.text, scope);
  if (label === '') return undefined;
  const face = {
    label,
    disabled: boundText(node.props.status, scope) === 'disabled',
    ...color(bound(node.props.color, scope)),
  };
  const actionType = asText(node.props.actionType);
  if (actionType === 'dynamicEvent') return { ...face, ...event(bound(node.props.dynamicEventVar, scope), node.id) };
  if (actionType === 'url') return { ...face, actionId: '', params: {}, ...link(bound(node.props.url, scope)) };
  const actionId = boundText(node.props.actionId, scope) || asText(node.props.id) || node.id;
  return { ...face, actionId, params: boundParams(node.props.params, scope) };
}

/** A ButtonGroup over a variable of buttons (dingtalk 4.7 a). */
export function renderButtonGroup(node: TemplateNode, scope: Scope): RenderedButton[] {
  const buttons = bound(node.props.dynamicButtons, scope);
  return (Array.isArray(buttons) ? (buttons as readonly Json[]) : []).flatMap((button) => {
    if (!isRecord(button)) return [];
    const face = { label: asText(button.text), disabled: button.status === 'disabled', ...color(button.color) };
    return [{ ...face, ...event(button.event, node.id) }];
  });
}

type Event = Pick<RenderedButton, 'actionId' | 'params'> & { url?: string | undefined };

/** `{type: sendCardRequest | openLink, params}`; anything else is a button that calls back with nothing. */
function event(value: Json | undefined, nodeId: string): Event {
  const params = isRecord(value) && isRecord(value.params) ? value.params : {};
  if (isRecord(value) && value.type === 'openLink') return { actionId: '', params: {}, ...link(params.url) };
  return { actionId: asText(params.actionId) || nodeId, params: isRecord(params.params) ? params.params : {} };
}

function link(url: Json | undefined): { url?: string | undefined } {
  const address = isRecord(url) ? (url.pc ?? url.android ?? url.ios) : url;
  return typeof address === 'string' && /^(https?|dingtalk):/.test(address) ? { url: address } : {};
}

function color(value: Json | undefined): { color?: 'blue' | 'gray' | 'red' | undefined } {
  return value === 'blue' || value === 'gray' || value === 'red' ? { color: value } : {};
}
