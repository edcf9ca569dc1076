import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import type { Registry } from 'prom-client';
import { expect, onTestFinished } from 'vitest';
import { ALERTS } from '../../../deploy/monitoring/alerts.ts';
import { readConfig } from '../../../src/config/config.ts';
import type { Tally } from '../../../src/metrics/table.ts';
import { DingTalkTime } from '../../../src/platform/dingtalk-time.ts';
import { tellFigures } from '../../../src/wiring/figures.ts';
import { createServices, type Services } from '../../../src/wiring/services.ts';
import { logLines } from '../log-lines.ts';
import { firing, type Scrape } from './evaluate.ts';

/** Both of its times go only when the test says so. */
export class SteppedClock extends MovableClock {
  #machine = 1_800_000_000_000;

  override machine(): number {
    return this.#machine;
  }

  override elapsed(): number {
    return this.#machine;
  }

  override now(): number {
    return this.#machine;
  }

  override furthestAhead(): number {
    return 0;
  }

  pass(ms: number): void {
    this.#machine += ms;
  }
}

export interface Watched {
  readonly services: Services;
  readonly clock: SteppedClock;
  readonly metrics: Registry;
  readonly tally: Tally;
  readonly dataDir: string;
  /** Asks for the metrics now, and once more so many minutes later; answers what fires then. */
  fires(afterMinutes?: number): Promise<readonly string[]>;
}

const MINUTE_MS = 60_000;

/** The services of a bot whose times stand still, and an operator's Prometheus that asks it. */
export function watchedParts(env: Readonly<Record<string, string>> = {}): Watched {
  const dataDir = mkdtempSync(join(tmpdir(), 'alerts-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const base = { DINGTALK_API_BASE: 'http://127.0.0.1:1', DINGTALK_OAPI_BASE: 'http://127.0.0.1:1' };
  const config = readConfig({ ...base, DATA_DIR: dataDir, ...env });
  const clock = new SteppedClock();
  const made = createServices(config, logLines().log, 0);
  const services = { ...made, clock, ids: systemIds, dingTalkTime: new DingTalkTime(clock) };
  const { metrics, tally } = services;
  const scrapes: Scrape[] = [];
  const scrape = async (): Promise<void> => {
    scrapes.push({ at: clock.machine() / MINUTE_MS, text: await metrics.metrics() });
  };
  return {
    services,
    clock,
    metrics,
    tally,
    dataDir,
    async fires(afterMinutes = 0) {
      await scrape();
      clock.pass(afterMinutes * MINUTE_MS);
      await scrape();
      return firing(scrapes);
    },
  };
}

type Told = Parameters<typeof tellFigures>[1];

export interface Rest extends Partial<Omit<Told, 'updates'>> {
  readonly checkerHolds?: () => number;
}

/** Every number of a bot, with these of its parts; the others are well. */
export function watched(rest: Rest = {}, env?: Readonly<Record<string, string>>): Watched {
  const parts = watchedParts(env);
  const {
    stream = { state: () => ({ live: 1, wanted: 1, opened: 1 }), quietForMs: () => 0 },
    configuration = { faults: () => [] },
    kept = { figures: [] },
    told = { figures: [] },
    checkerHolds = () => 0,
  } = rest;
  const updates = { lanes: { atWork: () => 0 }, checkerHolds };
  tellFigures(parts.services, { stream, configuration, kept, told, updates });
  return parts;
}

/** It fires once it is so for as long as its rule says, not before, and not when it is over. */
export async function firesAndClears(
  name: string,
  { fires }: Pick<Watched, 'fires'>,
  { turn, clear }: { readonly turn: () => unknown; readonly clear: () => unknown },
): Promise<void> {
  const rule = ALERTS.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`there is no alert ${name}`);
  const { forMinutes, growthMinutes = 0 } = rule;
  expect(await fires()).not.toContain(name);
  await turn();
  if (forMinutes > 0) expect(await fires()).not.toContain(name);
  expect(await fires(forMinutes)).toContain(name);
  await clear();
  expect(await fires(growthMinutes + 1)).not.toContain(name);
}
