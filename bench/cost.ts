import type { World } from '../test/support/world/world.ts';

type Stats = Awaited<ReturnType<World['stats']>>;

/** What work costs somebody of DingTalk's monthly numbers, and by which paths. */
export async function costOf(stats: () => Promise<Stats>, work: () => Promise<void>) {
  const before = await stats();
  await work();
  const after = await stats();
  const pushesOf = ({ pushes }: Stats) => pushes.messages + pushes.taps + pushes.events;
  const paths = Object.entries(after.apiCalls.byPath)
    .map(([path, count]) => `${count - (before.apiCalls.byPath[path] ?? 0)} ${path}`)
    .join(', ');
  return { pushes: pushesOf(after) - pushesOf(before), calls: after.apiCalls.billed - before.apiCalls.billed, paths };
}
