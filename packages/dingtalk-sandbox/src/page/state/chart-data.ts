export interface ChartPoint {
  readonly x: string;
  readonly y: number;
}

export interface ChartData {
  readonly type: 'histogram' | 'pieChart' | 'lineChart';
  readonly points: readonly ChartPoint[];
}

const TYPES = ['histogram', 'pieChart', 'lineChart'] as const;

/** A `chart` variable as far as it can be drawn (dingtalk 4.7), undefined for anything else. */
export function readChart(chart: unknown): ChartData | undefined {
  if (typeof chart !== 'object' || chart === null || !('data' in chart) || !Array.isArray(chart.data)) return undefined;
  const named = 'type' in chart ? chart.type : undefined;
  const points = chart.data.flatMap((point: unknown) => {
    if (typeof point !== 'object' || point === null || !('x' in point) || !('y' in point)) return [];
    const y = Number(point.y);
    return Number.isFinite(y) ? [{ x: String(point.x), y: Math.max(0, y) }] : [];
  });
  return { type: TYPES.find((type) => type === named) ?? 'histogram', points };
}

/** The outline of a pie's slice, from and to as parts of the whole, in a circle of radius 50 around 0,0. */
export function slicePath(from: number, to: number): string {
  const point = (part: number): string => {
    const angle = (part - 0.25) * 2 * Math.PI;
    return `${(50 * Math.cos(angle)).toFixed(2)} ${(50 * Math.sin(angle)).toFixed(2)}`;
  };
  return `M0 0 L${point(from)} A50 50 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z`;
}
