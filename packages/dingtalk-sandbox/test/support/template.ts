/** A small card template in the builder's export format, with the bindings that the official exports show. */
const always = { type: 'dynamicVisible', value: true, valueType: 'fixed', condition: { op: 'and', conditions: [] } };
/** `{name}` stands for the builder's own reference to a variable. */
export const text = (content: string) => ({
  i18n: false,
  type: 'dynamicString',
  content: content.replaceAll('{', '$'.concat('{')),
});
export const variable = (name: string, variableType = 'global') => ({
  type: 'variableValue',
  variable: name,
  variableType,
});
let ids = 0;

export function node(componentName: string, props: Record<string, unknown> = {}, children: unknown[] = []) {
  return {
    componentName,
    id: `node_${++ids}`,
    props: { visible: always, ...props },
    title: componentName,
    hidden: false,
    isLocked: false,
    condition: true,
    conditionGroup: '',
    children: children.length > 0 ? children : undefined,
  };
}

export function visibleWhen(op: string, name: string, value: string) {
  const condition = { type: 'variable', variable: name, variableType: 'global', op, value, valueType: 'fixed' };
  return { ...always, valueType: 'condition', condition: { op: 'and', conditions: [condition] } };
}

/** A variable of any type in the places where the builder allows a fixed value too. */
export const bindingTo = (name: string, type = 'dynamicSelect') => ({
  type,
  valueType: 'variable',
  value: '',
  variable: name,
  variableType: 'global',
});

export interface MoreVariables {
  readonly locals?: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly expressions?: Readonly<Record<string, string>> | undefined;
}

export function exported(
  root: unknown,
  variables: { name: string; type: string; private?: boolean | undefined }[],
  { locals = [], expressions = {} }: MoreVariables = {},
): string {
  const editorData = {
    schemaVersion: '3.0.0',
    schema: { version: '1.0.0', componentsMap: [], componentsTree: [root], i18n: {} },
    variableList: variables.map((one) => ({ id: one.name, private: false, editorVarType: 'variables', ...one })),
    expList: Object.entries(expressions).map(([name, expContent]) => ({ name, expContent, type: 'string' })),
    localList: locals,
  };
  return JSON.stringify({ editorData: JSON.stringify(editorData), widgetInfo: '', type: 'im', mode: 'card' });
}

export const fixtureTemplate = exported(
  node('Card', {}, [
    node('CardHeaderV2', { title: text('{title}') }),
    node('Tag', { text: text('{tag}'), color: { type: 'dynamicSelect', valueType: 'fixed', value: 'blue' } }),
    node('BaseText', {
      text: text('Step {step.number} of {step.total}'),
      visible: visibleWhen('isNotEmpty', 'step', ''),
    }),
    node('MarkdownBlock', { content: { ...variable('body'), varType: 'markdown' }, isStreaming: false }),
    node('Loop', { listData: variable('pictures') }, [
      node('Image', {
        images: {
          defaultLang: 'zh_Hans',
          i18n: false,
          content: {
            zh_Hans: {
              type: 'dynamicImage',
              valueType: 'variable',
              value: '',
              variable: 'pictures[0].url',
              variableType: 'loop',
            },
          },
        },
        hoverText: text('{loop.alt}'),
      }),
    ]),
    node('ProgressBar', { progress: { type: 'dynamicNumber', valueType: 'variable', value: 0, variable: 'percent' } }),
    node('Table', { data: variable('table') }),
    node('Chart', { data: variable('chart') }),
    node('Form', {
      id: 'form',
      submitText: text('{form_button}'),
      formSchema: variable('form'),
      params: [{ type: 'variable', variable: 'action', value: '', name: 'action', id: '1', variableType: 'global' }],
      status: { type: 'dynamicSelect', valueType: 'variable', value: 'normal', variable: 'form_status' },
    }),
    node('Loop', { listData: variable('buttons') }, [
      node('SingleButton', {
        text: text('{loop.text}'),
        color: {
          type: 'dynamicSelect',
          valueType: 'variable',
          value: 'blue',
          variable: 'buttons[0].color',
          variableType: 'loop',
        },
        actionType: 'dynamicEvent',
        dynamicEventVar: variable('buttons[0].action', 'loop'),
      }),
    ]),
    node('Countdown'),
  ]),
  [
    { name: 'title', type: 'string' },
    { name: 'tag', type: 'string' },
    { name: 'step', type: 'object' },
    { name: 'body', type: 'markdown' },
    { name: 'pictures', type: 'loopArray' },
    { name: 'percent', type: 'number' },
    { name: 'table', type: 'table' },
    { name: 'chart', type: 'chart' },
    { name: 'form', type: 'form' },
    { name: 'form_button', type: 'string' },
    { name: 'form_status', type: 'string' },
    { name: 'action', type: 'string' },
    { name: 'buttons', type: 'loopArray' },
    { name: 'note', type: 'string', private: true },
  ],
);
