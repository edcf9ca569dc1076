import { dayOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { noteTaskNotice } from '../../models/inspection-tasks.ts';
import { changeItems } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { everyMinutes, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { nextAllowed } from '../../src/domain/allowed-hours.ts';
import { mayTell, NOTICE_EVERY_MS } from '../../src/domain/notice-times.ts';
import { isTold } from '../review/tell-results.ts';
import { dueOf } from './due-tasks.ts';
import { type DueWork, dueWork, isNothing, noteTold, noticeAfter, type WhoseNotices } from './due-work.ts';
import { findersOf, firstDue } from './find-due.ts';
import { type FoundDue, passOver } from './pass-over.ts';
import { lastReminder, leaveReminders } from './reminder-card.ts';

const BATCH = 200;

export interface Reminding {
  readonly clock: Clock;
  /** How long a draft is kept that nobody goes on with. */
  readonly draftsDays: number;
  /** Wakes delivery. */
  readonly sends: () => void;
}

/**
 * Whoever has a failure in hand is told of it again before it lapses, an inspection on the morning of its last day, a promotion that is
 * left half done after some days: one card a day, whatever it holds, or the card of that day's results where that comes first.
 */
export function remindStaff({ clock, draftsDays, sends }: Reminding): Job {
  return {
    name: 'remind-staff',
    ...onlyFrom(everyMinutes(NOTICE_EVERY_MS / 60_000), () => firstDue(clock.now())),
    async run() {
      const now = clock.now();
      const failures: unknown[] = [];
      for (const find of await findersOf(now)) {
        const seen = new Set<string>();
        for (;;) {
          const limit = BATCH + seen.size;
          const due = await find(limit);
          const news = due.filter(({ id }) => !seen.has(id));
          for (const { id } of news) seen.add(id);
          for (const found of byOwner(news)) {
            // one who cannot be told now is told next time, and keeps no other from it
            const told = inTransaction((tx) => remind(found, { now, draftsDays }, tx));
            await told.catch((error) => failures.push(error));
          }
          if (news.length > 0) sends();
          if (due.length < limit) break;
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Of one person in one ISO each; what nobody has in hand by itself. */
function byOwner(found: readonly FoundDue[]): readonly (readonly FoundDue[])[] {
  const all = new Map<string, FoundDue[]>();
  for (const one of found) {
    const key = JSON.stringify([one.isoId, one.ownerId]);
    all.set(key, [...(all.get(key) ?? []), one]);
  }
  return [...all.values()];
}

/** Tells of everything that is due today, in one card; decided by what is so now. Told by another process meanwhile, nothing is done. */
async function remind(
  found: readonly FoundDue[],
  { now, draftsDays }: { readonly now: number; readonly draftsDays: number },
  tx: Transaction,
): Promise<void> {
  await passOver(found, now, tx);
  const [{ isoId, ownerId: userId } = { isoId: '', ownerId: undefined }] = found;
  if (userId === undefined) return;
  const whose = { userId, isoId, now, hours: await hoursOfIso(isoId, tx) };
  const work = await dueWork(whose, tx);
  if (work.firstAt > now) return;
  const isToldOf = !isNothing(work.waiting) && isTold(await findPerson(userId, tx), isoId);
  if (isToldOf) {
    if (!mayTell(now, firstLapse(work), whose.hours)) return await putOff(work, whose, tx);
    await sendReminder(work, whose, tx);
  }
  const waiting = isToldOf ? work.waiting : { failures: [], inspections: [], drafts: [] };
  await noteTold({ due: work.due, waiting }, { ...whose, draftsDays }, tx);
}

/** When the first of it is over for good: an inspection that is late can be done still, what is to be corrected cannot. */
function firstLapse({ waiting: { failures, inspections } }: DueWork): number {
  const deadlines = [...failures.map(({ deadlineAt }) => deadlineAt), ...inspections.map(({ correctBy }) => correctBy)];
  return Math.min(...deadlines.map((at) => at ?? Infinity));
}

async function sendReminder(
  { waiting }: DueWork,
  { userId, now, hours }: WhoseNotices,
  tx: Transaction,
): Promise<void> {
  const today = dayOf(now, hours.timeZone);
  const card = {
    to: userId,
    kind: 'record',
    view: 'review.reminder',
    subject: lastReminder(userId),
  } as const;
  await leaveReminders(userId, tx);
  if (await sendRecord({ ...card, intent: derivedId('reminder', userId, today) }, now, tx)) return;
  // a second one only of what would lapse without it
  const last =
    waiting.failures.find((item) => noticeAfter(item, now, hours) === undefined)?.itemRef ??
    waiting.inspections.find(({ correctBy }) => correctBy !== undefined)?.taskId;
  if (last !== undefined) await sendRecord({ ...card, intent: derivedId('reminder', userId, today, last) }, now, tx);
}

/** What is late, and due in quiet hours now, is told when they end. */
async function putOff({ due }: DueWork, { now, hours }: WhoseNotices, tx: Transaction): Promise<void> {
  const isLate = ({ noticeAt = Infinity }: { readonly noticeAt?: number | undefined }): boolean => noticeAt <= now;
  const next = nextAllowed(now, hours) ?? null;
  await changeItems(
    due.failures.filter(isLate).map((item) => ({ item, change: { noticeAt: next } })),
    tx,
  );
  for (const task of due.inspections.filter(isLate)) {
    await noteTaskNotice(task, next !== null && next < dueOf(task) ? next : null, tx);
  }
}
