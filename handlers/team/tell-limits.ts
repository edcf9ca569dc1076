import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { type LimitNotice, noteLimit, noticeName, usageOf } from '../../models/monthly-usage.ts';
import { everyAdmin } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type Amounts, METERED, type Metered, monthOf, runsOutAt, thresholdReached } from '../../src/domain/limits.ts';

/** Tells every ISO's admins at 70, 90 and 100 % of what DingTalk allows in a month: once each, however many processes look. */
export async function tellLimits(clock: Pick<Clock, 'now'>, limits: Amounts): Promise<void> {
  const now = clock.now();
  const usage = await usageOf(monthOf(now));
  for (const what of METERED) {
    const notice = noticeFor(what, { used: usage[what], limit: limits[what], since: usage.since ?? now, now });
    const isNews = ({ percent, limit }: LimitNotice): boolean =>
      usage.notices.every((told) => told.what !== what || told.limit !== limit || told.percent < percent);
    if (notice !== undefined && isNews(notice)) await tell(usage.month, notice);
  }
}

function noticeFor(
  what: Metered,
  pace: { used: number; limit: number; since: number; now: number },
): LimitNotice | undefined {
  const { used, limit, now: at } = pace;
  const percent = thresholdReached(used, limit);
  if (percent === undefined) return undefined;
  const end = runsOutAt(pace);
  return { what, percent, used, limit, at, runsOutAt: end };
}

async function tell(month: string, notice: LimitNotice): Promise<void> {
  const id = `${month}/${noticeName(notice)}`;
  await inTransaction(async (tx) => {
    if (!(await noteLimit(month, notice, tx))) return;
    for (const { userId } of await everyAdmin(tx)) {
      const card = { kind: 'record', view: 'team.limitNotice', subject: { kind: 'limit', id } } as const;
      await sendRecord({ ...card, intent: derivedId('limit', id, userId), to: userId }, notice.at, tx);
    }
  });
}
