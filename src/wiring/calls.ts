import { type CallBudget, countCalls, createCallBudget, withinBudget } from '../delivery/call-budget.ts';
import { watchCalls } from '../delivery/call-watch.ts';
import { type ConfigurationWatch, watchConfiguration } from '../delivery/configuration-watch.ts';
import { createPeopleCount, type PeopleCount } from '../delivery/people-count.ts';
import { createRateLimiter } from '../delivery/rate-limiter.ts';
import { createOpenApi } from '../dingtalk/open-api.ts';
import type { Platform } from '../platform/platform.ts';
import type { Services } from './services.ts';
import { tallyCalls } from './tallied.ts';

/** How everything that is asked of DingTalk goes out: counted, watched, and within the month. */
export interface Calls {
  readonly platform: Platform;
  readonly configuration: ConfigurationWatch;
  readonly budget: CallBudget;
  readonly people: PeopleCount;
  /** Signs in before anybody waits for it. */
  prepare(): Promise<void>;
}

/** Puts it together; `lifted` is called where what made calls wait is over. */
export async function createCalls(services: Services, lifted: () => void): Promise<Calls> {
  const { config, clock, log, tally } = services;
  const { cardTemplateId: templateId } = config.dingtalk;
  const api = createOpenApi({ ...config.dingtalk, templateId, clock, log, rateLimiter: createRateLimiter(clock) });
  const people = createPeopleCount(clock);
  const budget = createCallBudget(clock, config.limits.calls, people);
  await budget.look();
  const watched = watchCalls(countCalls(tallyCalls(api, tally), budget), { ...services, lifted });
  const configuration = watchConfiguration(watched, services);
  const platform = withinBudget(configuration.platform, budget);
  return { platform, configuration, budget, people, prepare: () => api.prepare() };
}
