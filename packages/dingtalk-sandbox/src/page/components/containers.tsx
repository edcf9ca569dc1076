import { useContext } from 'preact/hooks';
import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedCell, RenderedNode } from '../../protocol/rendered.ts';
import { textsOf } from '../../template/view.ts';
import { startEvent } from '../state/card-events.ts';
import { tapKey, waitingTaps } from '../state/taps.ts';
import { CardContext, type Draw } from './card-context.ts';

interface RowProps {
  readonly cells: readonly RenderedCell[];
  readonly columns: number | undefined;
  readonly draw: Draw;
}

/** Parts side by side, as wide as the template says; with a number of columns, in lines of so many. */
export function Row({ cells, columns, draw }: RowProps) {
  const style = columns === undefined ? {} : { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` };
  return (
    <div class={columns === undefined ? 'card-row' : 'card-row card-row-columns'} style={style}>
      {cells.map((cell, index) => (
        <div class="card-cell" key={`${index} ${cell.nodes[0]?.kind}`} style={{ flex: flexOf(cell) }}>
          {draw(cell.nodes)}
        </div>
      ))}
    </div>
  );
}

function flexOf({ width, span = 1 }: RenderedCell): string {
  if (typeof width === 'number') return `0 0 ${width}px`;
  return width === 'content' ? '0 1 auto' : `${span} 1 0`;
}

interface BoxProps {
  readonly nodes: readonly RenderedNode[];
  readonly shaded: boolean;
  readonly event: RenderedEvent | undefined;
  readonly draw: Draw;
}

/**
 * Parts that belong together. Where all of it can be tapped, a button lies under what stands in it: what can be tapped inside
 * comes first, as in DingTalk's client.
 */
export function Box({ nodes, shaded, event, draw }: BoxProps) {
  const shade = shaded ? ' box-shaded' : '';
  if (event === undefined) {
    return <div class={`box${shade}`}>{draw(nodes)}</div>;
  }
  return (
    <div class={`box box-taps${shade}`}>
      <BoxButton event={event} label={labelOf(nodes)} />
      <div class="box-content">{draw(nodes)}</div>
    </div>
  );
}

function BoxButton({ event, label }: { readonly event: RenderedEvent; readonly label: string }) {
  const place = useContext(CardContext);
  const control = `box ${label} ${JSON.stringify(event)}`;
  const waiting = waitingTaps.value.has(tapKey(place.outTrackId, control));
  return (
    <button
      type="button"
      class="box-button"
      aria-label={label}
      aria-busy={waiting}
      aria-disabled={waiting || undefined}
      onClick={() => startEvent(event, { ...place, control })}
    />
  );
}

/** What stands in a box names it; an icon by its own name. */
function labelOf(nodes: readonly RenderedNode[]): string {
  const icons = nodes.flatMap((node) => (node.kind === 'icon' ? [node.name] : []));
  return nodes.flatMap(textsOf).join(' ') || icons.join(' ') || 'Open';
}

interface PanelProps {
  readonly title: string;
  readonly open: boolean;
  readonly nodes: readonly RenderedNode[];
  readonly draw: Draw;
}

/** A part that opens and closes under its title. */
export function Panel({ title, open, nodes, draw }: PanelProps) {
  return (
    <details class="panel" open={open}>
      <summary>{title}</summary>
      <div class="panel-content">{draw(nodes)}</div>
    </details>
  );
}
