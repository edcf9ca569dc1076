import { METRICS, type Metric } from '../../src/metrics/table.ts';
import type { AlertRule } from './alerts.ts';

/** The rule as Prometheus asks it: what the database tells counts once, what a process tells of each. */
export function expressionOf({ metric, only, growthMinutes, is, than, eitherWay }: AlertRule): string {
  const selected = `${metric}${only === undefined ? jobOf(metric) : `{${only.label}="${only.value}"}`}`;
  const grown = growthMinutes === undefined ? selected : `increase(${selected}[${growthMinutes}m])`;
  const sized = eitherWay ? `abs(${grown})` : grown;
  return `${together(metric, sized)} ${is} ${than}`;
}

/** The job under which Prometheus asks the bots: `deploy/monitoring/prometheus.yaml` names it so. */
const JOB = 'field-workspace';

function jobOf(metric: AlertRule['metric']): string {
  return metric === 'up' ? `{job="${JOB}"}` : '';
}

function together(metric: AlertRule['metric'], asked: string): string {
  if (metric === 'up') return asked;
  const { of, by }: Metric = METRICS[metric];
  if (of === 'process') return asked;
  return by === undefined ? `max(${asked})` : `max by (${by}) (${asked})`;
}

/** The rules as a file for `rule_files` of Prometheus. */
export function rulesYaml(alerts: readonly AlertRule[]): string {
  const rules = alerts.map(
    (alert) => `      - alert: ${alert.name}
        expr: ${quoted(expressionOf(alert))}
        for: ${alert.forMinutes}m
        labels:
          severity: ${alert.severity}
        annotations:
          summary: ${quoted(alert.summary)}
          runbook: docs/runbooks.md#${alert.name.toLowerCase()}
`,
  );
  return `# Made of deploy/monitoring/alerts.ts: npm test -- test/deploy -u
groups:
  - name: ${JOB}
    rules:
${rules.join('')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
