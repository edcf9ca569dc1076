import { present } from '@field/kit/present';
import { shownWhen } from '../account/when.ts';
import { plain } from '../buttons.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { cameBy, fileInWords, rowInWords } from './file-words.ts';
import type { FileLine } from './files.ts';
import { outcomesSaid } from './outcomes.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';
import { cardsSaid } from './person-story.ts';
import { doneOf, type StoryDeed } from './story.ts';

/** What a row of a file changed. */
export interface ChangedByFile {
  /** By `clock.now()`. */
  readonly at: number;
  /** By which its story opens; absent for an inspection, which has none. */
  readonly itemRef?: string | undefined;
  readonly name: ItemName;
  readonly changed: StoryDeed | { readonly deed: keyof typeof TASKS };
  /** Where that row begins in the file. */
  readonly row?: number | undefined;
  /** Whose it is; empty for nobody's. */
  readonly staff: string;
}

const TASKS = { taskCame: 'file.taskCame', taskChanged: 'file.taskChanged', taskJudged: 'file.taskJudged' } as const;

export interface FileStoryModel extends FileLine, PageModel {
  /** How often the same content came again, and when last. */
  readonly again: number;
  readonly againAt?: number | undefined;
  readonly rows: readonly ChangedByFile[];
  /** The cards that told people of that day's results; absent where the file has none. */
  readonly cards?: { readonly count: number; readonly waiting: number } | undefined;
  readonly timeZone: string;
  readonly fromSearch?: boolean | undefined;
}

const LABEL = 20;

/** What happened by a daily file: when it came, what of it was about the own ISO, whom it concerns, and which cards went out. */
export function fileStory(model: FileStoryModel, t: T): CardView {
  const { name, rows, fromSearch } = model;
  const said = saidOfFile(model, t);
  return {
    title: shorten(fileInWords(name), 30),
    facts: said.map(([label, value]) => ({ label, value })),
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.state'), t('column.who')],
            rows: rows.map((row) => [
              itemName(t, row.name),
              changedSaid(row, t),
              row.staff === '' ? t('teamTasks.nobody') : shorten(row.staff, 16),
            ]),
          }
        : undefined,
    actions: [
      ...rows.flatMap(({ itemRef: item, name: of }) =>
        item === undefined ? [] : [plain(itemName(t, of, LABEL), 'team.story', { item, from: name })],
      ),
      ...pageButtons(t, model, 'team.fileStory', present({ file: name, from: fromSearch ? 'found' : undefined })),
      fromSearch ? plain(t('button.back'), 'team.found', { page: '1' }) : plain(t('button.back'), 'team.files'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** What is said of the file as a whole, each with what it is called: on the card, and for an operator who asks. */
export function saidOfFile(
  { receivedAt, source, outcomes, again, againAt, cards, timeZone }: Omit<FileStoryModel, 'rows' | keyof PageModel>,
  t: T,
): readonly (readonly [string, string])[] {
  return [
    [t('file.came'), [shownWhen(t, receivedAt, timeZone), ...cameBy(t, source)].join(' · ')],
    [t('file.rows'), outcomesSaid(outcomes, t)],
    ...(again > 0 && againAt !== undefined
      ? [[t('file.again'), `${t('file.times', { count: again })} · ${shownWhen(t, againAt, timeZone)}`] as const]
      : []),
    ...(cards !== undefined && cards.count > 0 ? [[t('file.cards'), cardsSaid(cards, t).join(' · ')] as const] : []),
  ];
}

/** What a row changed, in words, and which row. */
export function changedSaid({ changed, row }: Pick<ChangedByFile, 'changed' | 'row'>, t: T): string {
  const said = isOfTask(changed) ? [t(TASKS[changed.deed])] : doneOf(changed, t);
  return [...said, ...rowInWords(t, row)].join(' · ');
}

function isOfTask(changed: ChangedByFile['changed']): changed is { readonly deed: keyof typeof TASKS } {
  return Object.hasOwn(TASKS, changed.deed);
}
