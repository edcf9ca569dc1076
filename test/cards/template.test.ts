import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TEMPLATE_VARIABLES } from '../../cards/template/variables.ts';
import { cardTemplate, cardTemplateText } from '../../cards/template.ts';

interface Node {
  readonly componentName: string;
  readonly id: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

const editor = JSON.parse(cardTemplate().editorData) as {
  schema: { componentsTree: Node[]; componentsMap: { componentName: string }[] };
  variableList: { name: string; type: string; schema?: unknown }[];
  mockData: { cardData: Record<string, unknown> };
};

function nodes(tree: readonly Node[]): Node[] {
  return tree.flatMap((node) => [node, ...nodes(node.children ?? [])]);
}

const all = nodes(editor.schema.componentsTree);

describe('the card template', () => {
  it('is committed as the code makes it', () => {
    expect(readFileSync('cards/template.json', 'utf8')).toBe(cardTemplateText());
  });

  it('has the keys of the import format, the layout left to the builder', () => {
    expect(Object.keys(cardTemplate())).toEqual(['editorData', 'widgetInfo', 'type', 'mode']);
    expect(cardTemplate()).toMatchObject({ widgetInfo: '', type: 'im', mode: 'card' });
  });

  it('declares every component that it uses, each node with an id of its own', () => {
    const declared = editor.schema.componentsMap.map(({ componentName }) => componentName).sort();
    expect(declared).toEqual([...new Set(all.map(({ componentName }) => componentName))].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('binds every variable that it declares, and no other', () => {
    const declared = TEMPLATE_VARIABLES.map(({ name }) => name);
    expect(editor.variableList.map(({ name }) => name)).toEqual(declared);
    const text = JSON.stringify(all);
    const bound = [
      ...[...text.matchAll(/"variable":"([a-zA-Z_]+)/g)].map(([, name]) => name),
      ...[...text.matchAll(/\$\{(?!loop\.)([a-zA-Z_]+)\}/g)].map(([, name]) => name),
    ];
    expect([...new Set(bound)].sort()).toEqual([...declared].sort());
  });

  it('binds the form to a variable and sends back what it was', () => {
    const form = all.find(({ componentName }) => componentName === 'Form');
    expect(form?.props.id).toBe('form');
    expect(form?.props.formSchema).toMatchObject({ type: 'variableValue', variable: 'form' });
    const params = form?.props.params as { name: string; variable: string; type: string }[];
    expect(params.map(({ name, variable }) => [name, variable])).toEqual([
      ['action', 'form_action'],
      ['subject', 'form_subject'],
      ['version', 'form_version'],
      ['base', 'form_base'],
      ['extra', 'form_extra'],
    ]);
  });

  it('draws buttons by a Loop, each a request with the texts of its item', () => {
    const loop = all.find(({ props }) => JSON.stringify(props.listData)?.includes('"buttons"'));
    const button = loop?.children?.find(({ componentName }) => componentName === 'SingleButton');
    const bound = (name: string, id: string) => {
      return { type: 'variable', variable: `buttons[0].${name}`, value: '', name, id, variableType: 'loop' };
    };
    expect(button?.props).toMatchObject({
      actionType: 'request',
      params: [bound('action', '1'), bound('subject', '2'), bound('version', '3'), bound('extra', '4')],
    });
  });

  it('opens a page by a button that is there while it has a text, on phones by an address of its own', () => {
    const link = all.find(
      ({ props }) => props.actionType === 'url' && JSON.stringify(props.text)?.includes('link_text'),
    );
    const address = (variable: string) => ({ valueType: 'variable', variable });
    expect(link?.props).toMatchObject({
      url: address('link_url'),
      pcUrl: address('link_url'),
      androidUrl: address('link_phone'),
      iosUrl: address('link_phone'),
      visible: { condition: { conditions: [{ variable: 'link_text', op: 'isNotEmpty' }] } },
    });
  });

  it('depends on nothing that only the newer card engine knows, but for the form', () => {
    expect(JSON.stringify(editor)).not.toMatch(/"actionType":"dynamicEvent"|ButtonGroup/);
  });

  it('lets every part that can be absent take no room', () => {
    const always = all.filter(({ props }) => (props.visible as { valueType?: string })?.valueType === 'fixed');
    expect(always.map(({ id }) => id).sort()).toEqual(
      ['node_button', 'node_image', 'node_loop_buttons', 'node_loop_images'].sort(),
    );
  });

  it('is described in TEMPLATE.md: every variable and every component', () => {
    const described = readFileSync('cards/TEMPLATE.md', 'utf8').replace(/ +/g, ' ');
    for (const { name, type } of TEMPLATE_VARIABLES) expect(described).toContain(`| \`${name}\` | ${type} |`);
    for (const { componentName } of editor.schema.componentsMap) expect(described).toContain(`| ${componentName} |`);
  });
});
