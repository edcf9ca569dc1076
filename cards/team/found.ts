import type { ReviewState } from '../../src/domain/review-state.ts';
import { plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { ITEM_STATES } from '../review/item-state.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface FoundRow {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly state: ReviewState;
  /** In whose hands it is; empty for nobody's. */
  readonly staff: string;
}

export interface FoundModel extends PageModel {
  readonly rows: readonly FoundRow[];
  /** On all pages. */
  readonly count: number;
  /** What was searched for. */
  readonly find: string;
}

const LABEL = 20;

/** *What happened*: what a number or a code stands for, whatever became of it; each opens with what happened to it. */
export function found(model: FoundModel, t: T): CardView {
  const { rows, count, find } = model;
  return {
    title: t('button.whatHappened'),
    body: [markdownText(t, 'failed.found', { count, find: shorten(find, 20) })],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.state'), t('column.who')],
            rows: rows.map(({ name, state, staff }) => [
              itemName(t, name),
              t(ITEM_STATES[state]),
              staff === '' ? t('teamTasks.nobody') : shorten(staff, 16),
            ]),
          }
        : undefined,
    actions: [
      ...rows.map(({ name, itemRef }) =>
        plain(itemName(t, name, LABEL), 'team.story', { item: itemRef, from: 'found' }),
      ),
      plain(t('button.search'), 'team.search', { list: 'items' }),
      ...pageButtons(t, model, 'team.found'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}
