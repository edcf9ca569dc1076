import type { RenderedField, RenderedForm } from '../protocol/page-protocol.ts';
import { asText, bound, boundParams, boundText } from './bindings.ts';
import { isRecord } from './card-data.ts';
import type { Scope } from './scope.ts';
import type { Json, TemplateNode } from './template.ts';

/** A Form component: its fields come from a `form` variable (dingtalk 4.4). Without fields there is none. */
export function renderForm(node: TemplateNode, scope: Scope): RenderedForm | undefined {
  const schema = bound(node.props.formSchema, scope);
  const fields = isRecord(schema) && Array.isArray(schema.fields) ? (schema.fields as readonly Json[]) : [];
  const shown = fields.flatMap((field) => renderField(field));
  if (shown.length === 0) return undefined;
  return {
    actionId: asText(node.props.id) || node.id,
    params: boundParams(node.props.params, scope),
    fields: shown,
    submitLabel: boundText(node.props.submitText, scope) || 'Submit',
    disabled: boundText(node.props.status, scope) === 'disabled',
  };
}

function renderField(field: Json): RenderedField[] {
  if (!isRecord(field) || typeof field.name !== 'string' || field.hidden === true) return [];
  const { requiredMsg, placeholder, options, defaultValue } = field;
  return [
    {
      name: field.name,
      label: asText(field.label),
      type: asText(field.type),
      required: field.required === true,
      requiredMsg: typeof requiredMsg === 'string' ? requiredMsg : undefined,
      placeholder: typeof placeholder === 'string' ? placeholder : undefined,
      options: Array.isArray(options) ? (options as readonly Json[]).flatMap(renderOption) : undefined,
      value: defaultValue,
    },
  ];
}

function renderOption(option: Json): { value: string; text: string }[] {
  if (!isRecord(option)) return [];
  return [{ value: asText(option.value), text: asText(option.text) }];
}
