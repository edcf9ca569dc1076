import type { RenderedField, RenderedNode } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundParams, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import type { Json } from '../template.ts';

/** A Form component: its fields come from a `form` variable (dingtalk 4.4). Without fields there is none. */
const form: Renderer = ({ props, id }, { scope }): RenderedNode[] => {
  const schema = bound(props.formSchema, scope);
  if (typeof schema === 'string' && schema !== '') {
    return [{ kind: 'unknown', componentName: 'Form', problem: 'its variable is not JSON' }];
  }
  const fields = isRecord(schema) && Array.isArray(schema.fields) ? (schema.fields as readonly Json[]) : [];
  const rendered = fields.flatMap((field) => renderField(field));
  if (rendered.every(({ hidden }) => hidden)) return [];
  return [
    {
      kind: 'form',
      form: {
        actionId: boundText(props.id, scope) || id,
        params: boundParams(props.params, scope),
        fields: rendered,
        submitLabel: boundText(props.submitText, scope) || 'Submit',
        disabled: boundText(props.status, scope) === 'disabled',
      },
    },
  ];
};

export const FORMS: Readonly<Record<string, Renderer>> = { Form: form };

function renderField(field: Json): RenderedField[] {
  if (!isRecord(field) || typeof field.name !== 'string') return [];
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
      hidden: field.hidden === true ? true : undefined,
      readOnly: field.readOnly === true ? true : undefined,
    },
  ];
}

function renderOption(option: Json): { value: string; text: string }[] {
  if (!isRecord(option)) return [];
  return [{ value: asText(option.value), text: asText(option.text) }];
}
