import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ALERTS } from '../../deploy/monitoring/alerts.ts';
import { dashboard } from '../../deploy/monitoring/grafana.ts';
import { rulesYaml } from '../../deploy/monitoring/prometheus.ts';
import { METRICS, type Metric } from '../../src/metrics/table.ts';
import { firing } from '../support/alerts/evaluate.ts';

const NAMES = Object.keys(METRICS);
const FOLDER = '../../deploy/monitoring';

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Dashboard {
  readonly panels: readonly { readonly id: number; readonly targets?: readonly { readonly expr: string }[] }[];
}

describe('the rules of Prometheus', () => {
  it('are the table of alerts, in a file that Prometheus reads', async () => {
    await expect(rulesYaml(ALERTS)).toMatchFileSnapshot(`${FOLDER}/alerts.yaml`);
    const { groups }: Rules = parse(rulesYaml(ALERTS));
    expect(groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))).toEqual(ALERTS.map(({ name }) => name));
  });

  it('ask only for what there is, by labels that it has', () => {
    expect(new Set(ALERTS.map(({ name }) => name)).size).toBe(ALERTS.length);
    for (const { metric, only, growthMinutes, name } of ALERTS) {
      if (metric === 'up') continue;
      const { kind, by, values }: Metric = METRICS[metric];
      expect(growthMinutes !== undefined, name).toBe(kind === 'counter');
      if (only === undefined) expect(kind, name).not.toBe('summary');
      else expect(kind === 'summary' ? 'quantile' : by, name).toBe(only.label);
      if (only !== undefined && kind === 'counter') expect(values, name).toContain(only.value);
    }
  });

  it.each([
    ['StreamDown', 'dingtalk_connections_live < 1'],
    ['QuotaGone', 'max by (what) (dingtalk_month_used_ratio) >= 1'],
    ['TapsLate', 'increase(taps_total{outcome="late"}[10m]) > 5'],
    ['ClockWrong', 'abs(dingtalk_clock_ahead_seconds) > 10'],
    ['BotDown', 'up{job="field-workspace"} < 1'],
  ])('say %s as %s', (name, expression) => {
    const { groups }: Rules = parse(rulesYaml(ALERTS));
    expect(groups[0]?.rules.find(({ alert }) => alert === name)?.expr).toBe(expression);
  });

  it('each have a runbook under their name, and no runbook is of another', () => {
    const page = readFileSync('docs/runbooks.md', 'utf8');
    const headings = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(ALERTS.map(({ name }) => name));
  });

  it('are each made true, and over again, by a test of their name', () => {
    const folder = 'test/wiring/alerts';
    const tests = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const named = tests.flatMap((text) => [...text.matchAll(/^ {2}it\('(\w+): /gm)].map(([, name]) => name));
    expect(named.toSorted()).toEqual(ALERTS.map(({ name }) => name).toSorted());
  });

  it('are asked of every bot that compose.yaml has, where it tells them', () => {
    const watched = readFileSync('deploy/monitoring/prometheus.yaml', 'utf8');
    const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
    const bots = Object.entries<{ build?: string; environment?: Record<string, string> }>(compose.services)
      .filter(([, { build }]) => build !== undefined)
      .map(([name, { environment }]) => `${name}:${environment?.ADMIN_PORT}`);
    const { rule_files, scrape_configs } = parse(watched);
    expect(rule_files).toEqual(['alerts.yaml']);
    expect(scrape_configs[0].job_name).toBe('field-workspace');
    expect(scrape_configs[0].static_configs[0].targets).toEqual(bots);
  });
});

describe('the dashboard', () => {
  it('has a panel for each number, and none of what there is not', async () => {
    await expect(`${JSON.stringify(dashboard(), null, 2)}\n`).toMatchFileSnapshot(`${FOLDER}/dashboard.json`);
    const { panels }: Dashboard = JSON.parse(JSON.stringify(dashboard()));
    const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(asked.map((expr) => NAMES.find((name) => new RegExp(`\\b${name}\\b`).test(expr))).sort()).toEqual(
      NAMES.toSorted(),
    );
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('what a test takes an alert for', () => {
  const rule = {
    name: 'Some',
    metric: 'taps_total',
    only: { label: 'outcome', value: 'late' },
    growthMinutes: 10,
    is: '>',
    than: 5,
    forMinutes: 2,
    severity: 'info',
    summary: '',
  } as const;
  const late = (at: number, value: number) => ({
    at,
    text: `taps_total{outcome="late"} ${value}\ntaps_total{outcome="in_time"} 99\n`,
  });
  const fires = (...scrapes: Parameters<typeof firing>[0]) => firing(scrapes, [rule]).length === 1;

  it('holds for as long as the rule says, without a gap', () => {
    expect(fires(late(0, 0), late(1, 6))).toBe(false);
    expect(fires(late(0, 0), late(1, 6), late(3, 6))).toBe(true);
    expect(fires(late(0, 0), late(1, 6), late(2, 6), late(12, 6), late(13, 6))).toBe(false);
  });

  it('goes by what came within the time, also over a new start', () => {
    expect(fires(late(0, 100), late(1, 100), late(3, 100))).toBe(false);
    expect(fires(late(0, 100), late(1, 6), late(3, 6))).toBe(true);
  });
});
