import { dayOf } from '@field/kit/calendar';
import type { InspectionState } from '../../src/domain/inspection-state.ts';
import { plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface TaskRow {
  readonly shop: string;
  /** Undefined while nobody has it. */
  readonly assignee: string | undefined;
  readonly dueAt: number;
  readonly state: InspectionState;
  /** Whoever has it promoted that shop: there was nobody else. */
  readonly promotedThere: boolean;
}

export interface TeamTasksModel extends PageModel {
  readonly rows: readonly TaskRow[];
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

/** *Tasks (4)*: an ISO's open inspections, what is overdue first. */
export function teamTasks(model: TeamTasksModel, t: T): CardView {
  const { rows, count, find, search, searched } = model;
  return {
    title: t('teamTasks.title', { count }),
    body: [
      ...(find === '' ? [] : [markdownText(t, 'teamTasks.found', { count, find: shorten(find, 20) })]),
      ...(searched === undefined ? [] : [t('search.part', { count: searched })]),
      ...(count === 0 && find === '' ? [t('teamTasks.none')] : []),
    ],
    table:
      rows.length > 0
        ? {
            columns: [t('column.shop'), t('column.who'), t('column.due')],
            rows: rows.map((row) => [row.shop, whoOf(row, t), `${dueOf(row, model, t)} · ${t(howFar(row.state))}`]),
          }
        : undefined,
    actions: [
      ...(count > 0 ? [plain(t('button.giveTo'), 'handOver.open', { work: 'tasks' })] : []),
      ...(search ? [plain(t('button.search'), 'team.search', { list: 'tasks' })] : []),
      ...pageButtons(t, model, 'team.tasks'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

function whoOf({ assignee, promotedThere }: TaskRow, t: T): string {
  if (assignee === undefined) return t('teamTasks.nobody');
  return promotedThere ? t('teamTasks.promotedThere', { name: shorten(assignee, 16) }) : assignee;
}

function dueOf({ dueAt }: TaskRow, { now, timeZone }: TeamTasksModel, t: T): string {
  if (dueAt <= now) return t('teamTasks.overdue');
  if (dayOf(dueAt, timeZone) === dayOf(now, timeZone)) return t('teamTasks.today');
  return shownDate(t.language, dueAt, timeZone);
}

/** How far a task is, in the few words that matter to who looks on. */
function howFar(state: InspectionState): TextKey {
  switch (state) {
    case 'ASSIGNED':
      return 'teamTasks.ASSIGNED';
    case 'CANNOT_INSPECT':
      return 'teamTasks.CANNOT_INSPECT';
    case 'REJECTED':
      return 'teamTasks.REJECTED';
    default:
      return 'teamTasks.STARTED';
  }
}
