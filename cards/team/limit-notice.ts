import type { Metered, Threshold } from '../../src/domain/limits.ts';
import { menuButton, primary } from '../buttons.ts';
import { shownDate, shownMonth, shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { endOf } from './limits.ts';

/** What admins are told once when the end of their ISO's share of the month comes near; it goes on saying so. */
export interface LimitNoticeModel {
  readonly what: Metered;
  readonly percent: Threshold;
  readonly used: number;
  readonly limit: number;
  /** `2026-11`. */
  readonly month: string;
  /** When it was to be used up at the pace of that time; absent when it was to last until the month's end. */
  readonly runsOutAt?: number | undefined;
  readonly timeZone: string;
}

const UNTIL: Readonly<Record<Metered, TextKey>> = { pushes: 'limits.until.pushes', calls: 'limits.until.calls' };

/** *Your share: 70 % used*, and *Your share is used up*. */
export function limitNotice(model: LimitNoticeModel, t: T): CardView {
  const { what, percent, used, limit, month } = model;
  const numbers = { used: shownNumber(t.language, used), limit: shownNumber(t.language, limit) };
  const reached = percent === 100;
  return {
    title: reached ? t('limits.reached') : t('limits.near', { percent }),
    tag: reached ? { text: t('limits.tag.reached'), tone: 'danger' } : { text: t('limits.tag.near'), tone: 'warning' },
    body: [
      t('limits.used', { what, ...numbers, month: shownMonth(t.language, month) }),
      ...(reached ? [markdownText(t, UNTIL[what], { date: endOf(month, t) })] : [outlook(model, t)]),
      t('limits.larger'),
    ],
    actions: [primary(t('button.limits'), 'team.limits'), menuButton(t)],
  };
}

function outlook({ runsOutAt, timeZone }: LimitNoticeModel, t: T): string {
  if (runsOutAt === undefined) return t('limits.enough');
  return markdownText(t, 'limits.outlook', { date: shownDate(t.language, runsOutAt, timeZone) });
}
