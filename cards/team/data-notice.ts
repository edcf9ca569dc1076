import { middayUtc } from '@field/kit/calendar';
import { menuButton } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { escapeMarkdown } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';

/** What an admin should know of the daily data. */
export interface DataNoticeModel {
  readonly kind: 'unknownReason' | 'conflict' | 'lateResults';
  /** The reason's own words; the file's name; the day whose results are late (`YYYYMMDD`). */
  readonly what: string;
}

const TEXTS: Readonly<Record<DataNoticeModel['kind'], { readonly title: TextKey; readonly text: TextKey }>> = {
  unknownReason: { title: 'dataNotice.unknownReason.title', text: 'dataNotice.unknownReason' },
  lateResults: { title: 'dataNotice.lateResults.title', text: 'dataNotice.lateResults' },
  conflict: { title: 'dataNotice.conflict.title', text: 'dataNotice.conflict' },
};

const LONGEST = 60;

/** *A new reason*, *Data contradicts itself*, or *Results are late*: nothing was lost, and what came of it. */
export function dataNotice({ kind, what }: DataNoticeModel, t: T): CardView {
  return {
    title: t(TEXTS[kind].title),
    body: [kind === 'lateResults' ? shownDate(t.language, middayUtc(what), 'UTC') : quoted(what), t(TEXTS[kind].text)],
    actions: [menuButton(t)],
  };
}

function quoted(what: string): string {
  return escapeMarkdown(shorten(what, LONGEST));
}
