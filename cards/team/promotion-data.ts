import { middayUtc } from '@field/kit/calendar';
import { menuButton, plain } from '../buttons.ts';
import { shownDate, shownDay, shownNumber, shownPeriod, shownTime } from '../dates.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { dashed } from './fees.ts';
import { type PageModel, pageButtons, pageNote } from './pages.ts';

/** What was promoted: how many, whatever became of it, and how many codes still stand. */
export interface Promoted {
  readonly stores: number;
  readonly spots: number;
  readonly posms: number;
  readonly codes: number;
}

export interface PromoterRow extends Promoted {
  /** Absent of who was erased. */
  readonly name?: string | undefined;
  /** When they sent the first and the last thing of the time, milliseconds; absent where they sent nothing. */
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
}

export interface PromotionDataModel extends PageModel {
  /** A day, `20261124`, or a month, `202611`; the one before it, and the one after it where that has begun. */
  readonly time: string;
  readonly before: string;
  readonly after?: string | undefined;
  /** The month of the day, or a day of the month. */
  readonly other: string;
  /** How many people sent anything, and what all of them together did. */
  readonly people: number;
  readonly all: Promoted;
  /** Of this page, who promoted most first. */
  readonly rows: readonly PromoterRow[];
  readonly timeZone: string;
  /** Whether the ISO ever received codes by a stock file. */
  readonly stock: boolean;
}

const COUNTS = {
  stores: 'promotionData.stores',
  spots: 'promotionData.spots',
  posms: 'promotionData.posms',
  codes: 'promotionData.codes',
} as const satisfies Readonly<Record<keyof Promoted, TextKey>>;

/** *Promotion data*: of a day or a month, person by person: from when to when they worked, and what they promoted. */
export function promotionData(model: PromotionDataModel, t: T): CardView {
  const { time, before, after, other, people, all, rows, stock } = model;
  return {
    title: t('button.promotionData'),
    body: [
      t('promotionData.people', { time: timeName(t, time), people }),
      ...(people === 0 ? [] : [countsOf(t, all), t('promotionData.what')]),
    ],
    facts: rows.map((row) => ({ label: row.name ?? t('promotionData.gone'), value: workOf(t, row, model) })),
    actions: [
      ...pageButtons(t, model, 'team.promotionData', { time }),
      plain(timeName(t, before), 'team.promotionData', { time: before }),
      ...(after === undefined ? [] : [plain(timeName(t, after), 'team.promotionData', { time: after })]),
      plain(t(isDay(time) ? 'button.byMonth' : 'button.byDay'), 'team.promotionData', { time: other }),
      ...(stock ? [plain(t('button.stock'), 'team.stock')] : []),
      plain(t('button.back'), 'team.more'),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

function isDay(time: string): boolean {
  return time.length === 8;
}

function timeName(t: T, time: string): string {
  return isDay(time) ? shownDate(t.language, middayUtc(time), 'UTC') : shownPeriod(t.language, dashed(time));
}

/** `08:12–17:40 · 4 stores, 9 spots, 9 POSMs, 5 active codes`; of a month `3 Nov–24 Nov`. */
function workOf(t: T, row: PromoterRow, { time, timeZone }: PromotionDataModel): string {
  const { firstAt, lastAt } = row;
  if (firstAt === undefined || lastAt === undefined) return t('promotionData.nothing');
  const shown = isDay(time) ? shownTime : shownDay;
  const [from, to] = [firstAt, lastAt].map((at) => shown(t.language, at, timeZone));
  return [from === to ? from : `${from}–${to}`, countsOf(t, row)].join(' · ');
}

function countsOf(t: T, promoted: Promoted): string {
  const counts = (['stores', 'spots', 'posms', 'codes'] as const).filter((what) => promoted[what] > 0);
  if (counts.length === 0) return shownNumber(t.language, 0);
  return shortList(
    t.language,
    counts.map((what) => t(COUNTS[what], { count: promoted[what] })),
  );
}
