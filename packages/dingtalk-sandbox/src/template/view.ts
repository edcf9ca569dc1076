import type { RenderedButton, RenderedNode, RenderedTableItem, RenderedView } from '../protocol/rendered.ts';

/** What a card says in short, for tests and scripts: the nodes, those inside others too, sorted by what they are. */
export function viewOf(nodes: readonly RenderedNode[]): RenderedView {
  const all = nodes.flatMap(withInner);
  const header = all.find((node) => node.kind === 'header');
  return {
    title: header?.title ?? '',
    texts: all.flatMap(ownTexts),
    images: all.flatMap((node) => (node.kind === 'image' && node.url !== '' ? [node.url] : [])),
    forms: all.flatMap((node) => (node.kind === 'form' ? [node.form] : [])),
    buttons: all.flatMap(ownButtons),
  };
}

/** A node and what stands inside it, from the outside in. */
export function withInner(node: RenderedNode): RenderedNode[] {
  return [node, ...innerOf(node).flatMap(withInner)];
}

/** The texts of a node and of what stands inside it. */
export function textsOf(node: RenderedNode): string[] {
  return withInner(node).flatMap(ownTexts);
}

function innerOf(node: RenderedNode): readonly RenderedNode[] {
  switch (node.kind) {
    case 'row':
      return node.cells.flatMap((cell) => cell.nodes);
    case 'box':
    case 'panel':
      return node.nodes;
    default:
      return [];
  }
}

function ownButtons(node: RenderedNode): readonly RenderedButton[] {
  if (node.kind === 'buttons') return node.buttons;
  if (node.kind !== 'table') return [];
  return node.rows.flat().flatMap((item) => (typeof item === 'object' && 'button' in item ? [item.button] : []));
}

function wordsOf(item: RenderedTableItem): string {
  if (typeof item === 'string') return item;
  return 'button' in item ? item.button.label : item.text;
}

function ownTexts(node: RenderedNode): string[] {
  switch (node.kind) {
    case 'tag':
    case 'text':
    case 'pending':
      return [node.text];
    case 'markdown':
      return [node.markdown];
    case 'panel':
      return [node.title];
    case 'table':
      return [node.columns.join(' | '), ...node.rows.map((row) => row.map(wordsOf).join(' | '))];
    case 'input':
      return node.input.type === 'list' ? node.input.items.map((item) => item.text) : [];
    default:
      return [];
  }
}
