import type { RenderedNode } from '../../protocol/page-protocol.ts';
import { ownImage } from '../markdown/addresses.ts';
import { Buttons } from './buttons.tsx';
import { Chart } from './chart.tsx';
import { Form } from './form.tsx';
import { Markdown } from './markdown.tsx';
import { Picture } from './pictures.tsx';
import { Table } from './table.tsx';
import { Tag } from './tag.tsx';

/** One component of a card's template. */
export function CardNode({ node }: { readonly node: RenderedNode }) {
  switch (node.kind) {
    case 'header':
      return <h2 class="card-title">{node.title}</h2>;
    case 'tag':
      return <Tag text={node.text} color={node.color} />;
    case 'text':
      return node.text === '' ? null : <p class={node.small ? 'card-note' : 'card-text'}>{node.text}</p>;
    case 'markdown':
      return <Markdown source={node.markdown} />;
    case 'progress':
      return <progress class="card-progress" value={node.percent} max={100} aria-label="Progress" />;
    case 'image':
      return <CardImage url={node.url} alt={node.alt} />;
    case 'divider':
      return <hr class="card-divider" />;
    case 'table':
      return <Table columns={node.columns} rows={node.rows} />;
    case 'chart':
      return <Chart chart={node.chart} />;
    case 'form':
      return <Form form={node.form} />;
    case 'buttons':
      return <Buttons buttons={node.buttons} />;
    case 'unknown':
      return <p class="unknown">Component “{node.componentName}” is not drawn here.</p>;
  }
}

function CardImage({ url, alt }: { readonly url: string; readonly alt: string }) {
  const address = ownImage(url, location.origin);
  if (!address) return <p class="unknown">A picture from elsewhere is not shown here.</p>;
  return (
    <div class="card-image">
      <Picture address={address} alt={alt} />
    </div>
  );
}
