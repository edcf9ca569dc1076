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
import { Standings } from './standings.ts';
import { isInStory, STORY_HERO } from './story/people.ts';
import { type Story, storyOf } from './story/phase.ts';
import { storyRoute } from './story/route.ts';
import { StoryTeller } from './story/story-teller.ts';
import { Tried } from './story/tried.ts';

export interface DemoSandbox extends RunningSandbox {
  readonly story: Story;
  readonly teller: StoryTeller;
  /** Whether the entries at the bottom of the chat lead to the bot's web at this address. */
  readonly hasEntriesTo: (address: string) => boolean;
}

/**
 * The sandbox with the demo's people, its nights with a reviewer, and how far its story is. `managed`: the bot is started by
 * this process. A port that is taken is said in one line.
 */
export async function openDemoSandbox(settings: SandboxSettings, managed: boolean): Promise<DemoSandbox> {
  let parts: DemoParts | undefined;
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
      extend: (control, isNew) => {
        world = control.world;
        parts = demoParts(control, settings, managed);
        const { story } = parts;
        // from here on until it has begun, nobody can do what that would remove
        const isToBeTold = isNew ? settings.story : ['opening', 'playing'].includes(story.phase());
        if (managed && isToBeTold) story.open();
        return demoExtension(control, settings, parts);
      },
    });
    if (parts === undefined) throw new Error('The sandbox was not extended.');
    const hasEntriesTo = (address: string): boolean =>
      world?.quickEntries.of(DEMO_SEED.app.clientId).some((entry) => entry.mobileUrl?.startsWith(`${address}/go/`)) ??
      false;
    return { ...running, ...parts, hasEntriesTo };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'EADDRINUSE' || thrown.code === 'EACCES')) {
      throw portTaken(settings.sandboxPort, 'SANDBOX_PORT', thrown);
    }
    throw thrown;
  }
}

export interface DemoParts {
  readonly story: Story;
  readonly teller: StoryTeller;
  readonly standings: Standings;
  readonly tried: Tried;
  /** Whether a story can be told: where the bot is this process's own. */
  readonly hasStory: boolean;
}

/** The demo's own parts, over those of the sandbox. */
export function demoParts(
  { world }: Pick<ControlParts, 'world'>,
  { programmeTimeZone }: Pick<SandboxSettings, 'programmeTimeZone'>,
  hasStory: boolean,
): DemoParts {
  const story = storyOf(world);
  const teller = new StoryTeller(story, () => ({ url: world.address.url, programmeTimeZone, now: Date.now() }));
  return { story, teller, standings: new Standings(world), tried: new Tried(world, story), hasStory };
}

/** What the demo adds to the local DingTalk; `dataDir` is shared with the bot, whose hand-over files lie there. */
export function demoExtension(
  control: ControlParts,
  { dataDir, programmeTimeZone }: Pick<SandboxSettings, 'dataDir' | 'programmeTimeZone'>,
  { story, teller, standings, tried, hasStory }: DemoParts,
): SandboxExtension {
  const { world } = control;
  return {
    routes(router) {
      nextDayRoute(router, { ...control, dataDir, programmeTimeZone });
      if (!hasStory) return;
      storyRoute(router, teller, (thrown) => world.log.error({ problem: String(thrown) }, 'story.brokenOff'));
    },
    async beforeReset(now) {
      await forgetReviews(dataDir);
      // a story begins with a reset to its first day and goes on; any other reset leaves it out
      if (now === undefined) story.leaveOut();
    },
    afterTap: (tap) => tried.tapped(tap),
    standsAt: (ref) => posmAt(join(dataDir, 'outgoing'), ref),
    cast() {
      const phase = story.phase();
      return {
        openAs: phase === 'leftOut' ? undefined : STORY_HERO,
        hasNextDay: true,
        hasStory,
        done: story.done(),
        isPreparing: (userId) => phase === 'opening' || (phase === 'playing' && isInStory(userId)),
        standingOf: (userId) => standings.of(userId),
      };
    },
  };
}
