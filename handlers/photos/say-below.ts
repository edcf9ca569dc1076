import type { CardLine } from '../../models/cards.ts';
import type { Context } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import { showMenu } from '../menu/menu.ts';

/** Says one line on the working card, which comes below what was sent; one with an open form stays, the line alone comes below it. */
export function sayBelow(ctx: Context, line: CardLine): void {
  if (ctx.person.workingCard === undefined) showMenu(ctx, line);
  else ctx.moveBelow({ afterMs: BURST_MS, line, belowForm: line, evenForm: false, photos: 0 });
}
