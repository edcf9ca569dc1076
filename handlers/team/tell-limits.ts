import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { type CountedMonth, sharedMonth } from '../../models/month-of-calls.ts';
import { type LimitNotice, type MonthlyUsage, noteLimit, noticeName } from '../../models/monthly-usage.ts';
import { adminsOf } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { ORGANISATION } from '../../src/domain/budget.ts';
import { type Amounts, METERED, type Metered, runsOutAt, thresholdReached } from '../../src/domain/limits.ts';

/** One that pays, what they used of what, and of how much that is a share. */
interface Measured {
  readonly payer: string;
  readonly what: Metered;
  readonly used: number;
  readonly limit: number;
  readonly whole: number;
}

/**
 * Tells each ISO's admins at 70, 90 and 100 % of their share of what DingTalk allows in a month, as that was just read, and the operator's
 * log at as much of all of it: once each, however many processes look, and however the share grows meanwhile.
 */
export async function tellLimits(log: Pick<Logger, 'warn'>, limits: Amounts, month: CountedMonth): Promise<void> {
  const { usage, shares } = sharedMonth(month, limits);
  const measured = METERED.flatMap((what): Measured[] => [
    { payer: ORGANISATION, what, used: usage[what], limit: limits[what], whole: limits[what] },
    ...[...shares]
      .filter(([payer, share]) => payer !== ORGANISATION && share[what].limit > 0)
      .map(([payer, share]) => ({ payer, what, ...share[what], whole: limits[what] })),
  ]);
  for (const one of measured) {
    const notice = noticeOf(one, usage, month.at);
    if (notice === undefined || !isNews(one, notice, usage) || !(await tell(one.payer, notice, usage.month))) continue;
    const { payer, what, percent, used, limit } = notice;
    if (payer === ORGANISATION) log.warn({ what, percent, used, limit }, 'month.nearLimit');
  }
}

function noticeOf({ used, limit, ...of }: Measured, { since }: MonthlyUsage, at: number): LimitNotice | undefined {
  const percent = thresholdReached(used, limit);
  if (percent === undefined) return undefined;
  return { ...of, percent, used, limit, at, runsOutAt: runsOutAt({ used, limit, since: since ?? at, now: at }) };
}

function isNews({ payer, what, whole }: Measured, { percent }: LimitNotice, { notices }: MonthlyUsage): boolean {
  return notices.every(
    (told) => told.payer !== payer || told.what !== what || told.whole !== whole || told.percent < percent,
  );
}

/** Answers whether nobody had. */
async function tell(payer: string, notice: LimitNotice, month: string): Promise<boolean> {
  const id = `${month}/${noticeName(notice)}`;
  return await inTransaction(async (tx) => {
    if (!(await noteLimit(month, notice, tx))) return false;
    const admins = payer === ORGANISATION ? [] : await adminsOf(payer, tx);
    for (const { userId } of admins) {
      const card = { kind: 'record', view: 'team.limitNotice', subject: { kind: 'limit', id } } as const;
      await sendRecord({ ...card, intent: derivedId('limit', id, userId), to: userId }, notice.at, tx);
    }
    return true;
  });
}
