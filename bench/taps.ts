import type { RenderedButton } from '@field/dingtalk-sandbox/page-protocol';
import type { TapAnswer } from '../test/support/world/sandbox-api.ts';
import type { World } from '../test/support/world/world.ts';
import { startBenchWorld } from './bench-world.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { type Measured, openLoop } from './open-loop.ts';
import { cpuSeconds } from './process-figures.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { connected, floorBot } from './start.ts';

type Load = Extent['taps'];

const GOAL_P99_MS = 200;
const WARM_UP_SECONDS = 5;

/** Taps of many people at once, open loop: the product, then a bare SDK bot with one write a tap, on the same cards. */
export async function tapRows(load: Load): Promise<Row[]> {
  const world = await startBenchWorld();
  try {
    const crowd = await gatherCrowd(world, load.people);
    const own = await measure(load, { bot: world.botPid, sandbox: world.sandboxPid }, (index) =>
      tapNext(world, crowd, index),
    );
    await world.stopBot();
    const floor = floorBot(world);
    floor.spawn();
    await connected(world);
    const bare = await measure(load, { bot: floor.pid, sandbox: world.sandboxPid }, (index) =>
      tapSame(world, crowd, index),
    );
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
    ];
  } finally {
    await world.close();
  }
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
