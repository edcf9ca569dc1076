import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { type PromotionPlan, promote } from './promotion.ts';

interface Cost {
  readonly pushes: number;
  readonly calls: number;
}

/**
 * What DingTalk counts for one promotion, from the message that opens the menu: the cheapest of these shops, of which as many are
 * promoted as it takes for one to need no late "Checking" and no repair, which a busy machine can cause. Their names must be
 * unlike, or the bot asks whether they are one.
 */
export async function cheapestPromotion(
  world: World,
  person: Person,
  shops: readonly string[],
  plan: Omit<PromotionPlan, 'shop' | 'series'> & { readonly series: string },
  most: Cost,
): Promise<Cost> {
  let cheapest: Cost = { pushes: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };
  for (const [index, shop] of shops.entries()) {
    const before = await world.stats(person.userId);
    await promote(person, { ...plan, shop, series: `${plan.series}${index + 2}` });
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
