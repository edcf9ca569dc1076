import { isSuspected } from '../../src/domain/reasons.ts';
import { plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { timeLeft } from '../time-left.ts';
import type { CardView } from '../view.ts';
import { reviewReason, type SaidReason } from '../vocabulary.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface FailedRow {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly reasons: readonly SaidReason[];
  /** In whose hands it is; empty for nobody's. */
  readonly staff: string;
  readonly deadlineAt: number | undefined;
}

export interface FailedModel extends PageModel {
  readonly rows: readonly FailedRow[];
  readonly count: number;
  /** What was searched for; empty for all. */
  readonly find: string;
  /** How much of the list was searched, from its top on; absent where that was all of it. */
  readonly searched?: number | undefined;
  /** Whether there are enough of them to search. */
  readonly search: boolean;
  readonly now: number;
  readonly timeZone: string;
}

const LABEL = 20;

/** *Failed (7)*: what of an ISO has failed and can still be put right, the most urgent first. */
export function failed(model: FailedModel, t: T): CardView {
  const { rows, count, find, search, searched } = model;
  return {
    title: t('failed.title', { count }),
    body: [
      ...(find === '' ? [] : [markdownText(t, 'failed.found', { count, find: shorten(find, 20) })]),
      ...(searched === undefined ? [] : [t('search.part', { count: searched })]),
      ...(count === 0 && find === '' ? [t('failed.none')] : []),
    ],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.reason'), t('column.who')],
            rows: rows.map((row) => [itemName(t, row.name), adminReason(t, row.reasons), whoAndWhen(row, model, t)]),
          }
        : undefined,
    actions: [
      ...rows.map(({ name, itemRef }) => plain(itemName(t, name, LABEL), 'team.failedItem', { item: itemRef })),
      ...(search ? [plain(t('button.search'), 'team.search', { list: 'failed' })] : []),
      ...pageButtons(t, model, 'team.failed'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** The first reason; an admin is told of a suspicion, whatever stands before it (domain A.10). */
export function adminReason(t: T, reasons: readonly SaidReason[]): string {
  const [first] = reasons;
  if (isSuspected(reasons)) return t('failed.fraud');
  return first === undefined ? '' : reviewReason(t, first);
}

function whoAndWhen({ staff, deadlineAt }: FailedRow, { now, timeZone }: FailedModel, t: T): string {
  const left = deadlineAt === undefined ? t('failed.noDeadline') : timeLeft(t, now, deadlineAt, timeZone);
  return t('failed.whoLeft', { name: staff === '' ? t('teamTasks.nobody') : shorten(staff, 16), left });
}
