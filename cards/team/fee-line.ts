import { middayUtc } from '@field/kit/calendar';
import { plain } from '../buttons.ts';
import { shownDate, shownPeriod } from '../dates.ts';
import { type LineTalk, lineTalkFacts } from '../help/line-talk.ts';
import { markdownText } from '../markdown.ts';
import { itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { type FeeLineRow, moneyOf, shortNames } from './fee-lines.ts';
import { dashed, type FeeNumber, feeStatus, feeTone } from './fees.ts';
import { fileInWords } from './file-words.ts';
import { teamButton } from './pages.ts';

export interface FeeLineModel extends Pick<FeeLineRow, 'name' | 'staff' | 'amounts'> {
  /** Of which item; absent where it is no longer there, or was an inspection. */
  readonly itemRef?: string | undefined;
  readonly fee: string;
  readonly month: string;
  readonly number: FeeNumber;
  /** The row that said so; without the name of its file where an earlier release landed it. */
  readonly row: { readonly file?: string | undefined; readonly key: string; readonly day: string };
  /** What its author asked about it last. */
  readonly talk?: LineTalk | undefined;
  readonly timeZone: string;
}

/** *Baan Coffee · Door*: one fee of one item, and the row of the file that said so. */
export function feeLine(
  { itemRef, name, staff, amounts, fee, month, number, row, talk, timeZone }: FeeLineModel,
  t: T,
): CardView {
  const of = { fee: feeName(t, { id: fee }), month: shownPeriod(t.language, dashed(month)) };
  const facts = [
    { label: t('fees.amount'), value: moneyOf(amounts, t) },
    { label: t('column.who'), value: shortNames(staff, t) },
    { label: t('cameIn.day'), value: shownDate(t.language, middayUtc(row.day), 'UTC') },
    { label: t('fees.file'), value: fileInWords(row.file ?? '') },
    { label: t('fees.row'), value: shorten(row.key, 28) },
  ];
  return {
    title: itemName(t, name, 30),
    tag: { text: feeStatus(t, number), tone: feeTone(number) },
    body: [markdownText(t, 'fees.of', of)],
    facts: [
      ...facts.filter(({ value }) => value !== ''),
      ...(talk === undefined ? [] : lineTalkFacts(talk, timeZone, t)),
    ],
    actions: [
      ...(itemRef === undefined ? [] : [plain(t('button.whatHappened'), 'team.story', { item: itemRef })]),
      plain(t('button.back'), 'team.feeLines', { month, fee, number }),
      teamButton(t),
    ],
  };
}
