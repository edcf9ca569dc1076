import type { RenderedButton, RenderedNode } from '../protocol/page-protocol.ts';
import { asText, bound, boundText, variableOf } from './bindings.ts';
import { renderButton, renderButtonGroup } from './button.ts';
import { type CardData, isRecord } from './card-data.ts';
import { renderForm } from './form.ts';
import { Scope } from './scope.ts';
import type { CardTemplate, Json, TemplateNode } from './template.ts';
import { isVisible } from './visibility.ts';

const CONTAINERS = new Set(['Card', 'StdCard', 'Grid', 'GridLayout', 'ColumnLayout', 'Page', 'Root']);

/** Draws a template's tree with one viewer's data: what each visible component shows, in order. */
export function renderCard(
  template: CardTemplate,
  data: CardData,
  mediaUrl: (mediaId: string) => string,
): RenderedNode[] {
  const scope = new Scope(data);
  return joined(template.roots.flatMap((root) => render(root, scope, mediaUrl)));
}

function render(node: TemplateNode, scope: Scope, mediaUrl: (mediaId: string) => string): RenderedNode[] {
  const { props } = node;
  if (!node.shown || !isVisible(props.visible, scope)) return [];
  const children = (): RenderedNode[] => node.children.flatMap((child) => render(child, scope, mediaUrl));
  switch (node.componentName) {
    case 'CardHeaderV2':
      return filled(boundText(props.title, scope), (title) => ({ kind: 'header', title }));
    case 'Tag':
      return filled(boundText(props.text, scope), (text) => ({
        kind: 'tag',
        text,
        color: boundText(props.color, scope),
      }));
    case 'BaseText':
    case 'BaseTextBlock':
      return filled(boundText(props.text, scope), (text) => ({ kind: 'text', text, small: isSmall(node) }));
    case 'Markdown':
    case 'MarkdownBlock':
      return filled(boundText(props.content, scope), (markdown) => ({ kind: 'markdown', markdown }));
    case 'Image':
    case 'Avatar':
      return filled(boundText(props.images ?? props.imageUrl, scope), (value) => ({
        kind: 'image',
        url: /^[@$]/.test(value) ? mediaUrl(value) : value,
        alt: boundText(props.hoverText ?? props.name, scope),
      }));
    case 'ProgressBar':
      return progress(bound(props.progress, scope));
    case 'Divider':
    case 'DividerBlock':
      return [{ kind: 'divider' }];
    case 'Table':
      return table(bound(props.data, scope));
    case 'Chart':
      return chart(bound(props.data, scope));
    case 'Form': {
      const form = renderForm(node, scope);
      return form === undefined ? [] : [{ kind: 'form', form }];
    }
    case 'SingleButton': {
      const button = renderButton(node, scope);
      return button === undefined ? [] : [{ kind: 'buttons', buttons: [button] }];
    }
    case 'ButtonGroup':
      return [{ kind: 'buttons', buttons: renderButtonGroup(node, scope) }];
    case 'ButtonList':
      return children();
    case 'Loop': {
      const list = bound(props.listData, scope);
      const variable = variableOf(props.listData);
      return (Array.isArray(list) ? (list as readonly Json[]) : []).flatMap((item) =>
        node.children.flatMap((child) => render(child, scope.within(variable, item), mediaUrl)),
      );
    }
    default:
      return CONTAINERS.has(node.componentName) ? children() : [{ kind: 'unknown', componentName: node.componentName }];
  }
}

/** Buttons that follow each other stand together; a group without any is nothing. */
function joined(nodes: readonly RenderedNode[]): RenderedNode[] {
  const result: RenderedNode[] = [];
  let row: RenderedButton[] | undefined;
  for (const node of nodes) {
    if (node.kind !== 'buttons') {
      row = undefined;
      result.push(node);
    } else if (row !== undefined) {
      row.push(...node.buttons);
    } else if (node.buttons.length > 0) {
      row = [...node.buttons];
      result.push({ kind: 'buttons', buttons: row });
    }
  }
  return result;
}

function filled(text: string, node: (text: string) => RenderedNode): RenderedNode[] {
  return text === '' ? [] : [node(text)];
}

function isSmall(node: TemplateNode): boolean {
  return node.props.size === 'small' || /footnote|caption/.test(asText(node.props.styleToken));
}

function progress(value: Json | undefined): RenderedNode[] {
  const percent = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(percent) ? [{ kind: 'progress', percent: Math.min(100, Math.max(0, percent)) }] : [];
}

/** `{data: [{alias: cell}], meta: [{alias, aliasName}]}` (dingtalk 4.7). */
function table(value: Json | undefined): RenderedNode[] {
  if (!isRecord(value) || !Array.isArray(value.meta) || !Array.isArray(value.data)) return [];
  const meta = (value.meta as readonly Json[]).filter(isRecord);
  const rows = (value.data as readonly Json[]).filter(isRecord);
  if (meta.length === 0 || rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: meta.map((column) => asText(column.aliasName)),
      rows: rows.map((row) => meta.map((column) => cellText(row[asText(column.alias)]))),
    },
  ];
}

function cellText(cell: Json | undefined): string {
  return isRecord(cell) ? asText(cell.text ?? cell.value ?? cell.name) : asText(cell);
}

function chart(value: Json | undefined): RenderedNode[] {
  return isRecord(value) && Array.isArray(value.data) && value.data.length > 0 ? [{ kind: 'chart', chart: value }] : [];
}
