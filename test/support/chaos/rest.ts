import { setTimeout as after } from 'node:timers/promises';
import type { Topology } from './topology.ts';

const A_MINUTE_MS = 61_000;
const REST_WITHIN_MS = 180_000;

/** Everything that was begun is done, what DingTalk pushes again has come; else what is left is the violation. */
export async function comesToRest(topology: Topology): Promise<string[]> {
  const deadline = performance.now() + REST_WITHIN_MS;
  let left = '';
  // the first minute brings what was not acknowledged, the second what followed from that
  for (let minutes = 0; minutes < 2 && performance.now() < deadline; ) {
    try {
      await topology.sandbox.idle(10_000);
      await topology.moves(A_MINUTE_MS);
      minutes += 1;
    } catch (error) {
      left = String(error);
      await after(500);
    }
  }
  return performance.now() < deadline ? [] : [`stuck: ${left}`];
}

/** A night passes, once what a process left behind that was killed in calm is done; else what is left is the violation. */
export async function aNightPasses(topology: Topology): Promise<string[]> {
  await topology.allUp();
  const left = await comesToRest(topology);
  if (left.length > 0) return left;
  await topology.sandbox.nextDay();
  await topology.timesAgree();
  return [];
}
