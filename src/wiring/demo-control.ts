import { forgetEverything } from '../../models/database.ts';
import { writeClockOffset } from '../../models/settings.ts';
import type { PushCount } from '../bot/push-count.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { ControlHandlers } from '../web/control.ts';
import type { DailyWork } from './daily-work.ts';
import { answerIdle, whatIsLeft } from './idle.ts';
import { moveClock, untilNothingElseRuns } from './moving-time.ts';
import type { Services } from './services.ts';

/** What the sandbox may ask of the bot in a demo: rest, time, beginning afresh. `begin` sets up what a first start does. */
export function demoControl(
  { clock, dingTalkTime, inFlight }: Services,
  parts: { delivery: Delivery; daily: DailyWork; pushes: PushCount; begin: () => Promise<void> },
): ControlHandlers {
  const { delivery, daily, pushes, begin } = parts;
  const { jobs } = daily;
  const left = (): Promise<readonly string[]> => whatIsLeft(inFlight, delivery, clock.now());
  return {
    idle: (asked) => answerIdle(asked, left, inFlight),
    async moveClock(now) {
      await moveClock(now, { clock, jobs, left, inFlight });
      dingTalkTime.forgets();
    },
    async reset(now) {
      await untilNothingElseRuns({ left, clock, inFlight });
      clock.reset(now);
      dingTalkTime.forgets();
      // what was counted so far is forgotten with the rest
      await pushes.write();
      await forgetEverything();
      await writeClockOffset(clock.offsetMs);
      await daily.clear();
      await begin();
    },
    runDue: () => jobs.runDue(),
  };
}
