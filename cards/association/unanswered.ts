import { primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface UnansweredModel {
  /** Who was invited long ago and has not come, the longest first, as many as are named. */
  readonly names: readonly string[];
  readonly count: number;
}

const NAMED = 2;

/** *3 have not answered*: a record for the admins after two days and after seven; the list behind it has what to do. */
export function unanswered({ names, count }: UnansweredModel, t: T): CardView {
  if (count === 0) return { title: t('unanswered.none'), actions: [] };
  const shown = names.slice(0, NAMED).map((name) => shorten(name, 16));
  const named = plainList(t.language, shown);
  return {
    title: t('unanswered.title', { count }),
    body: [markdownText(t, 'waiting.names', { names: named, more: Math.max(0, count - NAMED) }), t('unanswered.maybe')],
    actions: [primary(t('button.seeThem'), 'team.unanswered')],
  };
}
