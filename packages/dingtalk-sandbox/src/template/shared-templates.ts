import type { CardTemplate, Json, TemplateNode } from './template.ts';

const filledBy = (name: string): Json => ({ type: 'dynamicString', content: `\${${name}}` });
const variable = (name: string): Json => ({ type: 'variableValue', variable: name });
const ofItem = (name: string): Json => ({ valueType: 'variable', variable: `msgButtons[0].${name}` });
const when = (op: string, name: string): Json => ({
  valueType: 'condition',
  condition: { op: 'and', conditions: [{ type: 'variable', variable: name, op, value: '', valueType: 'fixed' }] },
});

function node(
  componentName: string,
  props: Readonly<Record<string, Json>>,
  children: readonly TemplateNode[] = [],
): TemplateNode {
  return { componentName, id: componentName, props, shown: true, children };
}

function card(types: Readonly<Record<string, string>>, children: readonly TemplateNode[]): CardTemplate {
  const variables = Object.entries(types).map(([name, type]) => ({ name, type, private: false }));
  return { variables, locals: [], expressions: [], roots: [node('Card', {}, children)] };
}

const HEAD = node('Grid', { direction: 'horizontal' }, [
  node('Image', { images: variable('logo'), width: 24, height: 24 }),
  node('BaseText', { text: filledBy('title') }),
]);
const MARKDOWN = node('Markdown', { content: variable('markdown') });
const button = { text: filledBy('loop.text'), color: ofItem('color') };
const BUTTONS = node('Loop', { listData: variable('msgButtons') }, [
  node('SingleButton', {
    ...button,
    visible: when('isTrue', 'msgButtons[0].request'),
    actionType: 'request',
    actionId: filledBy('loop.id'),
  }),
  node('SingleButton', {
    ...button,
    visible: when('isFalse', 'msgButtons[0].request'),
    actionType: 'url',
    url: ofItem('url'),
    iosUrl: ofItem('iosUrl'),
  }),
]);

/**
 * Templates of DingTalk's own that the official SDKs send by id (dingtalk 4.5). Nobody outside has their exports: these are ours,
 * over the variables that the SDKs fill.
 */
export const SHARED_TEMPLATES: ReadonlyMap<string, CardTemplate> = new Map([
  ['589420e2-c1e2-46ef-a5ed-b8728e654da9.schema', card({ markdown: 'markdown' }, [HEAD, MARKDOWN])],
  [
    '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
    card({ markdown: 'markdown', msgButtons: 'loopArray' }, [
      HEAD,
      MARKDOWN,
      BUTTONS,
      node('BaseText', { text: filledBy('tips'), size: 'small' }),
    ]),
  ],
]);
