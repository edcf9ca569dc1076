import type { ViewName } from '../cards/views.ts';
import type { MessageContext } from '../src/bot/context.ts';
import { sayBackInInspection } from './inspection/step-back.ts';
import { showMenu } from './menu/menu.ts';
import { sayBackInPhotos } from './photos/move-photo.ts';
import { sayBackInPromotion } from './promotion/go-back.ts';

/** What the word `back` does, by what stands on the working card. */
const BACK: Readonly<Partial<Record<ViewName, (ctx: MessageContext) => Promise<void>>>> = {
  promotion: sayBackInPromotion,
  inspection: sayBackInInspection,
  'photos.list': sayBackInPhotos,
  'photos.move': sayBackInPhotos,
};

/** The word `back`: one step back in what stands on the working card, else the menu. */
export async function sayBack(ctx: MessageContext): Promise<void> {
  const go = ctx.card && BACK[ctx.card.view];
  if (go === undefined) showMenu(ctx);
  else await go(ctx);
}
