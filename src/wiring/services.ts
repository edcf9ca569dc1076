import { MovableClock } from '@field/kit/clock';
import { type IdSource, systemIds } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import type { Registry } from 'prom-client';
import { idsOfProcess } from '../../models/holders.ts';
import { onRetry } from '../../models/transaction.ts';
import type { Config } from '../config/config.ts';
import type { Tally } from '../metrics/table.ts';
import { DingTalkTime } from '../platform/dingtalk-time.ts';
import { createHeldProgrammes, type HeldProgrammes } from '../programme-in-use/held-programmes.ts';
import { newMetrics, tallyIn } from '../web/metrics.ts';
import { createInFlight, type InFlight } from '../work/in-flight.ts';

/** What every part of the bot stands on. */
export interface Services {
  readonly config: Config;
  /** This process, as its leases name it. */
  readonly process: string;
  readonly clock: MovableClock;
  readonly dingTalkTime: DingTalkTime;
  readonly ids: IdSource;
  readonly random: () => number;
  readonly log: Logger;
  readonly programmes: HeldProgrammes;
  readonly inFlight: InFlight;
  /** What `/metrics` tells, and what counts for it. */
  readonly metrics: Registry;
  readonly tally: Tally;
}

export function createServices(config: Config, log: Logger, clockOffsetMs: number): Services {
  const clock = new MovableClock(clockOffsetMs);
  const process = systemIds.token();
  const ids = idsOfProcess(process, systemIds);
  const dingTalkTime = new DingTalkTime(clock, (aheadMs) => log.warn({ aheadMs }, 'clock.skewed'));
  const programmes = createHeldProgrammes(log);
  const inFlight = createInFlight();
  const metrics = newMetrics();
  const tally = tallyIn(metrics);
  onRetry(() => tally.count('transactions_retried_total'));
  return { config, process, clock, dingTalkTime, ids, random: ids.random, log, programmes, inFlight, metrics, tally };
}
