import { asText } from '../as-text.ts';
import { bound } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import type { Json } from '../template.ts';

/** `{data: [{alias: cell}], meta: [{alias, aliasName}]}` (dingtalk 4.7). */
const table: Renderer = ({ props }, { scope }) => {
  const value = bound(props.data, scope);
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
};

const chart: Renderer = ({ props }, { scope }) => {
  const value = bound(props.data, scope);
  const hasData = isRecord(value) && Array.isArray(value.data) && value.data.length > 0;
  return hasData ? [{ kind: 'chart', chart: value }] : [];
};

export const FIGURES: Readonly<Record<string, Renderer>> = { Table: table, Chart: chart };

function cellText(cell: Json | undefined): string {
  return isRecord(cell) ? asText(cell.text ?? cell.value ?? cell.name) : asText(cell);
}
