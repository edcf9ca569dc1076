import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import type { DataModel, TeamModel } from '../../cards/team.ts';
import { associationsOfIso, countWaiting } from '../../models/associations.ts';
import { countSuspected, deadlinesBetween } from '../../models/failure-lists.ts';
import { reviewsHaveLanded } from '../../models/incoming-files.ts';
import { findIso } from '../../models/isos.ts';
import { waitsForReview } from '../../models/item-queries.ts';
import { peopleOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readInstallation } from '../../models/settings.ts';
import { resultsOfDay, talliesOfIso } from '../../models/tallies.ts';
import { countTasksDue } from '../../models/task-lists.ts';
import { expectedData } from '../../src/domain/data-day.ts';
import type { AgreedOrder } from '../../src/domain/order-of-work.ts';
import { type Counts, NEW, tallyIn } from '../../src/domain/work-counts.ts';
import { urgentDay, urgentUntil } from '../../src/programme/deadline-rule.ts';
import { countAccountsToSeeTo } from '../accounts/load-accounts.ts';
import { giverIn, workLeftBy } from '../hand-over/work-scope.ts';
import { countLate } from '../review/late-appeals.ts';
import { failuresIn, forThoseInCharge, type Scope } from './for-admins.ts';
import { isStuck } from './load-cards.ts';
import { OPEN_TASKS } from './load-tasks.ts';

/** *Team*: what is to do, whether the data is there, and what yesterday brought; who comes and goes is an admin's. */
export const loadTeam = forThoseInCharge(async (_card, viewer, scope, now, seen) => {
  const { isoId, everybody } = scope;
  const iso = await findIso(isoId, seen);
  const { programme } = currentProgramme();
  const timeZone = iso?.timeZone ?? 'UTC';
  const tomorrow = instantOf(dayAfter(dayOf(now, timeZone), 1), 0, timeZone);
  const until = urgentUntil(programme, now, timeZone);
  const whose = failuresIn(scope);
  const [waiting, invited, adrift, accounts, data, urgent, fraud, tasksDue, yesterday, appeals] = await Promise.all([
    everybody ? countWaiting(isoId) : 0,
    everybody ? associationsOfIso(isoId, ['APPROVED', 'INVITED', 'REFUSED', 'EXPIRED']) : [],
    workLeftBy(giverIn(scope, viewer, now)),
    everybody ? countAccountsToSeeTo(isoId) : 0,
    readInstallation().then(({ programmeTimeZone }) => dataOf(isoId, now, programmeTimeZone)),
    deadlinesBetween(whose, now, until),
    countSuspected(whose, now),
    countTasksDue(isoId, tomorrow, { states: OPEN_TASKS, of: everybody ? undefined : scope.team }),
    yesterdayOf(scope, now, timeZone),
    iso === undefined ? 0 : countLate(whose, iso, now),
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
      lateAppeals: appeals,
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
  const [haveLanded, results, waits] = await Promise.all([
    reviewsHaveLanded(day),
    resultsOfDay(isoId, day),
    waitsForReview(isoId, endedAt),
  ]);
  if (haveLanded) {
    const [stores, spots] = [tallyIn(results, 'STORE'), tallyIn(results, 'SPOT')];
    const approved = stores.approved + spots.approved;
    const all = approved + stores.failed + spots.failed;
    return { day, state: 'in', approved: all > 0 ? Math.round((approved * 100) / all) : undefined };
  }
  if (!waits) return undefined;
  return { day, state: isDue ? 'late' : 'coming' };
}

/** Who sent anything yesterday, by the ISO's calendar, and which shops and spots were new. */
async function yesterdayOf({ isoId, has }: Scope, now: number, timeZone: string): Promise<TeamModel['yesterday']> {
  const yesterday = dayAfter(dayOf(now, timeZone), -1);
  const [tallies, all] = await Promise.all([talliesOfIso(isoId, yesterday), peopleOf(isoId)]);
  const sent = [...tallies].flatMap(([userId, { counts }]) => (has(userId) ? [counts] : []));
  const people = all.filter(({ userId }) => has(userId));
  const sum = (key: string): number => sent.reduce((all, counts) => all + (counts[key] ?? 0), 0);
  return {
    active: sent.filter(didSend).length,
    of: people.filter(({ state }) => state === 'ACTIVE').length,
    stores: sum(NEW.STORE),
    spots: sum(NEW.SPOT),
  };
}

/** Whether anything of a day was not sent again since. */
function didSend(counts: Counts): boolean {
  return (['STORE', 'SPOT', 'POSM', 'INSPECTION'] as const).some((type) => tallyIn(counts, type).promoted > 0);
}
