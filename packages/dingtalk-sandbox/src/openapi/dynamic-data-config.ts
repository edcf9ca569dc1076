import { z } from 'zod';
import { cardError } from '../http/api-errors.ts';
import type { DynamicSource } from '../store/dynamic-data.ts';

/** The page of the API says three seconds, the guide six. */
const MIN_INTERVAL_S = 3;
const SECONDS_IN = { SECONDS: 1, MINUTES: 60, HOURS: 3_600, DAYS: 86_400 } as const;

/** `openDynamicDataConfig` as it comes; what is missing is refused by name below (DKB 0783). */
export const dynamicDataConfigSchema = z
  .object({
    dynamicDataSourceConfigs: z
      .array(
        z.object({
          dynamicDataSourceId: z.string().optional(),
          constParams: z.record(z.string(), z.string()).optional(),
          pullConfig: z
            .object({
              pullStrategy: z.enum(['NONE', 'INTERVAL', 'ONCE', 'RENDER']).optional(),
              interval: z.number().optional(),
              timeUnit: z.string().optional(),
            })
            .optional(),
        }),
      )
      .optional(),
  })
  .optional();

/** The sources of a card, each with its id and how it is pulled; an interval with its length and unit. `NONE` is never pulled. */
export function checkedSources(config: z.infer<typeof dynamicDataConfigSchema>): DynamicSource[] {
  return (config?.dynamicDataSourceConfigs ?? []).flatMap(
    ({ dynamicDataSourceId: id, pullConfig, constParams }): DynamicSource[] => {
      if (!id) throw cardError('param.dynamicSourceIdEmpty');
      if (pullConfig === undefined) throw cardError('param.dynamicDataPullConfigEmpty');
      const { pullStrategy: strategy, interval = 0, timeUnit = '' } = pullConfig;
      if (strategy === undefined) throw cardError('param.dynamicDataSourcePullStrategyEmpty');
      if (strategy === 'NONE') return [];
      if (strategy !== 'INTERVAL') return [{ id, strategy, constParams }];
      if (!Number.isInteger(interval) || interval <= 0) throw cardError('param.dynamicDataPullIntervalInvalid');
      if (!isUnit(timeUnit)) throw cardError('param.dynamicDataPullIntervalTimeUnitInvalid');
      const seconds = interval * SECONDS_IN[timeUnit];
      if (seconds < MIN_INTERVAL_S) throw cardError('param.dynamicDataPullIntervalInvalid');
      return [{ id, strategy, everyMs: seconds * 1_000, constParams }];
    },
  );
}

function isUnit(text: string): text is keyof typeof SECONDS_IN {
  return Object.hasOwn(SECONDS_IN, text);
}
