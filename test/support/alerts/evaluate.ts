import { ALERTS, type AlertRule } from '../../../deploy/monitoring/alerts.ts';

/** What `/metrics` said at a time; `undefined`: nobody answered. */
export interface Scrape {
  /** Minutes, by whatever clock the test moves. */
  readonly at: number;
  readonly text: string | undefined;
}

interface Sample {
  readonly labels: string;
  readonly value: number;
}

/** The names of the alerts that fire at the last of the scrapes, as Prometheus decides it: they are in the order of time. */
export function firing(scrapes: readonly Scrape[], rules: readonly AlertRule[] = ALERTS): readonly string[] {
  return rules.filter((rule) => fires(rule, scrapes)).map(({ name }) => name);
}

function fires(rule: AlertRule, scrapes: readonly Scrape[]): boolean {
  const now = scrapes.at(-1)?.at ?? 0;
  const labels = new Set(scrapes.flatMap(({ text }) => samplesOf(rule, text).map((sample) => sample.labels)));
  return [...labels].some((one) => {
    const held = scrapes.map((_, index) => holds(rule, one, scrapes.slice(0, index + 1)));
    // it is pending since the first of those that hold without a gap
    const since = held.lastIndexOf(false) + 1;
    const first = scrapes[since];
    return first !== undefined && now - first.at >= rule.forMinutes;
  });
}

function holds(rule: AlertRule, labels: string, scrapes: readonly Scrape[]): boolean {
  const { growthMinutes, is, than, eitherWay } = rule;
  const now = scrapes.at(-1)?.at ?? 0;
  const from = growthMinutes === undefined ? now : now - growthMinutes;
  const values = scrapes
    .filter(({ at }) => at >= from)
    .flatMap(({ text }) => samplesOf(rule, text).filter((sample) => sample.labels === labels))
    .map(({ value }) => value);
  const last = values.at(-1);
  if (last === undefined) return false;
  const asked = growthMinutes === undefined ? last : grownBy(values);
  const sized = eitherWay ? Math.abs(asked) : asked;
  if (is === '<') return sized < than;
  return is === '>' ? sized > than : sized >= than;
}

/** A process that began anew counts from 0. */
function grownBy(values: readonly number[]): number {
  return values.slice(1).reduce((sum, value, index) => {
    const before = values[index] ?? 0;
    return sum + (value >= before ? value - before : value);
  }, 0);
}

function samplesOf({ metric, only }: AlertRule, text: string | undefined): readonly Sample[] {
  if (metric === 'up') return [{ labels: '', value: text === undefined ? 0 : 1 }];
  const found = [...(text ?? '').matchAll(new RegExp(`^${metric}(\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return found
    .map(([, labels = '', value]) => ({ labels, value: Number(value) }))
    .filter(({ labels }) => only === undefined || labels.includes(`${only.label}="${only.value}"`));
}
