import { asText } from './as-text.ts';
import { isRecord } from './card-data.ts';
import type { Scope } from './scope.ts';
import type { Json } from './template.ts';

/** Whether a component's `visible` prop (`dynamicVisible`, dingtalk 4.2) lets it be seen; without one it is. */
export function isVisible(visible: Json | undefined, scope: Scope): boolean {
  if (typeof visible === 'boolean') return visible;
  if (!isRecord(visible)) return true;
  if (visible.valueType === 'condition') return holds(visible.condition, scope);
  if (visible.valueType === 'variable') return isTrue(scope.value(asText(visible.variable)));
  return visible.value !== false;
}

/** Whether a condition as the builder writes it (`{op, conditions}`, nested as deep as it likes) holds; an empty one does. */
export function holds(condition: Json | undefined, scope: Scope): boolean {
  if (!isRecord(condition)) return true;
  if (Array.isArray(condition.conditions)) {
    const parts = condition.conditions as readonly Json[];
    if (parts.length === 0) return true;
    return condition.op === 'or' ? parts.some((part) => holds(part, scope)) : parts.every((part) => holds(part, scope));
  }
  // Conditions on the client's platform or version: this client is as good as any.
  if (!['variable', 'eventData', undefined].includes(condition.type as string | undefined)) return true;
  const isAnswer = condition.type === 'eventData';
  const left = scope.value(isAnswer ? `event.${asText(condition.eventData)}` : asText(condition.variable));
  const right = condition.valueType === 'variable' ? scope.value(asText(condition.valueVariable)) : condition.value;
  return compare(asText(condition.op), left, right);
}

function compare(op: string, left: Json | undefined, right: Json | undefined): boolean {
  switch (op) {
    case 'equal':
      return asText(left) === asText(right);
    case 'notEqual':
      return asText(left) !== asText(right);
    case 'isTrue':
      return isTrue(left);
    case 'isFalse':
      return !isTrue(left);
    case 'isEmpty':
      return isEmpty(left);
    case 'isNotEmpty':
    case 'isMarkdownNotEmpty':
      return !isEmpty(left);
    case 'lt':
      return Number(left) < Number(right);
    case 'le':
      return Number(left) <= Number(right);
    case 'gt':
      return Number(left) > Number(right);
    case 'ge':
      return Number(left) >= Number(right);
    case 'lengthEqual':
      return lengthOf(left) === Number(right);
    case 'lengthNotEqual':
      return lengthOf(left) !== Number(right);
    default:
      // An operator that was never seen hides nothing: the mistake stays in sight.
      return true;
  }
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true' || value === 1 || value === '1';
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function lengthOf(value: Json | undefined): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
