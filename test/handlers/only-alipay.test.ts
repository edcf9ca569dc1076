import { systemIds } from '@field/kit/ids';
import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { rowsWithContacts } from '../../models/personal-rows.ts';

import type { OrderOfWork } from '../../src/domain/order-of-work.ts';
import { setOrder } from '../../src/operator/orders.ts';
import { pay } from '../support/conversations/inspection.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { pictures } from '../support/pictures.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
type Worker = Awaited<ReturnType<ReturnType<typeof world>['hires']>>;

/** Nok begins a shop in this order of work, and says in its form what it takes. */
async function begins(order: OrderOfWork, paysWith: string): Promise<Worker> {
  const at = { ids: systemIds, now: () => 1 };
  await setOrder({ email: DEMO_ISO, order, agreedBy: 'Coordinator', on: '2026-11-24' }, at);
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, paysWith });
  await nok.sends(await pictures.storefront(1));
  if (order === 'deploy-then-verify') await deploys(nok);
  return nok;
}

async function deploys(nok: Worker): Promise<void> {
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await nok.sends(await pictures.counter(1), await pictures.closeup(codeOf('AA', 0)));
}

async function submits(nok: Worker): Promise<void> {
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.sees(wordsOf('summary.ready'));
  await nok.taps({ action: 'promotion.submit' });
}

async function kept() {
  const [stored] = await openDraftsOf('nok');
  return { paysWith: stored?.draft.answers.store?.paysWith, said: stored?.verification, payments: stored?.payments };
}

async function storeLine(): Promise<unknown> {
  let line: unknown;
  for await (const { collection, row } of rowsWithContacts())
    if (collection === 'submissions' && Object(row.line).itemType === 'STORE') line = row.line;
  return line;
}

const otherTool = { ALIPAY_AND_OTHERS: 'ALIPAY', ALIPAY_ONLY: 'ALIPAY_PLUS_LINKER' } as const;

it.each(['verify-then-deploy', 'deploy-then-verify'] as const)(
  '%s: that a shop takes only Alipay, said while paying, is said by its form and by what is handed over',
  async (order) => {
    const nok = await begins(order, 'ALIPAY_AND_OTHERS');
    await nok.taps({ action: 'inspection.tool', tool: otherTool.ALIPAY_AND_OTHERS });
    await nok.sees(wordsOf('pay.onlyAlipay'));
    await nok.taps({ action: 'inspection.onlyAlipay', is: 'yes' });
    const { paysWith, said, payments } = await kept();
    expect([paysWith, said?.tool, said?.onlyAlipay, payments?.acceptsOnlyAlipay]).toEqual([
      'ALIPAY_ONLY',
      'ALIPAY',
      undefined,
      true,
    ]);
    for (const seed of [2, 3]) await pay(nok, seed);
    if (order === 'verify-then-deploy') await deploys(nok);
    await submits(nok);
    expect(await storeLine()).toMatchObject({
      values: { paysWith: 'ALIPAY_ONLY' },
      verification: { order, acceptsOnlyAlipay: true, payments: [{ tool: 'ALIPAY' }, { tool: 'ALIPAY' }] },
    });
  },
);

it.each(['verify-then-deploy', 'deploy-then-verify'] as const)(
  '%s: that a shop takes more than its form says is said there, too, and the form has the last word later',
  async (order) => {
    const nok = await begins(order, 'ALIPAY_ONLY');
    await nok.taps({ action: 'inspection.tool', tool: otherTool.ALIPAY_ONLY });
    await nok.taps({ action: 'inspection.onlyAlipay', is: 'no' });
    expect((await kept()).paysWith).toBe('ALIPAY_AND_OTHERS');
    for (const seed of [2, 3]) await pay(nok, seed);
    if (order === 'verify-then-deploy') await deploys(nok);
    await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
    await nok.taps({ action: 'promotion.change' });
    await nok.taps({ action: 'promotion.open', place: 'form:store::main' });
    await nok.fills({ paysWith: 'ALIPAY_ONLY' });
    // paid by the other rule: it is paid again, and what was paid is kept
    const { paysWith, said, payments } = await kept();
    expect([paysWith, payments?.acceptsOnlyAlipay, said?.payments.length]).toEqual(['ALIPAY_ONLY', true, 2]);
    await nok.sees(wordsOf('pay.select'));
  },
);
