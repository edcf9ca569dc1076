import type { Json } from './template/bindings.ts';
import {
  card,
  chart,
  form,
  header,
  markdown,
  progressBar,
  smallText,
  table,
  tag,
  warning,
} from './template/components.ts';
import { linkButton, loop, loopButton, loopImage } from './template/loops.ts';
import type { Node } from './template/node.ts';
import { TEMPLATE_VARIABLES, variableList } from './template/variables.ts';

/** The builder's import format (dingtalk 4.1); the builder compiles `widgetInfo` itself when the template is saved. */
export interface TemplateFile {
  readonly editorData: string;
  readonly widgetInfo: '';
  readonly type: 'im';
  readonly mode: 'card';
}

/** The one card template, which draws every view: `cards/TEMPLATE.md` explains it part by part. */
export function cardTemplate(): TemplateFile {
  const tree = card('lastMessage', [
    header('title'),
    tag('tag', 'tag_color'),
    smallText('progress_text', 'progress_text'),
    progressBar('progress', 'progress_text'),
    markdown('body', 'body'),
    markdown('facts', 'facts'),
    loop('images', [loopImage('images')]),
    table('table', 'has_table'),
    chart('chart', 'has_chart'),
    form({
      schema: 'form',
      submit: 'form_btn_text',
      status: 'form_status',
      shown: 'has_form',
      params: {
        action: 'form_action',
        subject: 'form_subject',
        version: 'form_version',
        base: 'form_base',
        extra: 'form_extra',
      },
    }),
    warning('form_mistake'),
    linkButton('link_text', { url: 'link_url', phone: 'link_phone' }),
    loop('buttons', [loopButton('buttons', ['action', 'subject', 'version', 'extra'])]),
    smallText('note', 'note'),
  ]);
  return { editorData: JSON.stringify(editorData(tree)), widgetInfo: '', type: 'im', mode: 'card' };
}

/** The template as the text of a file that the builder imports. */
export function cardTemplateText(): string {
  return `${JSON.stringify(cardTemplate(), null, 2)}\n`;
}

function editorData(tree: Node): Json {
  return {
    schemaVersion: '3.0.0',
    schema: { version: '1.0.0', componentsMap: componentsMap(tree), componentsTree: [tree], i18n: {} },
    mockData: { cardData: mockData(), cardPrivateData: {}, localData: {}, richTextData: {} },
    editVersion: 0,
    customWidgetInfo: '',
    useCustomWidgetInfo: false,
    variableList: variableList(),
    formList: [],
    expList: [],
    localList: [],
    hsfList: [],
    lwpList: [],
    extension: {
      extendType: 'NORMAL',
      fileTypeList: [{ fileName: 'event_chain', fileSource: '{}', fileType: 'json' }],
    },
  };
}

/** Every component that the tree uses, once; the Form is a low-code component of the builder, the others are packaged. */
function componentsMap(tree: Node): Json[] {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    names.add(node.componentName);
    if (Array.isArray(node.children)) for (const child of node.children) visit(child as Node);
  };
  visit(tree);
  return [...names].map((componentName) =>
    componentName === 'Form'
      ? { devMode: 'lowCode', componentName }
      : {
          package: '@ali/dxComponent',
          version: '1.0.0',
          exportName: componentName,
          main: './src/index.tsx',
          destructuring: false,
          subName: '',
          componentName,
        },
  );
}

function mockData(): Json {
  const sample: Record<string, Json> = {};
  for (const { name, type, empty } of TEMPLATE_VARIABLES) {
    const plain = type === 'string' || type === 'markdown';
    sample[name] = plain ? empty || name : (JSON.parse(empty) as Json);
  }
  return sample;
}
