import { inspect, openTasks, promotedShop, taskLands } from '../test/support/conversations/inspection.ts';
import { join, LEK, NOK } from '../test/support/conversations/joining.ts';
import { promote } from '../test/support/conversations/promotion.ts';
import { inBenchWorld } from './bench-world.ts';
import { costOf } from './cost.ts';
import type { Row } from './row.ts';

/** What one inspection of two spots and both ways of paying costs, from the opened task to *Submitted*. */
export async function inspectionRows(): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    const admin = world.person('admin1');
    const [nok, lek] = [world.person('staff1'), world.person('staff2')];
    await join(nok, admin, NOK);
    await join(lek, admin, LEK);
    await promote(nok, { spots: 2, series: 'AA', together: true });
    await taskLands(world, { sourceKey: 'bench', storeName: 'Baan Coffee', ...promotedShop(world) });
    await openTasks(lek);
    const { pushes, calls, paths } = await costOf(
      () => world.stats(lek.userId),
      () => inspect(lek, { series: 'AA', spots: 2, seed: 71 }),
    );
    return [
      { name: 'inspection.twoSpots.pushes', value: pushes, unit: 'pushes', goal: { atMost: 15 } },
      { name: 'inspection.twoSpots.apiCalls', value: calls, unit: 'calls', goal: { atMost: 22 }, bound: paths },
    ];
  });
}
