import type { RenderedButton } from '@field/dingtalk-sandbox/page-protocol';
import type { TapAnswer } from '../test/support/world/sandbox-api.ts';
import type { World } from '../test/support/world/world.ts';
import { inBenchWorld } from './bench-world.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { type Measured, openLoop } from './open-loop.ts';
import { cpuSeconds } from './process-figures.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { saturationOf } from './saturation.ts';
import { connected, floorBot } from './start.ts';
import { storeCommands } from './store-commands.ts';

type Load = Extent['taps'];

const GOAL_P99_MS = 200;
/** Of the floor's. */
const GOAL_SATURATION = 0.35;
const GOAL_TRIPS = 6;
/** A bot that was begun just now is no measure. */
export const WARM_UP_SECONDS = 5;

/**
 * Taps of many people at once, at a pace, then as fast as they are answered: the product, then a bare SDK bot with one write a tap, on
 * the same cards.
 */
export async function tapRows(load: Load, levels: Extent['saturation']): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    const crowd = await gatherCrowd(world, load.people);
    const tapOwn = (index: number): Promise<number> => tapNext(world, crowd, index);
    const own = await measure(load, { bot: world.botPid, sandbox: world.sandboxPid }, tapOwn);
    const trips = await tripsOf(world, load, tapOwn);
    const saturated = await saturationOf(levels, load.people, tapOwn);
    await world.stopBot();
    const floor = floorBot(world);
    floor.spawn();
    await connected(world);
    const tapBare = (index: number): Promise<number> => tapSame(world, crowd, index);
    const bare = await measure(load, { bot: floor.pid, sandbox: world.sandboxPid }, tapBare);
    const bareSaturated = await saturationOf(levels, load.people, tapBare);
    await floor.stop();
    const lost = Object.entries(own.lost)
      .map(([reason, count]) => `; ${count} taps: ${reason}`)
      .join('');
    const floorIs = 'bare SDK bot, one findOneAndUpdate a tap';
    return [
      {
        name: 'taps.perSecond',
        value: own.perSecond,
        unit: `a second of ${load.perSecond}`,
        floor: bare.perSecond,
        floorIs,
        goal: { atLeast: load.perSecond * 0.98 },
        bound: own.used + lost,
      },
      {
        name: 'taps.p99Ms',
        value: quantile(own.latencies, 0.99),
        unit: 'ms',
        floor: quantile(bare.latencies, 0.99),
        floorIs,
        goal: { atMost: GOAL_P99_MS },
        bound: own.used + lost,
      },
      {
        name: 'taps.saturation',
        value: saturated.perSecond,
        unit: `a second, p99 < ${levels.withinMs} ms`,
        floor: bareSaturated.perSecond,
        floorIs: `${floorIs}: ${bareSaturated.levels}`,
        goal: { atLeast: bareSaturated.perSecond * GOAL_SATURATION },
        bound: `the bot's one thread and the two cores: ${saturated.levels}`,
      },
      {
        name: 'taps.roundTrips',
        value: trips,
        unit: 'commands of the store a tap',
        goal: { atMost: GOAL_TRIPS },
        bound: 'what comes of the taps besides: who is there, what was shown, sweeps',
      },
    ];
  });
}

/** What the store is asked for a tap, with all that comes of it, of one person after the other. */
async function tripsOf(
  world: World,
  { people, perSecond }: Load,
  tap: (index: number) => Promise<number>,
): Promise<number> {
  await world.idle();
  const taps = Math.min(people, perSecond * 4);
  const asked = await storeCommands(world, async () => {
    for (let index = 0; index < taps; index += 1) await tap(index);
  });
  return asked / taps;
}

type Processes = Readonly<Record<'bot' | 'sandbox', number | undefined>>;

async function measure(
  load: Load,
  pids: Processes,
  tap: (index: number) => Promise<number>,
): Promise<Measured & { used: string }> {
  await openLoop({ ...load, seconds: Math.min(WARM_UP_SECONDS, load.seconds), tap });
  const parts = Object.entries({ ...pids, load: process.pid }).map(([name, pid]) => ({
    name,
    pid,
    before: cpuSeconds(pid),
  }));
  const measured = await openLoop({ ...load, tap });
  const used = parts
    .map(
      ({ name, pid, before = 0 }) =>
        `${name} ${Math.round((((cpuSeconds(pid) ?? 0) - before) * 100) / load.seconds)} %`,
    )
    .join(', ');
  return { ...measured, used: `CPU of one core: ${used}` };
}

/** Product list and Help in turn; the card as it is after the tap is read before this person's next one. */
export async function tapNext(world: World, crowd: Crowd, index: number): Promise<number> {
  const member = crowd[index];
  if (!member) throw new Error(`there is no person ${index}`);
  const buttonsNow = async () => (await world.sandbox.card(member.outTrackId, member.userId)).view?.buttons ?? [];
  // a tap that took long was answered with a card that only says so; what came of it has followed since
  const button = nextOf(member.buttons) ?? nextOf(await buttonsNow());
  if (!button) throw new Error('nothing to tap');
  const answer = await world.sandbox.tap(member.outTrackId, {
    userId: member.userId,
    actionId: button.actionId,
    params: button.params,
  });
  member.buttons = await buttonsNow();
  return latencyOf(answer);
}

async function tapSame(world: World, crowd: Crowd, index: number): Promise<number> {
  const member = crowd[index];
  if (!member) throw new Error(`there is no person ${index}`);
  const answer = await world.sandbox.tap(member.outTrackId, { userId: member.userId, actionId: 'floor', params: {} });
  await world.sandbox.card(member.outTrackId, member.userId);
  return latencyOf(answer);
}

function latencyOf({ applied, reason, latencyMs }: TapAnswer): number {
  if (!applied) throw new Error(reason ?? 'not applied');
  return latencyMs;
}

function nextOf(buttons: readonly RenderedButton[]): RenderedButton | undefined {
  return buttons.find(({ params }) => params.action === 'help.open' || params.action === 'menu.open');
}
