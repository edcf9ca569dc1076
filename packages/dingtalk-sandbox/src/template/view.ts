import type { RenderedNode, RenderedView } from '../protocol/page-protocol.ts';

/** What a card says in short, for tests and scripts: the nodes sorted by what they are. */
export function viewOf(nodes: readonly RenderedNode[]): RenderedView {
  const header = nodes.find((node) => node.kind === 'header');
  return {
    title: header?.title ?? '',
    texts: nodes.flatMap((node) => textsOf(node)),
    images: nodes.flatMap((node) => (node.kind === 'image' ? [node.url] : [])),
    forms: nodes.flatMap((node) => (node.kind === 'form' ? [node.form] : [])),
    buttons: nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : [])),
  };
}

function textsOf(node: RenderedNode): string[] {
  switch (node.kind) {
    case 'tag':
    case 'text':
      return [node.text];
    case 'markdown':
      return [node.markdown];
    case 'table':
      return [node.columns.join(' | '), ...node.rows.map((row) => row.join(' | '))];
    default:
      return [];
  }
}
