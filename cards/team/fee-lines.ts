import type { Money } from '../../src/domain/money.ts';
import { plain } from '../buttons.ts';
import { shownPeriod } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shownMoney } from '../money.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { dashed, type FeeNumber, feeNumberName } from './fees.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface FeeLineRow {
  /** What the fee is for; an inspection is called by its shop. */
  readonly name: ItemName;
  /** Whose it was when the row came, and who had it in hand; empty for one who is erased. */
  readonly staff: readonly string[];
  /** What it changed, that which was taken back with a minus. */
  readonly amounts: readonly Money[];
  /** The line of the ledger; absent where no row came yet. */
  readonly line?: string | undefined;
  /** The item that no row was about yet, to see what happened to it; absent of an inspection. */
  readonly item?: string | undefined;
}

const LABEL = 20;

export interface FeeLinesModel extends PageModel {
  readonly fee: string;
  readonly month: string;
  readonly number: FeeNumber;
  readonly count: number;
  readonly rows: readonly FeeLineRow[];
}

/** *Confirmed (12)*: what a number of a fee is made of, each opens with the row of the file that said so; one that waits for such a row, with what happened. */
export function feeLines(model: FeeLinesModel, t: T): CardView {
  const { fee, month, number, count, rows } = model;
  const params = { month, fee };
  const of = { fee: feeName(t, { id: fee }), month: shownPeriod(t.language, dashed(month)) };
  return {
    title: t('fees.open', { number: feeNumberName(t, number), count }),
    body: [markdownText(t, 'fees.of', of), ...(number === 'WAITING' ? [t('fees.waits')] : [])],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.who'), t('fees.amount')],
            rows: rows.map((row) => [itemName(t, row.name), shortNames(row.staff, t), moneyOf(row.amounts, t)]),
          }
        : undefined,
    actions: [
      ...rows.flatMap(({ name, line, item }) => {
        if (line !== undefined) return [plain(itemName(t, name, LABEL), 'team.feeLine', { line })];
        return item === undefined ? [] : [plain(itemName(t, name, LABEL), 'team.story', { item })];
      }),
      ...pageButtons(t, model, 'team.feeLines', { ...params, number }),
      plain(t('button.back'), 'team.fees', params),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** Whose an item was, and who had it in hand. */
export function shortNames(staff: readonly string[], t: T): string {
  return plainList(
    t.language,
    staff.map((name) => shorten(name, 16)),
  );
}

/** What a line brought and took. */
export function moneyOf(amounts: readonly Money[], t: T): string {
  return plainList(
    t.language,
    amounts.map((amount) => shownMoney(t.language, amount)),
  );
}
