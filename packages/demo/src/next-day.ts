import { ControlError, type ControlParts, moveClock, readJson, shaped } from '@field/dingtalk-sandbox';
import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import type Router from '@koa/router';
import { z } from 'zod';
import { writtenDay } from './reviewer/incoming-file.ts';
import { type Decision, NIGHT_IS_OVER, reviewDay, UnknownSubmissionError } from './reviewer/review-day.ts';

const decisionSchema = z.strictObject({
  submissionKey: z.string(),
  decision: z.enum(['APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED']),
  reasonCodes: z.array(z.string()).default([]),
  reasonText: z.string().optional(),
  remedy: z.enum(['MODIFY', 'APPEAL', 'NONE']).optional(),
});
const nextDaySchema = z.strictObject({ decisions: z.array(decisionSchema).default([]) });

/** By then staff are at work and the night's files have landed. */
const MORNING = 9;

/** What a night needs: the sandbox's parts, the folder it shares with the bot, and where days end (IANA name). */
export interface NightParts extends ControlParts {
  readonly dataDir: string;
  readonly programmeTimeZone: string;
}

interface NextDay {
  /** The programme's day that ended, `YYYY-MM-DD`. */
  readonly dataDate: string;
  /** What the reviewer wrote into the incoming folder. */
  readonly files: readonly string[];
}

/** `POST /next-day`; one day at a time. */
export function nextDayRoute(router: Router, parts: NightParts): void {
  let passing = false;
  router.post('/next-day', async (ctx) => {
    const { decisions } = shaped(nextDaySchema, await readJson(ctx.req));
    if (passing) throw new ControlError(409, 'underWay', 'a day is passing already');
    passing = true;
    try {
      ctx.body = await nextDay(parts, decisions);
    } finally {
      passing = false;
    }
  });
}

/**
 * From now to tomorrow morning in the programme's zone: the bot closes the day's hand-over files on the way, the reviewer
 * judges them at night, the bot lands the result files before the morning. 501 where there is no bot.
 */
async function nextDay(parts: NightParts, decisions: readonly Decision[]): Promise<NextDay> {
  const { world, bot, connections, dataDir, programmeTimeZone: zone } = parts;
  if ((await bot.idle(0)) === undefined)
    throw new ControlError(501, 'noBot', 'a next day needs a bot, and none answers');
  const today = dayOf(world.clock.now(), zone);
  const tomorrowAt = (hour: number): { now: number } => ({ now: instantOf(dayAfter(today), hour, zone) });
  await moveClock(world, bot, connections, tomorrowAt(NIGHT_IS_OVER));
  const files = await reviewed(() => reviewDay({ dataDir, dataDate: today, timeZone: zone, decisions }));
  await moveClock(world, bot, connections, tomorrowAt(MORNING));
  return { dataDate: writtenDay(today), files };
}

async function reviewed(review: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await review();
  } catch (thrown) {
    if (thrown instanceof UnknownSubmissionError) throw new ControlError(404, 'notFound', thrown.message);
    throw thrown;
  }
}
