import type { Subject } from '../../models/cards.ts';
import { changePerson } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';

/** What the person works on now: photos that they send go there. Undefined: to nothing. */
export async function takeInHand(ctx: Context, subject: Subject | undefined): Promise<void> {
  const { userId, inHand } = ctx.person;
  if (inHand?.kind === subject?.kind && inHand?.id === subject?.id) return;
  ctx.person = await changePerson(userId, { inHand: subject ?? null }, ctx.tx);
}
