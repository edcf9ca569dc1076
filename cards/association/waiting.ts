import { plain, primary } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface WaitingModel {
  /** Who waits, the longest first, as many as are named. */
  readonly names: readonly string[];
  readonly count: number;
  /** When the first of them asked, where that is long ago. */
  readonly since?: number | undefined;
  readonly timeZone: string;
}

const NAMED = 2;

/** *7 people wait*: one record in place of many requests, redrawn as they come and are decided. */
export function waiting({ names, count, since, timeZone }: WaitingModel, t: T): CardView {
  if (count === 0) return { title: t('waiting.none'), body: [t('waiting.later')], actions: [] };
  const shown = names.slice(0, NAMED).map((name) => shorten(name, 16));
  const named = plainList(t.language, shown);
  return {
    title: t('waiting.title', { count }),
    body: [
      markdownText(t, 'waiting.names', { names: named, more: Math.max(0, count - NAMED) }),
      ...(since === undefined ? [] : [t('waiting.since', { day: shownDay(t.language, since, timeZone) })]),
    ],
    actions: [
      primary(t('button.seeThem'), 'team.requests'),
      ...(count > 1
        ? [plain(t('button.approveAll'), 'team.approveAll'), plain(t('button.rejectAll'), 'team.rejectAll')]
        : []),
    ],
  };
}
