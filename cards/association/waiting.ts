import { plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface WaitingModel {
  /** Who waits, the longest first. */
  readonly names: readonly string[];
}

const NAMED = 2;

/** *7 people wait*: one record in place of many requests, redrawn as they come and are decided. */
export function waiting({ names }: WaitingModel, t: T): CardView {
  const count = names.length;
  if (count === 0) return { title: t('waiting.none'), body: [t('waiting.later')], actions: [] };
  const named = names
    .slice(0, NAMED)
    .map((name) => shorten(name, 16))
    .join(', ');
  return {
    title: t('waiting.title', { count }),
    body: [markdownText(t, 'waiting.names', { names: named, more: Math.max(0, count - NAMED) })],
    actions: [
      primary(t('button.seeThem'), 'team.requests'),
      ...(count > 1 ? [plain(t('button.approveAll'), 'team.approveAll')] : []),
    ],
  };
}
