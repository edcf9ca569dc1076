export interface ChartPoint {
  readonly x: string;
  /** From where to where a bar reaches; from 0 unless the value is a pair. */
  readonly from: number;
  readonly to: number;
  /** The value in words. */
  readonly value: string;
}

/** What one group of points (`type`) is; a chart without groups has one without a name. */
export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartData {
  readonly type: 'histogram' | 'pieChart' | 'lineChart';
  readonly series: readonly ChartSeries[];
}

const TYPES = ['histogram', 'pieChart', 'lineChart'] as const;

/** A `chart` variable as far as it can be drawn (dingtalk 4.7), its points by group; undefined for anything else. */
export function readChart(chart: unknown): ChartData | undefined {
  if (typeof chart !== 'object' || chart === null || !('data' in chart) || !Array.isArray(chart.data)) return undefined;
  const named = 'type' in chart ? chart.type : undefined;
  const groups = new Map<string, ChartPoint[]>();
  for (const one of chart.data as readonly unknown[]) {
    const point = readPoint(one);
    if (point === undefined) continue;
    const name = groupOf(one);
    groups.set(name, [...(groups.get(name) ?? []), point]);
  }
  return {
    type: TYPES.find((type) => type === named) ?? 'histogram',
    series: [...groups].map(([name, points]) => ({ name, points })),
  };
}

function readPoint(point: unknown): ChartPoint | undefined {
  if (typeof point !== 'object' || point === null || !('x' in point) || !('y' in point)) return undefined;
  const ends = (Array.isArray(point.y) ? (point.y as readonly unknown[]) : [0, point.y]).map(Number);
  const [from, to] = ends;
  if (from === undefined || to === undefined || !ends.every(Number.isFinite)) return undefined;
  return { x: String(point.x), from, to, value: Array.isArray(point.y) ? `${from} to ${to}` : String(to) };
}

function groupOf(point: unknown): string {
  const named = typeof point === 'object' && point !== null && 'type' in point ? point.type : undefined;
  return typeof named === 'string' ? named : '';
}

/** The outline of a pie's slice, from and to as parts of the whole, in a circle of radius 50 around 0,0. */
export function slicePath(from: number, to: number): string {
  const point = (part: number): string => {
    const angle = (part - 0.25) * 2 * Math.PI;
    return `${(50 * Math.cos(angle)).toFixed(2)} ${(50 * Math.sin(angle)).toFixed(2)}`;
  };
  return `M0 0 L${point(from)} A50 50 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z`;
}
