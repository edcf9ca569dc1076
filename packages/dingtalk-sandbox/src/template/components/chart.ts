import { bound } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';

/** What is drawn of it is read on the page: every type has a form of its own. */
const chart: Renderer = ({ props }, { scope }) => {
  const value = bound(props.data, scope);
  const hasData = isRecord(value) && Array.isArray(value.data) && value.data.length > 0;
  return hasData ? [{ kind: 'chart', chart: value }] : [];
};

export const CHARTS: Readonly<Record<string, Renderer>> = { Chart: chart };
