import { menuButton } from '../buttons.ts';
import { escapeMarkdown } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';

/** What an admin should know of the daily data. */
export interface DataNoticeModel {
  readonly kind: 'unknownReason' | 'conflict';
  /** The reason's own words; the file's name. */
  readonly what: string;
}

const TEXTS: Readonly<Record<DataNoticeModel['kind'], { readonly title: TextKey; readonly text: TextKey }>> = {
  unknownReason: { title: 'dataNotice.unknownReason.title', text: 'dataNotice.unknownReason' },
  conflict: { title: 'dataNotice.conflict.title', text: 'dataNotice.conflict' },
};

const LONGEST = 60;

/** *A new reason*, or *Data contradicts itself*: nothing was lost, and what came of it. */
export function dataNotice({ kind, what }: DataNoticeModel, t: T): CardView {
  return {
    title: t(TEXTS[kind].title),
    body: [escapeMarkdown(shorten(what, LONGEST)), t(TEXTS[kind].text)],
    actions: [menuButton(t)],
  };
}
