import { type ChartPoint, readChart, slicePath } from '../state/chart-data.ts';

const COLOURS = 6;

/** A small chart: bars, or a pie; each value is written beside it, so that nothing rests on colour. */
export function Chart({ chart }: { readonly chart: unknown }) {
  const read = readChart(chart);
  if (!read || read.points.length === 0) return null;
  return (
    <figure class="chart">
      {read.type === 'pieChart' ? <Pie points={read.points} /> : null}
      <ul class="chart-legend">
        {read.points.map((point, index) => (
          <li key={`${index}-${point.x}`}>
            <span class={`chart-key chart-${index % COLOURS}`} aria-hidden="true" />
            <span class="chart-label">{point.x}</span>
            {read.type === 'pieChart' ? null : <Bar point={point} all={read.points} colour={index % COLOURS} />}
            <span class="chart-value">{point.y}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

interface BarProps {
  readonly point: ChartPoint;
  readonly all: readonly ChartPoint[];
  readonly colour: number;
}

function Bar({ point, all, colour }: BarProps) {
  const most = Math.max(...all.map((one) => one.y), 1);
  return (
    <svg class="chart-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class={`chart-${colour}`} width={(100 * point.y) / most} height="8" />
    </svg>
  );
}

function Pie({ points }: { readonly points: readonly ChartPoint[] }) {
  const total = points.reduce((sum, point) => sum + point.y, 0);
  if (total === 0) return null;
  let reached = 0;
  return (
    <svg class="chart-pie" viewBox="-50 -50 100 100" aria-hidden="true">
      {points.map((point, index) => {
        const from = reached;
        reached += point.y / total;
        const classes = `chart-${index % COLOURS}`;
        const key = `${index}-${point.x}`;
        // A slice that is everything has no outline of its own.
        return point.y === total ? (
          <circle key={key} class={classes} r="50" />
        ) : (
          <path key={key} class={classes} d={slicePath(from, reached)} />
        );
      })}
    </svg>
  );
}
