import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import type { CardLine } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { adminsOf, type Person } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Context } from '../../src/bot/context.ts';

/**
 * Says in the person's own chat and language why nothing happened in the group, whose cards and lines are for everybody; once a day, since
 * anybody can ask for it.
 */
export async function sayShutOut(ctx: Pick<Context, 'person' | 'now' | 'tx' | 'send'>): Promise<void> {
  const { userId, state } = ctx.person;
  ctx.send({
    intent: derivedId('shutOut', state, userId, Math.floor(ctx.now / DAY_MS)),
    once: true,
    to: userId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'person', id: userId },
    line: state === 'UNKNOWN' ? await leftLine(ctx.person, ctx.tx) : await pausedLine(ctx.person, ctx.tx),
  });
}

/** With whom to ask: not themselves, if they are an admin. */
export async function pausedLine({ userId, isoId = '' }: Person, tx: Transaction): Promise<CardLine> {
  const admin = (await adminsOf(isoId, tx)).find((one) => one.userId !== userId);
  return admin === undefined
    ? { key: 'notice.suspended' }
    : { key: 'notice.suspended.named', args: { name: admin.name } };
}

async function leftLine({ formerIso }: Person, tx: Transaction): Promise<CardLine> {
  const iso = formerIso && (await findIso(formerIso.isoId, tx));
  return { key: 'told.leftGroup', args: { iso: iso?.name ?? '' } };
}
