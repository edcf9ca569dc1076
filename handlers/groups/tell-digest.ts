import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { touchCards } from '../../models/cards.ts';
import { digestId, writeDigest } from '../../models/digests.ts';
import { groupsOf } from '../../models/groups.ts';
import { findIso } from '../../models/isos.ts';
import { deadlinesBetween, judgedOn } from '../../models/item-queries.ts';
import { currentProgramme, programmesAt } from '../../models/programme-in-use.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { reviewNumbers } from '../../src/domain/review-numbers.ts';
import { urgentDay, urgentUntil } from '../../src/programme/deadline-rule.ts';

/**
 * Tells an ISO's groups what a day's data brought: one card a group and day, however often it is told; a further file of that
 * day changes what the card says. A day without anything for the ISO brings no card.
 */
export async function tellDigest(clock: Clock, day: { isoId: string; dataDate: string }): Promise<void> {
  const { isoId, dataDate } = day;
  const id = digestId(isoId, dataDate);
  await inTransaction(async (tx) => {
    const now = clock.now();
    const judged = await judgedOn(isoId, dataDate, tx);
    const programmes = await programmesAt(judged.map(({ readUnder }) => readUnder));
    const numbers = reviewNumbers(judged, (version) => programmes(version).reasons);
    if (numbers.stores.promoted + numbers.spots.promoted === 0) return;
    const { programme } = currentProgramme();
    const timeZone = (await findIso(isoId, tx))?.timeZone ?? 'UTC';
    const urgent = await deadlinesBetween(isoId, now, urgentUntil(programme, now, timeZone), tx);
    const urgentBy = urgentDay(programme, now, timeZone);
    await writeDigest({ isoId, dataDate, toldAt: now, numbers, urgent, urgentBy }, tx);
    for (const { openConversationId } of await groupsOf(isoId, tx)) {
      const card = { kind: 'record', view: 'digest', subject: { kind: 'digest', id }, inGroup: true } as const;
      const intent = derivedId('digest', openConversationId, dataDate);
      await sendRecord({ ...card, intent, to: openConversationId }, now, tx);
    }
    await touchCards({ kind: 'digest', id }, tx);
  });
}
