import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { adminsOf } from '../../models/people.ts';
import { noteFarAbove, notNotedFrom, type PersonalUsage, personalUsage } from '../../models/personal-usage.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { isFarAbove, pushesToLookAt } from '../../src/domain/far-above.ts';
import { monthOf } from '../../src/domain/limits.ts';

/** Names a person whose pushes are far above everybody's to the admins of their ISO, and to the operator's log: once a month, whoever looks. */
export async function tellFarAbove(
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Logger },
  limit: number,
): Promise<void> {
  const now = clock.now();
  const month = monthOf(now);
  const many = await notNotedFrom(month, pushesToLookAt(limit));
  if (many.length === 0) return;
  const everybody = await personalUsage(month);
  for (const one of many) {
    const others = everybody.filter(({ userId, pushes }) => userId !== one.userId && pushes > 0);
    const isFar = isFarAbove(
      one.pushes,
      others.map(({ pushes }) => pushes),
      limit,
    );
    if (!isFar || !(await tell(one, now))) continue;
    log.warn({ userId: one.userId, pushes: one.pushes, limit }, 'pushes.farAbove');
  }
}

async function tell({ month, userId, isoId }: PersonalUsage, now: number): Promise<boolean> {
  return await inTransaction(async (tx) => {
    if (!(await noteFarAbove(month, userId, now, tx))) return false;
    const admins = isoId === undefined ? [] : await adminsOf(isoId, tx);
    for (const admin of admins) {
      const subject = { kind: 'limit', id: `${month}/${userId}` } as const;
      const intent = derivedId('farAbove', month, userId, admin.userId);
      await sendRecord({ kind: 'record', view: 'team.farAbove', subject, intent, to: admin.userId }, now, tx);
    }
    return true;
  });
}
