import { changeAsk, findAsk } from '../../models/account-asks.ts';
import { findIso } from '../../models/isos.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { isReminderDue } from '../../src/domain/account-reminders.ts';
import { tellAdmins } from './ask.ts';

/** `account.waits`: what somebody asks for comes below once more, in every admin's chat. */
export async function remindOfAsk(ctx: EventContext<'account.waits'>): Promise<void> {
  const ask = await findAsk(ctx.update.facts.ask, ctx.tx);
  if (ask === undefined || ask.state !== 'OPEN') return;
  const iso = await findIso(ask.isoId, ctx.tx);
  if (!isReminderDue(ask, ctx.now, iso?.timeZone ?? 'UTC')) return;
  const { reminded } = await changeAsk(ask, { reminded: ask.reminded + 1 }, ctx.tx);
  await tellAdmins(ctx, ask, reminded);
  ctx.audit('testAccount.remind', { kind: 'accountAsk', id: ask.askId }, { times: reminded });
}
