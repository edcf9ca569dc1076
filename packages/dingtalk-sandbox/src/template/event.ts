import type { ChainStep, Choice, LocalTarget, RenderedEvent, Tone } from '../protocol/interaction.ts';
import { asText } from './as-text.ts';
import { bound, boundParams, boundText, variableOf } from './bindings.ts';
import { isRecord } from './card-data.ts';
import { atFirst, type StepName } from './chain-names.ts';
import type { Scope } from './scope.ts';
import type { Json } from './template.ts';

type EventProps = { readonly [key: string]: Json };

/** DingTalk's places for an address, in the order in which this client looks. */
const ADDRESSES = ['url', 'pcUrl', 'androidUrl', 'iosUrl'];

/**
 * What a tap does, of the props of whatever is tapped (`actionType` and what belongs to it); undefined when nothing comes of
 * it, as of a link without an address. `unnamed` is the id of a request to which the template gives none.
 */
export function renderEvent(props: EventProps, scope: Scope, unnamed: string): RenderedEvent | undefined {
  const actionType = asText(props.actionType);
  switch (actionType) {
    case 'request':
      return request(props, scope, unnamed);
    case 'url':
      return link(firstAddress(props, scope));
    case 'dynamicEvent':
      return dynamicEvent(bound(props.dynamicEventVar, scope), scope, unnamed);
    case 'setLocalState':
      return setLocal(props, scope);
    case 'toast':
      return { kind: 'toast', text: boundText(props.toastContent, scope), tone: toneOf(props.toastType) };
    case 'copy':
      return { kind: 'copy', text: boundText(props.copyVariable, scope) || boundText(props.copyValue, scope) };
    case 'confirm':
      return {
        kind: 'confirm',
        title: boundText(props.confirmTitle, scope),
        message: boundText(props.confirmMessage, scope),
        ok: answer('confirmOk', props, scope, unnamed),
        cancel: answer('confirmCancel', props, scope, unnamed),
      };
    case 'actionSheet':
      return {
        kind: 'menu',
        title: boundText(props.actionSheetTitle, scope),
        message: boundText(props.actionSheetMessage, scope),
        choices: records(props.actionSheetItems).map((item) => ({
          text: boundText(item.text ?? item.title ?? item.name, scope),
          event: renderEvent(item, scope, unnamed),
        })),
      };
    case 'select':
      return {
        kind: 'menu',
        title: '',
        message: '',
        choices: records(bound(props.selectOptions, scope)).map((option) => ({ text: boundText(option.text, scope) })),
      };
    case 'eventChain':
      return { kind: 'chain', steps: renderSteps(props.events, scope, atFirst), loops: scope.loops };
    case '':
    case 'none':
      return undefined;
    default:
      return { kind: 'unplayed', actionType };
  }
}

/** Events of a chain, `[{event, callbacks}]`; what follows each is kept as it stands, to be bound to what the event brings. */
export function renderSteps(events: Json | undefined, scope: Scope, nameOf: StepName): ChainStep[] {
  return records(events).flatMap(({ event, callbacks }, at) => {
    const name = nameOf(at);
    const rendered = isRecord(event) ? renderEvent(event, scope, name) : undefined;
    return rendered === undefined ? [] : [{ name, event: rendered, callbacks }];
  });
}

/** `{type: sendCardRequest | openLink, params}` in a variable; anything else calls back with nothing. */
export function dynamicEvent(value: Json | undefined, scope: Scope, unnamed: string): RenderedEvent | undefined {
  const params = isRecord(value) && isRecord(value.params) ? value.params : {};
  if (isRecord(value) && value.type === 'openLink') return link(addressOf(params.url));
  return {
    kind: 'request',
    actionId: asText(params.actionId) || unnamed,
    params: isRecord(params.params) ? params.params : {},
    loops: scope.loops,
  };
}

function request(props: EventProps, scope: Scope, unnamed: string): RenderedEvent {
  const { successToast: success, failureToast: failure, successCondition: condition } = props;
  const speaks = boundText(success, scope) !== '' || boundText(failure, scope) !== '' || hasVariable(failure);
  return {
    kind: 'request',
    actionId: boundText(props.actionId, scope) || boundText(props.id, scope) || unnamed,
    params: boundParams(props.params, scope),
    said: speaks ? { success: success ?? null, failure: failure ?? null, condition: condition ?? null } : undefined,
    loops: scope.loops,
  };
}

function hasVariable(text: Json | undefined): boolean {
  return isRecord(text) && asText(text.content).includes('$');
}

function link(url: string | undefined): RenderedEvent | undefined {
  return url === undefined ? undefined : { kind: 'link', url };
}

function firstAddress(props: EventProps, scope: Scope): string | undefined {
  return ADDRESSES.map((name) => addressOf(bound(props[name], scope))).find((url) => url !== undefined);
}

function addressOf(url: Json | undefined): string | undefined {
  const address = isRecord(url) ? (url.pc ?? url.android ?? url.ios) : url;
  return typeof address === 'string' && /^(https?|dingtalk):/.test(address) ? address : undefined;
}

/** The local variable that `localVarAction` names, or one key of it. */
export function localTarget(props: EventProps, scope: Scope, name = 'localVarAction'): LocalTarget | undefined {
  const variable = variableOf(props[name]);
  if (variable === '') return undefined;
  return { variable, key: boundText(props.keyOfDynamicObject, scope) || undefined };
}

/** Each type of local variable has a prop of its own for the value it is set to. */
function setLocal(props: EventProps, scope: Scope): RenderedEvent | undefined {
  const target = localTarget(props, scope);
  if (target === undefined) return undefined;
  const declared = isRecord(props.localVarAction) ? asText(props.localVarAction.varType) : '';
  switch (declared || scope.typeOfLocal(target.variable)) {
    case 'boolean':
      return { kind: 'local', target, value: bound(props.booleanLocalValue, scope) === true };
    case 'number':
      return { kind: 'local', target, value: Number(bound(props.numberLocalValue, scope) ?? 0) };
    case 'string':
      return { kind: 'local', target, value: boundText(props.stringLocalValue, scope) };
    default:
      return { kind: 'local', target, value: bound(props.customLocalData, scope) ?? null };
  }
}

/** One of a confirmation's two answers: a request, a link, or nothing. */
function answer(prefix: string, props: EventProps, scope: Scope, unnamed: string): Choice {
  const text = boundText(props[`${prefix}Text`], scope);
  const actionType = props[`${prefix}Action`] ?? 'none';
  const request = `${prefix}ReqAction`;
  const own = {
    actionType,
    actionId: props[`${request}ActionId`] ?? null,
    params: props[`${request}Params`] ?? [],
    url: props[`${prefix}Url`] ?? props[`${prefix}UrlActionUrl`] ?? null,
  };
  return { text, event: renderEvent(own, scope, unnamed) };
}

/** The builder's 0, 1 and 2 are success, plain and failure. */
function toneOf(type: Json | undefined): Tone {
  return type === 0 ? 'success' : type === 2 ? 'failure' : 'plain';
}

function records(list: Json | undefined): EventProps[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isRecord) : [];
}
