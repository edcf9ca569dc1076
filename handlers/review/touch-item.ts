import { concernedBy, type Item } from '../../models/item-rows.ts';
import { resultDayId } from '../../models/result-days.ts';
import type { Context } from '../../src/bot/context.ts';
import { lastReminder } from '../reminders/reminder-card.ts';

/** What shows an item is drawn anew: its own cards, the card of the day that decided it, and the last reminder. */
export function touchItem(ctx: Pick<Context, 'touch'>, item: Item): void {
  const { itemRef, itemType, judgement } = item;
  ctx.touch({ kind: itemType === 'INSPECTION' ? 'inspection' : 'item', id: itemRef });
  if (judgement === undefined) return;
  for (const userId of concernedBy(item)) {
    ctx.touch({ kind: 'resultDay', id: resultDayId(userId, judgement.dataDate) });
    ctx.touch(lastReminder(userId));
  }
}
