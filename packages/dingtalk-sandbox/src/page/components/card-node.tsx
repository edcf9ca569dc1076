import type { RenderedNode } from '../../protocol/page-protocol.ts';
import { words } from '../state/words.ts';
import { Buttons } from './buttons.tsx';
import type { Draw } from './card-context.ts';
import { CardIcon } from './card-icon.tsx';
import { CardImage } from './card-image.tsx';
import { CardInput } from './card-input.tsx';
import { CardTitle } from './card-title.tsx';
import { Chart } from './chart.tsx';
import { Box, Panel, Row } from './containers.tsx';
import { Feedback } from './feedback.tsx';
import { Form } from './form.tsx';
import { Markdown } from './markdown.tsx';
import { Sign } from './sign.tsx';
import { Table } from './table.tsx';
import { Tag } from './tag.tsx';
import { TypedMarkdown } from './typed-markdown.tsx';

/** What a card or a part of it shows, one below the other. */
export function CardNodes({ nodes }: { readonly nodes: readonly RenderedNode[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <CardNode key={nodeKey(node, index)} node={node} />
      ))}
    </>
  );
}

const draw: Draw = (nodes) => <CardNodes nodes={nodes} />;

/** One component of a card's template. */
function CardNode({ node }: { readonly node: RenderedNode }) {
  switch (node.kind) {
    case 'header':
      return <CardTitle title={node.title} sign={node.sign} />;
    case 'tag':
      return <Tag text={node.text} color={node.color} />;
    case 'text':
      return node.text === '' ? null : <Text node={node} />;
    case 'markdown':
      return node.streaming ? <TypedMarkdown source={node.markdown} /> : <Markdown source={node.markdown} />;
    case 'progress':
      return <Progress percent={node.percent} told={node.told} />;
    case 'icon':
      return <CardIcon name={node.name} />;
    case 'image':
      return <CardImage url={node.url} alt={node.alt} size={node.size} />;
    case 'divider':
      return <hr class="card-divider" />;
    case 'table':
      return <Table columns={node.columns} rows={node.rows} />;
    case 'chart':
      return <Chart chart={node.chart} />;
    case 'form':
      return <Form form={node.form} />;
    case 'buttons':
      return <Buttons buttons={node.buttons} sideBySide={node.sideBySide} />;
    case 'row':
      return <Row cells={node.cells} columns={node.columns} draw={draw} />;
    case 'box':
      return <Box nodes={node.nodes} shaded={node.shaded} event={node.event} draw={draw} />;
    case 'panel':
      return <Panel title={node.title} open={node.open} nodes={node.nodes} draw={draw} />;
    case 'input':
      return <CardInput input={node.input} draw={draw} />;
    case 'pending':
      return (
        <p class="pending" role="status">
          <span class="spinner" aria-hidden="true" />
          {node.text}
        </p>
      );
    case 'feedback':
      return <Feedback copies={node.copies} />;
    case 'unknown':
      return (
        <p class="unknown">
          {words.value.card.notDrawn(node.componentName)}
          {node.problem ? `: ${node.problem}` : ''}.
        </p>
      );
  }
}

function Text({ node: { text, small, align, sign } }: { readonly node: Extract<RenderedNode, { kind: 'text' }> }) {
  const classes = [small ? 'card-note' : 'card-text', align && `text-${align}`, sign && 'with-sign'];
  return (
    <p class={classes.filter(Boolean).join(' ')}>
      <Sign sign={sign} />
      {text}
    </p>
  );
}

/** How far something is; in figures too where the template says so. */
function Progress({ percent, told }: { readonly percent: number; readonly told: true | undefined }) {
  const bar = <progress class="card-progress" value={percent} max={100} aria-label={words.value.card.progress} />;
  return told ? (
    <div class="progress-line">
      {bar}
      <span class="card-note">{Math.round(percent)}%</span>
    </div>
  ) : (
    bar
  );
}

/** A form is the same for as long as its fields are, wherever it stands. */
function nodeKey(node: RenderedNode, index: number): string {
  return node.kind === 'form' ? `form ${JSON.stringify(node.form.fields)}` : `${index} ${node.kind}`;
}
