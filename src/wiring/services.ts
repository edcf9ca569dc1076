import { MovableClock } from '@field/kit/clock';
import { type IdSource, systemIds } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import type { Config } from '../config/config.ts';
import { createInFlight, type InFlight } from '../work/in-flight.ts';

/** What every part of the bot stands on. */
export interface Services {
  readonly config: Config;
  readonly clock: MovableClock;
  readonly ids: IdSource;
  readonly random: () => number;
  readonly log: Logger;
  readonly inFlight: InFlight;
}

export function createServices(config: Config, log: Logger, clockOffsetMs: number): Services {
  const clock = new MovableClock(clockOffsetMs);
  return { config, clock, ids: systemIds, random: systemIds.random, log, inFlight: createInFlight() };
}
