import type { DataDate } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { answersToTell, changeAppeal } from '../../models/appeals.ts';
import { touchAll, touchCards, touchCardsAbout } from '../../models/cards.ts';
import { itemsDecidedOn, itemsOfAuthor } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { findResultDay, keepResultDay, type ResultDay, resultDayId } from '../../models/result-days.ts';
import { promotionsOfSpots } from '../../models/spots.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { standingOf } from '../../src/domain/item-standing.ts';
import { dueWork, noteTold } from '../reminders/due-work.ts';
import { loadOtherWork } from '../reminders/load-other-work.ts';
import { lastReminder } from '../reminders/reminder-card.ts';
import { dayNumbers } from './day-numbers.ts';
import { tellFraud } from './fraud.ts';
import { isPromoted } from './item-model.ts';
import { itemsToDo } from './items-to-do.ts';
import { urgentFailure } from './urgent-failure.ts';

export interface ConcernedStaff {
  readonly userId: string;
  readonly isoId: string;
  /** The day whose data has landed. */
  readonly dataDate: DataDate;
}

/**
 * Tells a person what the data of a day brought: one card a day, redrawn when another file of that day lands, and one for each
 * appeal that was answered. Told again, nothing is sent a second time (domain A.12-7). `timeZone` is the programme's (domain A.12-18);
 * `draftsDays`: how long a draft is kept that nobody goes on with.
 */
export function createTellStaff(
  clock: Clock,
  { timeZone, draftsDays }: { readonly timeZone: string; readonly draftsDays: number },
): (concerned: ConcernedStaff) => Promise<void> {
  return async (concerned) => {
    const { userId, isoId, dataDate } = concerned;
    // before the transaction, and whether they are told at all: whoever writes would wait
    if (!isTold(await findPerson(userId), isoId)) return;
    const numbers = await numbersOfDay(userId, dataDate, timeZone);
    await inTransaction(async (tx) => {
      const person = await findPerson(userId, tx);
      if (!isTold(person, isoId)) return;
      const now = clock.now();
      if (numbers !== undefined) await tellDay(concerned, { numbers, draftsDays, now }, tx);
      await tellAnswers(concerned, now, tx);
      // the menu says what failed, and the last reminder
      await touchAll({ subjects: [{ kind: 'person', id: userId }, lastReminder(userId)] }, tx);
    });
  };
}

/** Whoever works there no more reads their results when they ask. */
export function isTold(person: Person | undefined, isoId: string): boolean {
  return person?.isoId === isoId && person.state === 'ACTIVE';
}

async function tellDay(
  concerned: ConcernedStaff,
  { numbers, draftsDays, now }: { readonly numbers: DayNumbers; readonly draftsDays: number; readonly now: number },
  tx: Transaction,
): Promise<void> {
  const { userId, isoId, dataDate } = concerned;
  const { stores, spots, failed } = numbers;
  const subject = { kind: 'resultDay', id: resultDayId(userId, dataDate) } as const;
  const intent = derivedId('resultDay', userId, dataDate);
  const isNew = await sendRecord({ intent, to: userId, kind: 'record', view: 'review.day', subject }, now, tx);
  const reminds = isNew ? await rideAlong(concerned, { failed, draftsDays, now }, tx) : undefined;
  const day = await keepResultDay({ userId, isoId, dataDate, stores, spots, failed, reminds }, tx);
  await touchCards(subject, tx);
  await tellFraud(day.failed, now, tx);
  await touchCardsAbout('promotion', await promotionsOfSpots(numbers.spotIds, tx), tx);
}

/** What is due to be told of today needs no card of its own then: by itemRef, taskId and draftId. */
async function rideAlong(
  { userId, isoId }: ConcernedStaff,
  {
    failed,
    draftsDays,
    now,
  }: { readonly failed: readonly string[]; readonly draftsDays: number; readonly now: number },
  tx: Transaction,
): Promise<readonly string[]> {
  const hours = await hoursOfIso(isoId, tx);
  const { due, waiting } = await dueWork({ userId, isoId, now, hours }, tx);
  const isOlder = ({ itemRef }: Item): boolean => !failed.includes(itemRef);
  const older = { ...due, failures: due.failures.filter(isOlder) };
  await noteTold({ due: older, waiting }, { now, hours, draftsDays }, tx);
  return [
    ...waiting.failures.filter(isOlder).map(({ itemRef }) => itemRef),
    ...waiting.inspections.map(({ taskId }) => taskId),
    ...waiting.drafts.map(({ draftId }) => draftId),
  ];
}

async function tellAnswers({ userId }: ConcernedStaff, now: number, tx: Transaction): Promise<void> {
  for (const appeal of await answersToTell(userId, tx)) {
    const subject = { kind: 'appeal', id: appeal.appealId } as const;
    await changeAppeal(appeal, { told: true }, tx);
    const intent = derivedId('appealAnswer', appeal.appealId);
    await sendRecord({ intent, to: userId, kind: 'record', view: 'review.answer', subject }, now, tx);
  }
}

/** `spotIds`: the spots about which something was decided. */
type DayNumbers = Pick<ResultDay, 'stores' | 'spots' | 'failed'> & { readonly spotIds: readonly string[] };

/**
 * What a day's data brought a person: of the stores and spots that they are the author of, or have in hand, those that it decided, and
 * of their own those that were sent by then and are still under review. Undefined where it decided none.
 */
async function numbersOfDay(userId: string, dataDate: DataDate, timeZone: string): Promise<DayNumbers | undefined> {
  const decided = (await itemsDecidedOn(userId, dataDate)).filter(isPromoted);
  if (decided.length === 0) return undefined;
  const waiting = await itemsOfAuthor(userId, ['PENDING', 'APPEALING']);
  return {
    ...(await dayNumbers({ decided, waiting, dataDate, timeZone })),
    spotIds: [...new Set(decided.flatMap(({ spotId }) => spotId ?? []))],
    failed: decided.filter(({ state }) => standingOf(state) === 'failed').map(({ itemRef }) => itemRef),
  };
}

/** *Results up to Mon 23 Nov*: the numbers as they were told, the most urgent of what it told of as it stands now. */
export const loadResultDay: LoadCard = async (card, viewer, now, seen) => {
  const [day, all] = await Promise.all([findResultDay(card.subject.id), itemsToDo(viewer.userId, now)]);
  if (day?.userId !== viewer.userId) return OLD_CARD;
  const { dataDate, stores, spots, version } = day;
  const told = new Set([...day.failed, ...(day.reminds ?? [])]);
  const toDo = all.filter(({ itemRef }) => told.has(itemRef));
  const [{ failure, soon }, { other, timeZone }] = await Promise.all([
    urgentFailure(toDo[0], seen),
    loadOtherWork(viewer, now, { isMeant: (id) => told.has(id), seen }),
  ]);
  const model = { dataDate, stores, spots, timeZone, failure, more: Math.max(0, toDo.length - 1), other };
  return { name: 'review.day', model, version, soon };
};
