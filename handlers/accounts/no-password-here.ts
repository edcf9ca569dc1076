import { openAsksOf } from '../../models/account-asks.ts';
import type { MessageContext } from '../../src/bot/context.ts';
import { keepPlace } from '../keep-place.ts';

/**
 * A text that means nothing here: of an admin whom somebody asks for a password, or who has a test account open, it may be one. It goes
 * with its update, as every text does that has no place, and the line says where it is to be written (domain A.9).
 */
export async function keepPlaceOrRefuse(ctx: MessageContext): Promise<void> {
  const { role, isoId } = ctx.person;
  const mayBePassword =
    role === 'ADMIN' &&
    (ctx.card?.view.startsWith('account.') === true || (await openAsksOf(isoId ?? '', ctx.tx)).length > 0);
  if (!mayBePassword || ctx.person.workingCard === undefined) return keepPlace(ctx);
  const line = { key: 'line.noPasswords' } as const;
  ctx.moveBelow({ afterMs: 0, line, belowForm: line, evenForm: false, photos: 0 });
}
