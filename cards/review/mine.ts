import { middayUtc } from '@field/kit/calendar';
import type { Product } from '../../src/domain/flows/definition.ts';
import type { Tally } from '../../src/domain/item-standing.ts';
import type { OverTime, ResultPeriod } from '../../src/domain/result-period.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate, shownDay, shownMonth, shownNumber, shownPeriod } from '../dates.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardChart, CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';
import { fatesList, TALLY_NAMES, tallyLine } from './tally-lines.ts';

export interface MyResultsModel {
  readonly period: ResultPeriod;
  /** `202611`, in the calendar of the ISO. */
  readonly thisMonth: string;
  readonly stores: Tally;
  /** Each with what stands there. */
  readonly spots: Tally;
  readonly posms: Tally;
  readonly inspections: Tally;
  /** Of each product of which anything was sent. */
  readonly products: readonly { readonly product: Product; readonly spots: Tally; readonly posms: Tally }[];
  /** How many spots were sent when; of a single day nothing. */
  readonly course?: OverTime | undefined;
  /** Items that failed, whenever they were sent; ten for more. */
  readonly failed: number;
  /** Open items of colleagues that this person has in hand: they are in no number here. */
  readonly ofColleagues: number;
  /** The first product of the menu: what to begin with. */
  readonly product?: Product | undefined;
}

const NAMES = {
  today: 'mine.today',
  week: 'mine.week',
  month: 'mine.month',
  all: 'mine.ever',
} as const satisfies Readonly<Record<string, TextKey>>;

/** `7 days`, `November 2026`. */
export function periodName(t: T, period: ResultPeriod): string {
  if (period === 'today' || period === 'week' || period === 'month' || period === 'all') return t(NAMES[period]);
  return shownPeriod(t.language, `${period.slice(0, 4)}-${period.slice(4)}`);
}

/** *My results*: how what was sent in a time stands, of everything and of each product, and when it was sent. */
export function myResults(model: MyResultsModel, t: T): CardView {
  const { period, thisMonth, stores, spots, failed, ofColleagues, product, inspections } = model;
  const isEmpty = stores.promoted + spots.promoted + inspections.promoted === 0;
  const start = product === undefined ? [] : [primary(productName(t, product), 'menu.product', { product })];
  const list =
    failed > 0 ? [primary(t('mine.failed', { count: some(failed) }), 'review.list', { of: 'failed', page: '1' })] : [];
  const hand =
    ofColleagues > 0
      ? [plain(t('mine.hand', { count: some(ofColleagues) }), 'review.list', { of: 'hand', page: '1' })]
      : [];
  return {
    title: t('mine.title', { period: periodName(t, period) }),
    ...numbers(model, t, isEmpty),
    actions: [
      ...list,
      ...(isEmpty && failed + ofColleagues === 0 ? start : []),
      ...(isEmpty ? [] : [plain(t('mine.shops'), 'review.shops', { period })]),
      ...hand,
      ...(period === thisMonth ? [] : [plain(t('button.myMonth'), 'review.mine', { period: 'thisMonth' })]),
      plain(t('button.anotherTime'), 'review.times'),
      plain(t('button.visitAgain'), 'review.visits'),
      plain(t('button.myInspections'), 'inspection.tasks', { of: 'submitted' }),
      plain(t('button.fees'), 'review.fees'),
      menuButton(t),
    ],
    note: t('result.lateAndFee'),
  };
}

/** Beyond nine it is not counted: what is to be done is many then. */
function some(count: number): string {
  return count > 9 ? '9+' : String(count);
}

function numbers(model: MyResultsModel, t: T, isEmpty: boolean): Pick<CardView, 'body' | 'facts' | 'table' | 'chart'> {
  if (isEmpty) return { body: [t('mine.empty'), t('mine.howTo')] };
  const { products } = model;
  const [only, ...others] = products;
  const body = only !== undefined && others.length === 0 ? [productName(t, only.product)] : undefined;
  return { body, facts: apart(model, t), table: totals(model, t), chart: chartOf(model, t) };
}

/** Of several products each by itself: of one the table has it all. */
function apart({ products, inspections }: MyResultsModel, t: T): CardView['facts'] {
  const facts = (products.length > 1 ? products : []).flatMap(({ product, spots, posms }) => {
    const lines = areAlike(spots, posms)
      ? [tallyLine(t, 'spotsAndPosms', spots)]
      : [tallyLine(t, 'spots', spots), tallyLine(t, 'posms', posms)];
    return lines.map((value) => ({ label: productName(t, product), value }));
  });
  const inspected = { label: t('name.SPOT_INSPECTION'), value: fatesList(t, inspections) };
  const all = [...facts, ...(inspections.promoted > 0 ? [inspected] : [])];
  return all.length > 0 ? all : undefined;
}

const FATES = ['promoted', 'approved', 'failed', 'inReview'] as const;

function areAlike(one: Tally, other: Tally): boolean {
  return FATES.every((fate) => one[fate] === other[fate]);
}

function totals({ stores, spots, posms }: MyResultsModel, t: T): CardView['table'] {
  if (stores.promoted + spots.promoted + posms.promoted === 0) return undefined;
  const said = (count: number): string => shownNumber(t.language, count);
  return {
    columns: [t('mine.what'), t('mine.stores'), t('mine.spots'), t('mine.posms')],
    rows: FATES.map((row) => [t(TALLY_NAMES[row]), said(stores[row]), said(spots[row]), said(posms[row])]),
  };
}

const COURSES = { day: 'mine.byDay', week: 'mine.byWeek', month: 'mine.byMonth' } as const satisfies Readonly<
  Record<OverTime['by'], TextKey>
>;

/** When the spots were sent: a line, which has one colour, since none of its points is good or bad. */
function chartOf({ course, spots }: MyResultsModel, t: T): CardChart | undefined {
  if (course === undefined || course.points.length < 2 || spots.promoted === 0) return undefined;
  const series = t(COURSES[course.by]);
  return {
    type: 'lineChart',
    points: course.points.map(({ at, count }) => ({ x: pointName(t, at, course.by), y: count, series })),
  };
}

function pointName(t: T, at: string, by: OverTime['by']): string {
  if (by === 'month') return shownMonth(t.language, `${at.slice(0, 4)}-${at.slice(4)}`);
  const named = by === 'day' ? shownDate : shownDay;
  return named(t.language, middayUtc(at), 'UTC');
}
