import { capturePhoneOf } from '../test/support/capture-phone.ts';
import { join, LEK, NOK } from '../test/support/conversations/joining.ts';
import { promote } from '../test/support/conversations/promotion.ts';
import { promoteByPage } from '../test/support/conversations/promotion-by-page.ts';
import { inBenchWorld } from './bench-world.ts';
import { costOf } from './cost.ts';
import type { Row } from './row.ts';

/** What one promotion with so many spots costs of DingTalk's monthly numbers, from the message that opens the menu to *Submitted*. */
export async function promotionRows(spots: number): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    const admin = world.person('admin1');
    const [nok, lek] = [world.person('staff1'), world.person('staff2')];
    await join(nok, admin, NOK);
    await join(lek, admin, LEK);
    const single = await costOf(
      () => world.stats(nok.userId),
      () => promote(nok, { spots, series: 'AA' }),
    );
    const batched = await costOf(
      () => world.stats(lek.userId),
      () => promote(lek, { spots, series: 'BB', shop: 'Nine Mart', together: true }),
    );
    const byPage = await costOf(
      () => world.stats(nok.userId),
      () =>
        promoteByPage(nok, capturePhoneOf(world, nok.userId), {
          shop: 'Page Cafe',
          spots,
          settles: () => world.advance(30_000),
        }),
    );
    return [
      { name: 'promotion.pushes', value: single.pushes, unit: 'pushes', goal: { atMost: 18 } },
      { name: 'promotion.apiCalls', value: single.calls, unit: 'calls', goal: { atMost: 24 }, bound: single.paths },
      { name: 'promotion.batched.pushes', value: batched.pushes, unit: 'pushes', goal: { atMost: 15 } },
      {
        name: 'promotion.batched.apiCalls',
        value: batched.calls,
        unit: 'calls',
        goal: { atMost: 18 },
        bound: batched.paths,
      },
      {
        name: 'promotion.byPage.pushes',
        value: byPage.pushes,
        unit: 'pushes',
        goal: { atMost: 6 },
        bound: 'the message that opens the menu, three taps: nothing of forms and photos',
      },
      {
        name: 'promotion.byPage.apiCalls',
        value: byPage.calls,
        unit: 'calls',
        goal: { atMost: 14 },
        bound: byPage.paths,
      },
    ];
  });
}
