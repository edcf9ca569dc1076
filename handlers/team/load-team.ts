import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import type { DataModel, TeamModel } from '../../cards/team.ts';
import { associationsOfIso, countWaiting } from '../../models/associations.ts';
import { deadlinesBetween } from '../../models/failure-lists.ts';
import { reviewsHaveLanded } from '../../models/incoming-files.ts';
import { findIso } from '../../models/isos.ts';
import { itemsOfIsoDecidedOn, submittedBetween, waitsForReview } from '../../models/item-queries.ts';
import { peopleOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readInstallation } from '../../models/settings.ts';
import { countTasksDue } from '../../models/task-lists.ts';
import { expectedData } from '../../src/domain/data-day.ts';
import type { AgreedOrder } from '../../src/domain/order-of-work.ts';
import { urgentDay, urgentUntil } from '../../src/programme/deadline-rule.ts';
import { countAccountsToSeeTo } from '../accounts/load-accounts.ts';
import { giverIn, workLeftBy } from '../hand-over/work-scope.ts';
import { dayNumbers } from '../review/day-numbers.ts';
import { lateAppeals } from '../review/late-appeals.ts';
import { countSuspicions } from '../review/reasons-of-item.ts';
import { failuresIn, forThoseInCharge, type Scope } from './for-admins.ts';
import { isStuck } from './load-cards.ts';
import { OPEN_TASKS } from './load-tasks.ts';

/** *Team*: what is to do, whether the data is there, and what yesterday brought; who comes and goes is an admin's. */
export const loadTeam = forThoseInCharge(async (_card, viewer, scope, now) => {
  const { isoId, everybody } = scope;
  const [iso, waiting, invited, adrift, accounts, { programmeTimeZone }] = await Promise.all([
    findIso(isoId),
    everybody ? countWaiting(isoId) : 0,
    everybody ? associationsOfIso(isoId, ['APPROVED', 'INVITED', 'REFUSED', 'EXPIRED']) : [],
    workLeftBy(giverIn(scope, viewer, now)),
    everybody ? countAccountsToSeeTo(isoId) : 0,
    readInstallation(),
  ]);
  const { programme } = currentProgramme();
  const timeZone = iso?.timeZone ?? 'UTC';
  const tomorrow = instantOf(dayAfter(dayOf(now, timeZone), 1), 0, timeZone);
  const until = urgentUntil(programme, now, timeZone);
  const whose = failuresIn(scope);
  const [urgent, fraud, tasksDue, data, yesterday, appeals] = await Promise.all([
    deadlinesBetween(whose, now, until),
    countSuspicions(whose, now),
    countTasksDue(isoId, tomorrow, { states: OPEN_TASKS, of: everybody ? undefined : scope.team }),
    dataOf(isoId, now, programmeTimeZone),
    yesterdayOf(scope, now, timeZone),
    lateAppeals(iso, now),
  ]);
  return {
    name: 'team',
    model: {
      iso: iso?.name ?? '',
      everybody,
      waiting,
      stuck: invited.filter(isStuck).length,
      invited: invited.filter((one) => one.state !== 'EXPIRED' && !isStuck(one)).length,
      urgent,
      urgentBy: urgentDay(programme, now, timeZone),
      tasksDue,
      lateAppeals: appeals.filter(({ appeal }) => scope.has(appeal.ownerId)).length,
      withoutHands: adrift.length,
      accounts,
      fraud,
      data,
      order: everybody ? agreedOrder(iso?.ordersAgreed) : undefined,
      yesterday,
    },
    version: 0,
  };
});

function agreedOrder(agreed: readonly AgreedOrder[] = []): TeamModel['order'] {
  const last = agreed.at(-1);
  return last && { order: last.order, agreedOn: last.agreedOn };
}

/** How it stands with yesterday's data; undefined when none has come and nothing waits for it. */
async function dataOf(isoId: string, now: number, programmeTimeZone: string): Promise<DataModel | undefined> {
  const { day, endedAt, isDue } = expectedData(now, programmeTimeZone);
  const [haveLanded, decided, waits] = await Promise.all([
    reviewsHaveLanded(day),
    itemsOfIsoDecidedOn(isoId, day),
    waitsForReview(isoId, endedAt),
  ]);
  if (haveLanded) {
    const { stores, spots } = await dayNumbers({ decided, waiting: [], dataDate: day, timeZone: programmeTimeZone });
    const approved = stores.approved + spots.approved;
    const all = approved + stores.failed + spots.failed;
    return { day, state: 'in', approved: all > 0 ? Math.round((approved * 100) / all) : undefined };
  }
  if (!waits) return undefined;
  return { day, state: isDue ? 'late' : 'coming' };
}

/** Who sent anything yesterday, by the ISO's calendar, and which shops and spots were new. */
async function yesterdayOf({ isoId, has }: Scope, now: number, timeZone: string): Promise<TeamModel['yesterday']> {
  const today = dayOf(now, timeZone);
  const [from, to] = [instantOf(dayAfter(today, -1), 0, timeZone), instantOf(today, 0, timeZone)];
  const [sent, all] = await Promise.all([submittedBetween(isoId, from, to), peopleOf(isoId)]);
  const submitted = sent.filter(({ staffId }) => has(staffId));
  const people = all.filter(({ userId }) => has(userId));
  const fresh = submitted.filter(({ revision }) => revision === 1);
  return {
    active: new Set(submitted.map(({ staffId }) => staffId)).size,
    of: people.filter(({ state }) => state === 'ACTIVE').length,
    stores: fresh.filter(({ itemType }) => itemType === 'STORE').length,
    spots: fresh.filter(({ itemType }) => itemType === 'SPOT').length,
  };
}
