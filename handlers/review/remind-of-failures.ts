import { dayOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { firstNoticeDue, noticesDue } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItems, findItems } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { everyMinutes, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { type AllowedHours, nextAllowed } from '../../src/domain/allowed-hours.ts';
import { mayTell, NOTICE_EVERY_MS } from '../../src/domain/notice-times.ts';
import { dueNotices, noteToldOf, noticeAfter } from './due-notices.ts';
import { isTold } from './tell-results.ts';

const BATCH = 200;

/**
 * Whoever has a failure in hand is told of it again before it lapses: one card a day, whatever it holds, or the card of that day's
 * results where that comes first. `sends` wakes delivery.
 */
export function remindOfFailures(clock: Clock, sends: () => void): Job {
  return {
    name: 'remind-of-failures',
    ...onlyFrom(everyMinutes(NOTICE_EVERY_MS / 60_000), firstNoticeDue),
    async run() {
      const now = clock.now();
      const seen = new Set<string>();
      const failures: unknown[] = [];
      for (;;) {
        const limit = BATCH + seen.size;
        const due = await noticesDue(now, limit);
        const news = due.filter(({ itemRef }) => !seen.has(itemRef));
        for (const { itemRef } of news) seen.add(itemRef);
        for (const [owner, items] of byOwner(news)) {
          // one who cannot be told now is told next time, and keeps no other from it
          await inTransaction((tx) => remind(owner, items, now, tx)).catch((error) => failures.push(error));
        }
        if (news.length > 0) sends();
        if (due.length < limit) break;
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

function byOwner(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const all = new Map<string, Item[]>();
  for (const item of items) all.set(item.ownerId ?? '', [...(all.get(item.ownerId ?? '') ?? []), item]);
  return all;
}

/** Tells of everything that is due today, in one card; decided by what is so now. Told by another process meanwhile, nothing is done. */
async function remind(userId: string, found: readonly Item[], now: number, tx: Transaction): Promise<void> {
  const [{ isoId } = { isoId: '' }] = found;
  const hours = await hoursOfIso(isoId, tx);
  if (userId === '') return await passOver(found, now, tx);
  const { due, waiting } = await dueNotices(userId, now, hours, tx);
  if (!due.some(({ noticeAt = Infinity }) => noticeAt <= now)) return;
  const [urgent] = waiting;
  if (urgent !== undefined && isTold(await findPerson(userId, tx), isoId)) {
    if (!mayTell(now, urgent.deadlineAt ?? Infinity, hours)) return await putOff(due, now, hours, tx);
    const today = dayOf(now, hours.timeZone);
    const card = {
      to: userId,
      kind: 'record',
      view: 'review.reminder',
      subject: { kind: 'reminder', id: today },
    } as const;
    const isFirst = await sendRecord({ ...card, intent: derivedId('reminder', userId, today) }, now, tx);
    // a second one only of what would lapse without it
    const last = isFirst ? undefined : waiting.find((item) => noticeAfter(item, now, hours) === undefined);
    if (last !== undefined)
      await sendRecord({ ...card, intent: derivedId('reminder', userId, today, last.itemRef) }, now, tx);
  }
  await noteToldOf(due, now, hours, tx);
}

/** What is late, and due in quiet hours now, is told when they end. */
async function putOff(due: readonly Item[], now: number, hours: AllowedHours, tx: Transaction): Promise<void> {
  const late = due.filter(({ noticeAt = Infinity }) => noticeAt <= now);
  const noticeAt = nextAllowed(now, hours) ?? null;
  await changeItems(
    late.map((item) => ({ item, change: { noticeAt } })),
    tx,
  );
}

/** What is in nobody's hands stands on the admins' list. */
async function passOver(found: readonly Item[], now: number, tx: Transaction): Promise<void> {
  const items = await findItems(
    found.map(({ itemRef }) => itemRef),
    tx,
  );
  for (const item of items) {
    if (item.ownerId !== undefined || (item.noticeAt ?? Infinity) > now) continue;
    await noteToldOf([item], now, await hoursOfIso(item.isoId, tx), tx);
  }
}
