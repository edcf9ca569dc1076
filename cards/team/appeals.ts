import { shownDate } from '../dates.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface AppealRow {
  readonly name: ItemName;
  /** In whose hands it is; empty for nobody's. */
  readonly staff: string;
  /** By when it was to be answered, milliseconds. */
  readonly answerBy: number;
}

export interface LateAppealsModel extends PageModel {
  readonly rows: readonly AppealRow[];
  readonly count: number;
  readonly timeZone: string;
}

/** *Late answers (2)*: the appeals of an ISO that were to be answered by now, the longest at the top. */
export function lateAppeals(model: LateAppealsModel, t: T): CardView {
  const { rows, count, timeZone } = model;
  const who = (staff: string): string => (staff === '' ? t('teamTasks.nobody') : shorten(staff, 16));
  return {
    title: t('lateAppeals.title', { count }),
    body: [t(count === 0 ? 'lateAppeals.none' : 'lateAppeals.ask')],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.who'), t('column.due')],
            rows: rows.map(({ name, staff, answerBy }) => [
              itemName(t, name),
              who(staff),
              shownDate(t.language, answerBy, timeZone),
            ]),
          }
        : undefined,
    actions: [...pageButtons(t, model, 'team.appeals'), teamButton(t)],
    ...pageNote(t, model),
  };
}
