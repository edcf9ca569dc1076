import type { CardLine } from '../../models/cards.ts';
import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import { showAssociation } from '../association/send-request.ts';

/** The product list; for somebody who works for no ISO, their way into one. */
export function showMenu(ctx: Pick<Context, 'show' | 'person'>, line?: CardLine): void {
  const subject = { kind: 'person', id: ctx.person.userId } as const;
  if (ctx.person.state === 'ACTIVE') ctx.show({ view: 'menu', subject, line });
  else showAssociation(ctx);
}

export async function openMenu(ctx: TapContext | MessageContext): Promise<void> {
  showMenu(ctx);
}

/** `Photo tips`. */
export async function openPhotoTips(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'help.photos', subject: { kind: 'person', id: ctx.person.userId } });
}

/** `help`, typed or tapped. */
export async function openHelp(ctx: TapContext | MessageContext): Promise<void> {
  ctx.show({ view: 'help', subject: { kind: 'person', id: ctx.person.userId } });
}
