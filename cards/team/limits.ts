import { DINGTALK_TIME_ZONE, METERED, type Metered, monthEnd, percentUsed } from '../../src/domain/limits.ts';
import { shownDate, shownMonth, shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';
import { type SitesModel, sitesUsed } from './sites.ts';

export interface Used {
  readonly used: number;
  readonly limit: number;
  /** When it is used up at this pace; absent when it lasts until the month ends. */
  readonly runsOutAt?: number | undefined;
}

export interface LimitsModel extends Readonly<Record<Metered, Used>> {
  /** `2026-11`. */
  readonly month: string;
  readonly timeZone: string;
  /** Whether there is something left for its people once their share of calls is used up. */
  readonly isLent: boolean;
  /** How its quota of sites stands, where one is kept (policy P1). */
  readonly sites?: SitesModel | undefined;
}

/** What becomes of a share that is used up while the organisation has something. */
const GOES_ON: Readonly<Record<Metered, TextKey>> = { pushes: 'limits.goesOn.pushes', calls: 'limits.goesOn.calls' };
const WHAT: Readonly<Record<Metered, TextKey>> = { pushes: 'limits.pushes', calls: 'limits.calls' };

/** *DingTalk in November*: what this month has cost of the own ISO's share, and how long that lasts. */
export function limits(model: LimitsModel, t: T): CardView {
  const { month, timeZone } = model;
  const soon = METERED.filter((what) => model[what].runsOutAt !== undefined);
  return {
    title: t('limits.title', { month: shownMonth(t.language, month) }),
    body: [
      ...(soon.length === 0 ? [t('limits.lasts')] : soon.map((what) => outlook(model, what, t))),
      ...(model.sites === undefined ? [] : [sitesUsed(model.sites, t)]),
    ],
    table: {
      columns: [t('column.counted'), t('column.used'), t('column.runsOut')],
      rows: METERED.map((what) => [t(WHAT[what]), usedOf(model[what], t), endingOf(model[what], timeZone, t)]),
    },
    actions: [teamButton(t)],
    note: t('limits.othersCount'),
  };
}

function outlook(model: LimitsModel, what: Metered, t: T): string {
  const { used, limit, runsOutAt = 0 } = model[what];
  if (used < limit) {
    return markdownText(t, 'limits.runsOut', { what, date: shownDate(t.language, runsOutAt, model.timeZone) });
  }
  if (what === 'calls' && !model.isLent) return markdownText(t, 'limits.usedUp', { date: endOf(model.month, t) });
  return t(GOES_ON[what]);
}

/** The day on which there is all of it again. */
export function endOf(month: string, t: T): string {
  return shownDate(t.language, monthEnd(month), DINGTALK_TIME_ZONE);
}

/** `2,100 of 3,000 (70 %)`. */
function usedOf({ used, limit }: Used, t: T): string {
  const numbers = { used: shownNumber(t.language, used), limit: shownNumber(t.language, limit) };
  return t('limits.usedOf', { ...numbers, percent: percentUsed(used, limit) });
}

function endingOf({ used, limit, runsOutAt }: Used, timeZone: string, t: T): string {
  if (used >= limit) return t('limits.tag.reached');
  return runsOutAt === undefined ? '–' : shownDate(t.language, runsOutAt, timeZone);
}
