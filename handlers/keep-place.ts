import type { CardLine } from '../models/cards.ts';
import type { Context } from '../src/bot/context.ts';
import { showMenu } from './menu/menu.ts';

type InHand = Pick<Context, 'person' | 'moveBelow' | 'show'>;

/** What has no meaning brings the working card back to the bottom, with one line on top (wording rule 11). */
export function keepPlace(ctx: InHand, line: CardLine = { key: 'line.keptPlace' }): void {
  if (ctx.person.workingCard === undefined) showMenu(ctx, line);
  else ctx.moveBelow({ afterMs: 0, line, evenForm: false, photos: 0 });
}

/** A greeting: the working card comes below it as it is; the menu where nothing is in hand. */
export async function resume(ctx: InHand): Promise<void> {
  if (ctx.person.workingCard === undefined) showMenu(ctx);
  else ctx.moveBelow({ afterMs: 0, evenForm: false, photos: 0 });
}
