import type { ReviewState } from '../../src/domain/review-state.ts';
import { plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { ITEM_STATES } from '../review/item-state.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { fileButton, fileInWords } from './file-words.ts';
import { type Outcomes, outcomesInShort } from './outcomes.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';
import { type PersonRow, personState } from './people.ts';

export interface FoundRow {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly state: ReviewState;
  /** In whose hands it is; empty for nobody's. */
  readonly staff: string;
}

/** Somebody of the team, by a part of their name or number. */
export interface FoundPerson extends Omit<PersonRow, 'opens'> {
  readonly userId: string;
}

/** A daily file, by how its name begins. */
export interface FoundFile {
  readonly file: string;
  readonly outcomes: Outcomes;
}

export interface FoundModel extends PageModel {
  readonly rows: readonly (FoundRow | FoundPerson | FoundFile)[];
  /** On all pages. */
  readonly count: number;
  /** What was searched for. */
  readonly find: string;
}

const LABEL = 20;

/** *What happened*: what a number, a code, a name or a file stands for, whatever became of it; each opens with what happened to it. */
export function found(model: FoundModel, t: T): CardView {
  const { rows, count, find } = model;
  return {
    title: t('button.whatHappened'),
    body: [markdownText(t, 'failed.found', { count, find: shorten(find, 20) })],
    table:
      rows.length > 0
        ? {
            columns: columnsOf(rows, t),
            rows: rows.map((row) => cellsOf(row, t)),
          }
        : undefined,
    actions: [
      ...rows.map((row) => openerOf(row, t)),
      plain(t('button.search'), 'team.search', { list: 'items' }),
      ...pageButtons(t, model, 'team.found'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** All that is found at once is of one kind. */
function columnsOf([first]: FoundModel['rows'], t: T): readonly string[] {
  if (first !== undefined && 'userId' in first) return [t('column.name'), t('column.state')];
  if (first !== undefined && 'file' in first) return [t('fees.file'), t('file.rows')];
  return [t('column.spot'), t('column.state'), t('column.who')];
}

function cellsOf(row: FoundModel['rows'][number], t: T): readonly string[] {
  if ('userId' in row) return [row.name, personState(row, t)];
  if ('file' in row) return [fileInWords(row.file), outcomesInShort(row.outcomes, t)];
  const { name, state, staff } = row;
  return [itemName(t, name), t(ITEM_STATES[state]), staff === '' ? t('teamTasks.nobody') : shorten(staff, 16)];
}

function openerOf(row: FoundModel['rows'][number], t: T): CardAction {
  const from = 'found';
  if ('userId' in row) return plain(shorten(row.name, LABEL), 'team.personStory', { person: row.userId, from });
  if ('file' in row) return plain(fileButton(row.file), 'team.fileStory', { file: row.file, from });
  return plain(itemName(t, row.name, LABEL), 'team.story', { item: row.itemRef, from });
}
