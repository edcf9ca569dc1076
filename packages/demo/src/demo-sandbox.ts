import { join } from 'node:path';
import {
  type ControlParts,
  type RunningSandbox,
  type SandboxExtension,
  startSandbox,
  type World,
} from '@field/dingtalk-sandbox';
import { portTaken } from '@field/kit/startup';
import { pino } from 'pino';
import { DEMO_SEED } from './demo-people.ts';
import { nextDayRoute } from './next-day.ts';
import { posmAt } from './reviewer/handed-over.ts';
import { forgetReviews } from './reviewer/review-day.ts';
import type { SandboxSettings } from './settings-from-env.ts';
import { isInStory, STORY_HERO } from './story/people.ts';
import { type Story, storyOf } from './story/phase.ts';

export interface DemoSandbox extends RunningSandbox {
  readonly story: Story;
  /** Whether the entries at the bottom of the chat lead to the bot's web at this address. */
  readonly hasEntriesTo: (address: string) => boolean;
}

/**
 * The sandbox with the demo's people, its nights with a reviewer, and how far its story is. `managed`: the bot is started by
 * this process. A port that is taken is said in one line.
 */
export async function openDemoSandbox(settings: SandboxSettings, managed: boolean): Promise<DemoSandbox> {
  let story: Story | undefined;
  let world: World | undefined;
  try {
    const running = await startSandbox({
      port: settings.sandboxPort,
      dataDir: settings.dataDir,
      seed: DEMO_SEED,
      templateFile: settings.templateFile,
      pageDir: settings.pageDir,
      bot: { controlUrl: `http://127.0.0.1:${settings.botPort}`, managed },
      log: pino({ level: settings.logLevel, base: { part: 'sandbox' } }),
      extend: (parts) => {
        world = parts.world;
        story = storyOf(world);
        return demoExtension(parts, settings, story);
      },
    });
    if (story === undefined) throw new Error('The sandbox was not extended.');
    const hasEntriesTo = (address: string): boolean =>
      world?.quickEntries.of(DEMO_SEED.app.clientId).some((entry) => entry.mobileUrl?.startsWith(`${address}/go/`)) ??
      false;
    return { ...running, story, hasEntriesTo };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'EADDRINUSE' || thrown.code === 'EACCES')) {
      throw portTaken(settings.sandboxPort, 'SANDBOX_PORT', thrown);
    }
    throw thrown;
  }
}

/** What the demo adds to the local DingTalk; `dataDir` is shared with the bot, whose hand-over files lie there. */
export function demoExtension(
  parts: ControlParts,
  { dataDir, programmeTimeZone }: Pick<SandboxSettings, 'dataDir' | 'programmeTimeZone'>,
  story: Story,
): SandboxExtension {
  return {
    routes: (router) => nextDayRoute(router, { ...parts, dataDir, programmeTimeZone }),
    async beforeReset(now) {
      await forgetReviews(dataDir);
      // a story begins with a reset to its first day and goes on; any other reset leaves it out
      if (now === undefined) story.leaveOut();
    },
    standsAt: (ref) => posmAt(join(dataDir, 'outgoing'), ref),
    cast() {
      const phase = story.phase();
      return {
        openAs: phase === 'leftOut' ? undefined : STORY_HERO,
        hasNextDay: true,
        isPreparing: (userId) => phase === 'playing' && isInStory(userId),
      };
    },
  };
}
