import { type ChartPoint, type ChartSeries, readChart, slicePath } from '../state/chart-data.ts';

const COLOURS = 6;

/** A small chart: bars by group, or a pie; each value is written beside it, so that nothing rests on colour. */
export function Chart({ chart }: { readonly chart: unknown }) {
  const read = readChart(chart);
  if (!read || read.series.length === 0) return null;
  const all = read.series.flatMap(({ points }) => points);
  if (read.type === 'pieChart') {
    return (
      <figure class="chart">
        <Pie points={all} />
        <Legend points={all} />
      </figure>
    );
  }
  // a line has one colour; of bars alone each has its own
  const isOne = read.series.length > 1 || read.type === 'lineChart';
  return (
    <figure class="chart">
      {read.series.map((one, index) => (
        <Bars key={one.name} series={one} all={all} colour={isOne ? index % COLOURS : undefined} />
      ))}
    </figure>
  );
}

interface BarsProps {
  readonly series: ChartSeries;
  readonly all: readonly ChartPoint[];
  /** That of the whole group; in a chart of one group each bar has its own. */
  readonly colour: number | undefined;
}

function Bars({ series: { name, points }, all, colour }: BarsProps) {
  return (
    <>
      {name === '' ? null : <p class="chart-group">{name}</p>}
      <ul class="chart-legend">
        {points.map((point, index) => (
          <li key={`${index}-${point.x}`}>
            <Key colour={colour ?? index % COLOURS} />
            <span class="chart-label">{point.x}</span>
            <Bar point={point} all={all} colour={colour ?? index % COLOURS} />
            <span class="chart-value">{point.value}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Legend({ points }: { readonly points: readonly ChartPoint[] }) {
  return (
    <ul class="chart-legend">
      {points.map((point, index) => (
        <li key={`${index}-${point.x}`}>
          <Key colour={index % COLOURS} />
          <span class="chart-label">{point.x}</span>
          <span class="chart-value">{point.value}</span>
        </li>
      ))}
    </ul>
  );
}

function Key({ colour }: { readonly colour: number }) {
  return <span class={`chart-key chart-${colour}`} aria-hidden="true" />;
}

interface BarProps {
  readonly point: ChartPoint;
  readonly all: readonly ChartPoint[];
  readonly colour: number;
}

function Bar({ point, all, colour }: BarProps) {
  const ends = all.flatMap(({ from, to }) => [from, to]);
  const least = Math.min(0, ...ends);
  const scale = 100 / (Math.max(1, ...ends) - least);
  const start = (Math.min(point.from, point.to) - least) * scale;
  return (
    <svg class="chart-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class={`chart-${colour}`} x={start} width={Math.abs(point.to - point.from) * scale} height="8" />
    </svg>
  );
}

function Pie({ points }: { readonly points: readonly ChartPoint[] }) {
  const total = points.reduce((sum, { to }) => sum + Math.max(0, to), 0);
  if (total === 0) return null;
  let reached = 0;
  return (
    <svg class="chart-pie" viewBox="-50 -50 100 100" aria-hidden="true">
      {points.map((point, index) => {
        const from = reached;
        reached += Math.max(0, point.to) / total;
        const classes = `chart-${index % COLOURS}`;
        const key = `${index}-${point.x}`;
        // A slice that is everything has no outline of its own.
        return point.to === total ? (
          <circle key={key} class={classes} r="50" />
        ) : (
          <path key={key} class={classes} d={slicePath(from, reached)} />
        );
      })}
    </svg>
  );
}
