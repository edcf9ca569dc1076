import { dayAfter } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { touchCards } from '../../models/cards.ts';
import { digestId, writeDigest } from '../../models/digests.ts';
import { deadlinesBetween } from '../../models/failure-lists.ts';
import { groupsOf } from '../../models/groups.ts';
import { countOldFailures, itemsOfIsoDecidedOn, itemsOfIsoUnderReview } from '../../models/item-queries.ts';
import { readUnder } from '../../models/item-rows.ts';
import { currentProgramme, programmesAt } from '../../models/programme-in-use.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { countTasksDue } from '../../models/task-lists.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { endOfDaysLeft } from '../../src/domain/days-left.ts';
import { digestDue } from '../../src/domain/digest-time.ts';
import { countReasons, type ReviewNumbers } from '../../src/domain/review-numbers.ts';
import { urgentDay, urgentUntil } from '../../src/programme/deadline-rule.ts';
import { dayNumbers } from '../review/day-numbers.ts';
import { isPromoted } from '../review/item-model.ts';
import { OPEN_TASKS } from '../team/load-tasks.ts';

/** A failure is old whose result came more than so many days before the newest. */
const OLD_DAYS = 2;

interface IsoDay {
  readonly isoId: string;
  readonly dataDate: string;
  /** The programme's (domain A.12-18). */
  readonly timeZone: string;
}

/**
 * Tells an ISO's groups what a day's data brought, each at its own hour: one card a group and day, however often it is told; a further file of that
 * day changes what the card says. A day that decided nothing for the ISO brings no card.
 */
export async function tellDigest(clock: Clock, day: IsoDay): Promise<void> {
  const { isoId, dataDate } = day;
  const id = digestId(isoId, dataDate);
  const now = clock.now();
  // before the transaction: an ISO has thousands of items, and whoever writes would wait
  const numbers = await numbersOf(day);
  if (numbers === undefined) return;
  const { programme } = currentProgramme();
  const hours = await hoursOfIso(isoId);
  const { timeZone } = hours;
  const urgentBy = urgentDay(programme, now, timeZone);
  const [urgent, old, inspections] = await Promise.all([
    deadlinesBetween({ isoId }, now, urgentUntil(programme, now, timeZone)),
    countOldFailures(isoId, now, dayAfter(dataDate, -OLD_DAYS)),
    countTasksDue(isoId, endOfDaysLeft(now, 1, timeZone), { states: OPEN_TASKS }),
  ]);
  await inTransaction(async (tx) => {
    await writeDigest({ isoId, dataDate, toldAt: now, numbers, urgent, urgentBy, old, inspections }, tx);
    for (const { openConversationId, hour, quiet } of await groupsOf(isoId, tx)) {
      const card = { kind: 'record', view: 'digest', subject: { kind: 'digest', id }, inGroup: true } as const;
      const intent = derivedId('digest', openConversationId, dataDate);
      const dueAt = digestDue(now, { hour, quiet }, hours);
      await sendRecord({ ...card, intent, to: openConversationId }, dueAt, tx);
    }
    await touchCards({ kind: 'digest', id }, tx);
  });
}

async function numbersOf({ isoId, dataDate, timeZone }: IsoDay): Promise<ReviewNumbers | undefined> {
  const decided = (await itemsOfIsoDecidedOn(isoId, dataDate)).filter(isPromoted);
  if (decided.length === 0) return undefined;
  const waiting = await itemsOfIsoUnderReview(isoId);
  const { stores, spots, failures } = await dayNumbers({ decided, waiting, dataDate, timeZone });
  const judged = failures.map((item) => ({
    reasonCodes: item.judgement?.reasonCodes ?? [],
    readUnder: readUnder(item),
  }));
  const programmes = await programmesAt(judged.map((one) => one.readUnder));
  return { stores, spots, reasons: countReasons(judged, (version) => programmes(version).reasons) };
}
