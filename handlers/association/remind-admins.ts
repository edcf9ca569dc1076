import { derivedId } from '@field/kit/ids';
import { countWaiting, noteTold } from '../../models/associations.ts';
import { beginWaitingList, noteReminded } from '../../models/isos.ts';
import { adminsOf } from '../../models/people.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { toldUpTo } from '../../src/domain/allowed-hours.ts';
import { REMINDED_AFTER_MS } from '../../src/domain/waiting-requests.ts';
import { waitingSubject } from './request-cards.ts';

/** `association.waits`: the list of those who wait comes below once more, in every admin's chat. */
export async function remindAdmins(ctx: EventContext<'association.waits'>): Promise<void> {
  const { isoId } = ctx.update.facts;
  const upTo = toldUpTo(ctx.now, await hoursOfIso(isoId, ctx.tx));
  const reminded = REMINDED_AFTER_MS.map((age) => [String(age), upTo - age] as const);
  await noteReminded(isoId, Object.fromEntries(reminded), ctx.tx);
  await noteTold(isoId, ctx.tx);
  if ((await countWaiting(isoId, ctx.tx)) === 0) return;
  await beginWaitingList(isoId, { id: ctx.update.id, at: ctx.now }, ctx.tx);
  for (const { userId } of await adminsOf(isoId, ctx.tx)) {
    ctx.send({
      intent: derivedId('waiting', ctx.update.id, userId),
      to: userId,
      kind: 'record',
      view: 'association.waiting',
      subject: waitingSubject(isoId),
      callClass: 'reminder',
    });
  }
}
