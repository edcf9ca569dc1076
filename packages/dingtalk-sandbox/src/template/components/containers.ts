import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedCell, RenderedNode } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundText, variableOf } from '../bindings.ts';
import type { Drawing, Renderer } from '../drawing.ts';
import { renderEvent } from '../event.ts';
import type { Json, Props, TemplateNode } from '../template.ts';
import { textsOf } from '../view.ts';
import { isVisible } from '../visibility.ts';
import { titleSign } from './signs.ts';

/** Components that take what is left of a row; the others are as wide as what they show. */
const SHARES = new Set(['ProgressBar', 'Loop', 'Markdown', 'MarkdownBlock', 'GridLayout', 'CheckboxList']);

const transparent: Renderer = (node, { inside }) => node.children.flatMap((child) => inside(child));

/** A Card may have a link of its own (older ones without naming its kind), while a condition holds. */
const card: Renderer = (node, drawing) => wholeCard(node, drawing, transparent(node, drawing));

function wholeCard({ props, id }: TemplateNode, drawing: Drawing, nodes: RenderedNode[]): RenderedNode[] {
  const open = isVisible(props.linkCondition, drawing.scope);
  const event = open ? tapOf({ ...props, actionType: props.actionType ?? 'url' }, drawing, id) : undefined;
  return event === undefined || nodes.length === 0 ? nodes : [{ kind: 'box', nodes, shaded: false, event }];
}

/** A StdCard has its title and tag in props of its own. */
const standardCard: Renderer = (node, drawing) => {
  const title = boundText(node.props.cardName, drawing.scope);
  const tag = boundText(node.props.tagText, drawing.scope);
  return wholeCard(node, drawing, [
    ...(title === '' ? [] : [{ kind: 'header', title, sign: titleSign(node.props.cardIcon, drawing) } as const]),
    ...(tag === '' ? [] : [{ kind: 'tag', text: tag, color: boundText(node.props.tagColor, drawing.scope) } as const]),
    ...transparent(node, drawing),
  ]);
};

/** A Grid lays out downwards or sideways, may have a background, and may be tapped as a whole. */
const grid: Renderer = (node, drawing) => {
  const { props } = node;
  const nodes = props.direction === 'horizontal' ? row(node, drawing) : transparent(node, drawing);
  const event = tapOf(props, drawing, 'grid');
  const shaded = props.hasBackground === true;
  if (nodes.length === 0) return shaded && isLine(props) ? [{ kind: 'divider' }] : [];
  return event === undefined && !shaded ? nodes : [{ kind: 'box', nodes, shaded, event }];
};

const gridLayout: Renderer = (node, drawing) => {
  const columns = Math.max(1, Number(bound(node.props.columnCount, drawing.scope)) || 1);
  const cells = eachItem(node, drawing).map((nodes): RenderedCell => ({ nodes, width: 'share' }));
  return cells.length === 0 ? [] : [{ kind: 'row', cells, columns }];
};

const loop: Renderer = (node, drawing) => eachItem(node, drawing).flat();

const collapsePanel: Renderer = (node, drawing) => [
  {
    kind: 'panel',
    id: boundText(node.props.id, drawing.scope) || node.id,
    title: boundText(node.props.title, drawing.scope),
    open: node.props.contentVisible === true,
    nodes: transparent(node, drawing),
  },
];

export const CONTAINERS: Readonly<Record<string, Renderer>> = {
  Card: card,
  Page: transparent,
  Root: transparent,
  ColumnLayout: transparent,
  StdCard: standardCard,
  Grid: grid,
  GridLayout: gridLayout,
  Loop: loop,
  CollapsePanel: collapsePanel,
};

/** What is drawn for each item of `listData`; a GridLayout without a list draws its children once. */
export function eachItem(node: TemplateNode, { scope, inside }: Drawing): RenderedNode[][] {
  const { listData } = node.props;
  if (listData === undefined) return node.children.map((child) => inside(child));
  const list = bound(listData, scope);
  const variable = variableOf(listData);
  return (Array.isArray(list) ? (list as readonly Json[]) : []).map((item, index) =>
    node.children.flatMap((child) => inside(child, scope.within(variable, item, index))),
  );
}

function row(node: TemplateNode, { inside }: Drawing): RenderedNode[] {
  const cells = node.children.flatMap((child): RenderedCell[] => {
    const nodes = inside(child);
    return nodes.length === 0 ? [] : [{ nodes, ...widthOf(child) }];
  });
  return cells.length === 0 ? [] : [{ kind: 'row', cells: named(cells) }];
}

function widthOf({ componentName, props }: TemplateNode): Pick<RenderedCell, 'width' | 'span'> {
  const fills = SHARES.has(componentName) || (componentName === 'BaseText' && props.autoWidth === false);
  if (componentName !== 'Grid') return { width: fills ? 'share' : 'content' };
  if (props.isFixedWidth === true && typeof props.width === 'number') return { width: props.width };
  if (props.isAutoWidth === true) return { width: 'content' };
  const span = props.enableColSpan === true && typeof props.colSpan === 'number' ? props.colSpan : 1;
  return { width: 'share', span: span > 1 ? span : undefined };
}

/** A Checkbox has no words of its own: it is called by the texts beside it. */
function named(cells: readonly RenderedCell[]): RenderedCell[] {
  const label = cells
    .flatMap((cell) => cell.nodes.flatMap(textsOf))
    .join(' ')
    .trim();
  return cells.map((cell) => ({
    ...cell,
    nodes: cell.nodes.map((node) =>
      node.kind === 'input' && node.input.type === 'tick' && node.input.label === ''
        ? { ...node, input: { ...node.input, label } }
        : node,
    ),
  }));
}

/** Older exports have no switch for the click; where there is one it says whether the event counts. */
function tapOf(props: Props, { scope }: Drawing, nodeId: string): RenderedEvent | undefined {
  return props.enableClickEvent === false ? undefined : renderEvent(props, scope, nodeId);
}

function isLine({ height, isAutoHeight }: Props): boolean {
  return isAutoHeight !== true && Number(asText(height)) <= 8;
}
