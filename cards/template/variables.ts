import { present } from '@field/kit/present';
import type { Props } from './bindings.ts';

/** DingTalk's types of a card variable that our template uses (dingtalk 4.1). */
export type VariableType = 'string' | 'number' | 'markdown' | 'object' | 'loopArray' | 'form' | 'table' | 'chart';

export interface TemplateVariable {
  readonly name: string;
  readonly type: VariableType;
  readonly description: string;
  /** What it holds when a card has no such part; every card sends every variable, so nothing stale remains. */
  readonly empty: string;
}

/** Every variable of the template, in the order of the card. */
export const TEMPLATE_VARIABLES = [
  { name: 'lastMessage', type: 'string', description: 'one line for the conversation list', empty: '' },
  { name: 'title', type: 'string', description: 'where you are, up to 30 characters', empty: '' },
  { name: 'tag', type: 'string', description: 'a short status beside the title', empty: '' },
  { name: 'tag_color', type: 'string', description: 'blue, green, orange or red', empty: 'blue' },
  { name: 'progress_text', type: 'string', description: 'progress in words', empty: '' },
  { name: 'progress', type: 'number', description: 'progress in percent', empty: '0' },
  { name: 'body', type: 'markdown', description: 'the thoughts, a paragraph each', empty: '' },
  { name: 'facts', type: 'markdown', description: 'label and value, a paragraph each', empty: '' },
  { name: 'images', type: 'loopArray', description: 'pictures, one below the other', empty: '[]' },
  { name: 'has_table', type: 'string', description: '"yes" while there is a table', empty: '' },
  { name: 'table', type: 'table', description: 'rows and columns', empty: '{"data":[],"meta":[]}' },
  { name: 'has_chart', type: 'string', description: '"yes" while there is a chart', empty: '' },
  { name: 'chart', type: 'chart', description: 'a chart', empty: '{"type":"histogram","data":[],"config":{}}' },
  { name: 'has_form', type: 'string', description: '"yes" while there is a form', empty: '' },
  { name: 'form', type: 'form', description: 'the fields of the form', empty: '{"fields":[]}' },
  { name: 'form_btn_text', type: 'string', description: 'text on the button of the form', empty: '' },
  { name: 'form_status', type: 'string', description: 'normal or disabled', empty: 'normal' },
  { name: 'form_action', type: 'string', description: 'routing key of the form', empty: '' },
  { name: 'form_subject', type: 'string', description: 'what the card was drawn from, kind:id', empty: '' },
  { name: 'form_version', type: 'string', description: 'which version of it', empty: '' },
  { name: 'form_base', type: 'object', description: 'a short hash of each field as drawn', empty: '{}' },
  { name: 'form_extra', type: 'object', description: 'its round, and further parameters', empty: '{}' },
  { name: 'form_mistake', type: 'string', description: 'which fields to look at, of a form that came back', empty: '' },
  { name: 'link_text', type: 'string', description: 'text on the button that opens a page', empty: '' },
  { name: 'link_url', type: 'string', description: 'its address, on a computer a side bar', empty: '' },
  { name: 'link_phone', type: 'string', description: 'its address on phones, a panel over the chat', empty: '' },
  { name: 'buttons', type: 'loopArray', description: 'buttons, one below the other', empty: '[]' },
  { name: 'note', type: 'string', description: 'one small line at the foot', empty: '' },
] as const satisfies readonly TemplateVariable[];

export type TemplateVariableName = (typeof TEMPLATE_VARIABLES)[number]['name'];

type Shape = { readonly [field: string]: VariableType | 'boolean' | Shape };

const SHAPES: Partial<Record<TemplateVariableName, Shape>> = {
  images: { url: 'string', alt: 'string' },
  table: {
    data: 'loopArray',
    'meta[]': { alias: 'string', aliasName: 'string', dataType: 'string', weight: 'number' },
  },
  chart: { type: 'string', 'data[]': { x: 'string', y: 'number', type: 'string' }, config: 'object' },
  form: {
    'fields[]': {
      name: 'string',
      label: 'string',
      type: 'string',
      hidden: 'boolean',
      required: 'boolean',
      requiredMsg: 'string',
      readOnly: 'boolean',
      placeholder: 'string',
      defaultValue: 'string',
      'options[]': { value: 'string', text: 'string' },
    },
  },
  buttons: { text: 'string', color: 'string', action: 'string', subject: 'string', version: 'string', extra: 'string' },
};

/** `variableList` of the builder's format, each variable with its schema. */
export function variableList(): Props[] {
  return TEMPLATE_VARIABLES.map(({ name, type, description }) => {
    const shape = SHAPES[name];
    const item = type === 'loopArray' ? `${name}[0]` : name;
    return present({
      id: name,
      name,
      type,
      private: false,
      description,
      editorVarType: 'variables',
      disabled: false,
      schema: shape === undefined ? undefined : fields(item, shape, type !== 'loopArray'),
    });
  });
}

function fields(parent: string, shape: Shape, builtIn: boolean): Props[] {
  return Object.entries(shape).map(([key, kind]) => {
    const list = key.endsWith('[]');
    const name = list ? key.slice(0, -2) : key;
    const id = `${parent}.${name}`;
    const nested = typeof kind === 'string' ? undefined : kind;
    return present({
      id,
      name,
      type: typeof kind === 'string' ? kind : list ? 'loopArray' : 'object',
      private: false,
      editorVarType: 'variables',
      disabled: builtIn,
      description: '',
      schema: nested === undefined ? undefined : fields(list ? `${id}[0]` : id, nested, true),
    });
  });
}
