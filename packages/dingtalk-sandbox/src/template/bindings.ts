import { asText } from './as-text.ts';
import { isRecord } from './card-data.ts';
import type { Scope } from './scope.ts';
import type { Json } from './template.ts';

/** A text with its `${variable}` references filled in; what is not there is empty. */
export function fill(content: string, scope: Scope): string {
  return content.replace(/\$\{([^}]+)\}/g, (_reference, variable: string) => asText(scope.value(variable.trim())));
}

/**
 * The value of a binding as the official exports write them (dingtalk 4.7): `dynamicString` with `content`; `variableValue`
 * with `variable`; the other `dynamic…` with `valueType` fixed or variable; and one wrapped per language in `content`.
 */
export function bound(binding: Json | undefined, scope: Scope): Json | undefined {
  if (!isRecord(binding)) return binding;
  const { type, content, variable, valueType, value } = binding;
  if (isRecord(content)) {
    const one = inOneLanguage(content);
    return typeof one === 'string' ? fill(one, scope) : bound(one, scope);
  }
  if (type === 'dynamicString') return typeof content === 'string' ? fill(content, scope) : undefined;
  if (type === 'variableValue') return typeof variable === 'string' ? scope.value(variable) : undefined;
  if (valueType === 'variable') return typeof variable === 'string' ? scope.value(variable) : undefined;
  if (valueType === 'eventData') return scope.value(`event.${asText(binding.eventData)}`);
  return typeof value === 'string' ? fill(value, scope) : value;
}

/** What is written once per language (`{zh_Hans: …}`, `{zh_CN: …}`), in the one of the official exports. */
export function inOneLanguage(texts: { readonly [key: string]: Json }): Json | undefined {
  return texts.zh_Hans ?? texts.zh_CN ?? Object.values(texts)[0];
}

export function boundText(binding: Json | undefined, scope: Scope): string {
  return asText(bound(binding, scope));
}

/** The name of the variable that a binding refers to. */
export function variableOf(binding: Json | undefined): string {
  return isRecord(binding) && typeof binding.variable === 'string' ? binding.variable : '';
}

/** `params: [{name, type: fixed|variable, value|variable}]` of a request, as the object that is called back with. */
export function boundParams(params: Json | undefined, scope: Scope): Record<string, Json> {
  const filled: Record<string, Json> = {};
  for (const param of Array.isArray(params) ? (params as readonly Json[]) : []) {
    if (!isRecord(param) || typeof param.name !== 'string' || param.name === '') continue;
    const value = param.type === 'variable' ? scope.value(variableOf(param)) : param.value;
    if (value !== undefined) filled[param.name] = value;
  }
  return filled;
}
