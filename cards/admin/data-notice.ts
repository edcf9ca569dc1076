import { menuButton } from '../buttons.ts';
import { escapeMarkdown } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What an admin should know of the daily data. */
export interface DataNoticeModel {
  readonly kind: 'unknownReason' | 'conflict';
  /** The reason's own words; the file's name. */
  readonly what: string;
}

const LONGEST = 60;

/** *A new reason*, or *Data contradicts itself*: nothing was lost, and what came of it. */
export function dataNotice({ kind, what }: DataNoticeModel, t: T): CardView {
  return {
    title: t(`dataNotice.${kind}.title`),
    body: [escapeMarkdown(shorten(what, LONGEST)), t(`dataNotice.${kind}`)],
    actions: [menuButton(t)],
  };
}
