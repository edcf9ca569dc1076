import { METRICS, type Metric, type MetricName, ROWS } from '../../src/metrics/table.ts';

/** Grafana's names of units. */
const UNITS: Readonly<Record<Metric['unit'], string>> = {
  number: 'short',
  seconds: 's',
  bytes: 'bytes',
  ratio: 'percentunit',
  time: 'dateTimeFromNow',
};
const [WIDTH, HEIGHT, ACROSS] = [8, 7, 3];
const SOURCE = { type: 'prometheus', uid: '$source' } as const;

/** A dashboard with a panel for each number of the product, in rows, to be imported into Grafana. */
export function dashboard(): unknown {
  let top = 0;
  const panels = ROWS.flatMap((row) => {
    const names = (Object.keys(METRICS) as MetricName[]).filter((name) => METRICS[name].row === row);
    const title = { type: 'row', title: row, collapsed: false, panels: [], gridPos: { x: 0, y: top, w: 24, h: 1 } };
    const inRow = names.map((name, index) => panel(name, { index, top: top + 1 }));
    top += 1 + Math.ceil(names.length / ACROSS) * HEIGHT;
    return [title, ...inRow];
  });
  return {
    title: 'Field workspace',
    uid: 'field-workspace',
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map((one, index) => ({ id: index + 1, ...one })),
  };
}

function panel(name: MetricName, { index, top }: { readonly index: number; readonly top: number }) {
  const metric: Metric = METRICS[name];
  return {
    type: metric.unit === 'time' ? 'stat' : 'timeseries',
    title: name,
    description: `${metric.help}.`,
    datasource: SOURCE,
    gridPos: { x: (index % ACROSS) * WIDTH, y: top + Math.floor(index / ACROSS) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit: UNITS[metric.unit], min: 0 }, overrides: [] },
    targets: [{ refId: 'A', datasource: SOURCE, expr: askedFor(name, metric), legendFormat: legendOf(metric) }],
  };
}

function askedFor(name: MetricName, { kind, of, by, unit }: Metric): string {
  const asked = kind === 'counter' ? `increase(${name}[5m])` : unit === 'time' ? `${name} * 1000` : name;
  const labels = [...(of === 'process' ? ['instance'] : []), ...(by === undefined ? [] : [by])];
  if (kind === 'summary') return asked;
  const how = of === 'store' ? 'max' : 'sum';
  return labels.length === 0 ? `${how}(${asked})` : `${how} by (${labels.join(', ')}) (${asked})`;
}

function legendOf({ kind, of, by }: Metric): string {
  if (kind === 'summary') return '{{instance}} {{quantile}}';
  return [...(of === 'process' ? ['{{instance}}'] : []), ...(by === undefined ? [] : [`{{${by}}}`])].join(' ');
}
