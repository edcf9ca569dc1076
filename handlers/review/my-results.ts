import { dayOf } from '@field/kit/calendar';
import type { MyResultsModel } from '../../cards/review/mine.ts';
import { findIso } from '../../models/isos.ts';
import type { Person } from '../../models/people.ts';
import { productsOffered } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { firstMonthOf, type TallyOf, talliesByDay, talliesByMonth } from '../../models/tallies.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { monthBefore, monthOfDay } from '../../src/domain/fee-lines.ts';
import { courseOf, daysOf, isMonth, periodNamed, type ResultPeriod } from '../../src/domain/result-period.ts';
import { type Counts, productsIn, sumOfCounts, tallyIn } from '../../src/domain/work-counts.ts';
import { countFailed } from './failed-list.ts';
import { countInHand } from './result-lists.ts';

/** `My results`, `My month`, and every other time of which they are shown. */
export async function openMine(ctx: TapContext): Promise<void> {
  const { period } = ctx.update.params.extra;
  const ofMonth = period === 'thisMonth' ? monthOfDay(await todayOf(ctx.person, ctx.now, ctx.tx)) : period;
  ctx.show({ view: 'review.mine', subject: { kind: 'resultList', id: periodNamed(ofMonth) } });
}

/** `Another time`: of which results can be shown. */
export async function openTimes(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'review.times', subject: { kind: 'resultList', id: ctx.update.params.extra.until ?? '' } });
}

/** *My results* of a time: the last 7 days unless its subject says which. */
export function loadMine(usual: ResultPeriod): LoadCard {
  return async ({ subject }, viewer, now, seen) => {
    const named = subject.kind === 'resultList' ? periodNamed(subject.id) : usual;
    const today = await todayOf(viewer, now, seen);
    const thisMonth = monthOfDay(today);
    // a month that has not begun is this one
    const period = isMonth(named) && named > thisMonth ? periodNamed(thisMonth) : named;
    const [tallies, failed, ofColleagues] = await Promise.all([
      talliesOf(viewer, period, today),
      countFailed(viewer.userId, now),
      countInHand(viewer.userId),
    ]);
    const counts = sumOfCounts([...tallies.values()].map((one) => one.counts));
    return {
      name: 'review.mine',
      model: {
        period,
        thisMonth,
        ...numbersOf(counts),
        course: courseOf(period, today, spotsIn(tallies)),
        failed,
        ofColleagues,
        product: productsOffered()[0],
      },
      version: 0,
    };
  };
}

/** Day by day, or of all time month by month. */
async function talliesOf({ userId, isoId = '' }: Person, period: ResultPeriod, today: string) {
  const whose = { userId, isoId };
  const days = daysOf(period, today);
  if (days === undefined) return await talliesByMonth(whose, '200001', monthOfDay(today));
  return await talliesByDay(whose, days.from, days.to);
}

function spotsIn(tallies: ReadonlyMap<string, TallyOf>): ReadonlyMap<string, number> {
  return new Map([...tallies].map(([at, { counts }]) => [at, tallyIn(counts, 'SPOT').promoted]));
}

/** Of everything, and of each product in the order of the programme. */
function numbersOf(counts: Counts): Pick<MyResultsModel, 'stores' | 'spots' | 'posms' | 'inspections' | 'products'> {
  return {
    stores: tallyIn(counts, 'STORE'),
    spots: tallyIn(counts, 'SPOT'),
    posms: tallyIn(counts, 'POSM'),
    inspections: tallyIn(counts, 'INSPECTION'),
    products: productsIn(counts, productsOffered()).map((product) => ({
      product,
      spots: tallyIn(counts, 'SPOT', product),
      posms: tallyIn(counts, 'POSM', product),
    })),
  };
}

const MONTHS = 4;

/** *Another time*: days, all there is, and months back to the first in which this person sent anything, four at a time. */
export const loadTimes: LoadCard = async ({ subject }, viewer, now, seen) => {
  const [today, first] = await Promise.all([
    todayOf(viewer, now, seen),
    firstMonthOf({ userId: viewer.userId, isoId: viewer.isoId ?? '' }),
  ]);
  const thisMonth = monthOfDay(today);
  let month = isMonth(subject.id) && subject.id <= thisMonth ? subject.id : thisMonth;
  const months: string[] = [];
  for (; month >= (first ?? thisMonth) && months.length <= MONTHS; month = monthBefore(month)) months.push(month);
  return {
    name: 'review.times',
    model: { months: months.slice(0, MONTHS), earlier: months[MONTHS] },
    version: 0,
  };
};

/** By the calendar of the ISO. */
export async function todayOf({ isoId }: Pick<Person, 'isoId'>, now: number, tx?: Reads): Promise<string> {
  const iso = isoId === undefined ? undefined : await findIso(isoId, tx);
  return dayOf(now, iso?.timeZone ?? 'UTC');
}
