import type { FileSource } from '../../src/domain/file-source.ts';
import { shownWhen } from '../account/when.ts';
import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { fileButton, fileInWords } from './file-words.ts';
import { type Outcomes, outcomesInShort } from './outcomes.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface FileLine {
  readonly name: string;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** Which way it came; unknown of what an earlier release received. */
  readonly source?: FileSource | undefined;
  /** Of the rows about the own ISO. */
  readonly outcomes: Outcomes;
}

export interface FilesModel extends PageModel {
  readonly rows: readonly FileLine[];
  readonly timeZone: string;
}

/** *Files*: the daily files that said something of an ISO, the latest first; each opens with what happened by it. */
export function files(model: FilesModel, t: T): CardView {
  const { rows, timeZone } = model;
  return {
    title: t('button.files'),
    body: rows.length === 0 ? [t('file.none')] : undefined,
    table:
      rows.length > 0
        ? {
            columns: [t('fees.file'), t('file.came'), t('file.rows')],
            rows: rows.map(({ name, receivedAt, outcomes }) => [
              fileInWords(name),
              shownWhen(t, receivedAt, timeZone),
              outcomesInShort(outcomes, t),
            ]),
          }
        : undefined,
    actions: [
      ...rows.map(({ name }) => plain(fileButton(name), 'team.fileStory', { file: name })),
      ...pageButtons(t, model, 'team.files'),
      plain(t('button.back'), 'team.cameIn'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}
