import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { type PromotionPlan, promote } from './promotion.ts';

interface Cost {
  readonly pushes: number;
  readonly calls: number;
}

/** As many shops as are tried until one was promoted without a late "Checking" or a repair, which a busy machine can cause. */
const RUNS = ['2', '3', '4'];

/** What DingTalk counts for one promotion, from the message that opens the menu: the cheapest of up to three within `most`. */
export async function cheapestPromotion(
  world: World,
  person: Person,
  plan: PromotionPlan & { readonly shop: string; readonly series: string },
  most: Cost,
): Promise<Cost> {
  let cheapest: Cost = { pushes: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };
  for (const run of RUNS) {
    const before = await world.stats(person.userId);
    const shop = `${plan.shop} ${run}`;
    await promote(person, { ...plan, shop, series: `${plan.series}${run}` });
    await person.sees('Submitted', shop);
    const after = await world.stats(person.userId);
    const pushes = (stats: typeof after): number => stats.pushes.messages + stats.pushes.taps + stats.pushes.events;
    cheapest = {
      pushes: Math.min(cheapest.pushes, pushes(after) - pushes(before)),
      calls: Math.min(cheapest.calls, after.apiCalls.billed - before.apiCalls.billed),
    };
    if (cheapest.calls <= most.calls && cheapest.pushes <= most.pushes) break;
  }
  return cheapest;
}
