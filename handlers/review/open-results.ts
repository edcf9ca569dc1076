import type { TapContext } from '../../src/bot/context.ts';
import { listNamed } from './load-results.ts';
import { showItem } from './show-item.ts';
import { ownItem } from './tapped-item.ts';

/** `My results`, `All results`, and the switch between 7 and 30 days. */
export async function openMine(ctx: TapContext): Promise<void> {
  const month = ctx.update.params.extra.period === 'month';
  ctx.show({ view: month ? 'results-month' : 'results', subject: { kind: 'person', id: ctx.person.userId } });
}

/** `Failed (2)`, `All`, and another page of either. */
export async function openList(ctx: TapContext): Promise<void> {
  const { of, page } = listNamed(`${ctx.update.params.extra.of}/${ctx.update.params.extra.page}`);
  ctx.show({ view: 'result-list', subject: { kind: 'resultList', id: `${of}/${page}` } });
}

/** `Fix Door`, or a row of a list. */
export async function openItem(ctx: TapContext): Promise<void> {
  const item = await ownItem(ctx);
  if (item !== undefined) showItem(ctx, item);
}

/** `What happened`. */
export async function openHistory(ctx: TapContext): Promise<void> {
  const item = await ownItem(ctx);
  if (item !== undefined) ctx.show({ view: 'item-history', subject: { kind: 'item', id: item.itemRef } });
}
