import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedTableItem } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Drawing, Renderer } from '../drawing.ts';
import { renderEvent } from '../event.ts';
import type { Json } from '../template.ts';
import { buttonWith } from './buttons.ts';
import { picture } from './signs.ts';

type JsonRecord = { readonly [key: string]: Json };

/** The side of a picture in a cell where the template names none. */
const PICTURE_PX = 30;

/** `{data: [{alias: cell}], meta: [{alias, aliasName, dataType}]}` (dingtalk 4.7). */
const table: Renderer = (node, drawing) => {
  const value = bound(node.props.data, drawing.scope);
  if (!isRecord(value) || !Array.isArray(value.meta) || !Array.isArray(value.data)) return [];
  const meta = (value.meta as readonly Json[]).filter(isRecord);
  const rows = (value.data as readonly Json[]).filter(isRecord);
  if (meta.length === 0 || rows.length === 0) return [];
  const { imageSize } = node.props;
  const place = { drawing, nodeId: node.id, pictureSide: typeof imageSize === 'number' ? imageSize : PICTURE_PX };
  return [
    {
      kind: 'table',
      columns: meta.map((column) => asText(column.aliasName)),
      rows: rows.map((row) => meta.map((column) => item(row, column, place))),
    },
  ];
};

export const TABLES: Readonly<Record<string, Renderer>> = { Table: table };

interface Place {
  readonly drawing: Drawing;
  readonly nodeId: string;
  readonly pictureSide: number;
}

/** One cell; a BUTTON is told by its column, the other objects by what they hold. */
function item(row: JsonRecord, column: JsonRecord, { drawing, nodeId, pictureSide }: Place): RenderedTableItem {
  const cell = row[asText(column.alias)];
  if (!isRecord(cell)) return asText(cell);
  const event = eventOf(cell, { column, row }, drawing, nodeId);
  if (column.dataType === 'BUTTON') return { button: buttonWith(cell, event, drawing, asText(cell.text)) };
  const text = asText(cell.text ?? cell.value ?? cell.name);
  const sign = picture(asText(cell.icon), drawing, pictureSide);
  return event === undefined && sign === undefined ? text : { text, sign, event };
}

/** `request` calls back with where the cell stands; otherwise `url` opens. */
function eventOf(
  cell: JsonRecord,
  params: { readonly column: JsonRecord; readonly row: JsonRecord },
  { scope }: Drawing,
  nodeId: string,
): RenderedEvent | undefined {
  if (cell.request === true) return { kind: 'request', actionId: nodeId, params, loops: scope.loops };
  return renderEvent({ actionType: 'url', url: cell.url ?? null }, scope, nodeId);
}
