import { masked } from '../association/request.ts';
import { plain } from '../buttons.ts';
import { shownDay, shownTime } from '../dates.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

/** Somebody who waits for a decision. */
export interface WaitingRow {
  readonly requestId: string;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly at: number;
}

export interface RequestsModel extends PageModel {
  readonly waiting: readonly WaitingRow[];
  readonly count: number;
  readonly timeZone: string;
}

/** Those who wait, six a page; each opens. */
export function requests(model: RequestsModel, t: T): CardView {
  const { waiting, count, timeZone } = model;
  if (count === 0) return { title: t('waiting.none'), body: [t('waiting.later')], actions: [teamButton(t)] };
  const asked = (at: number): string => `${shownDay(t.language, at, timeZone)} ${shownTime(t.language, at, timeZone)}`;
  return {
    title: t('waiting.title', { count }),
    table: {
      columns: [t('column.name'), t('column.phone'), t('column.asked')],
      rows: waiting.map(({ name, phone, at }) => [name, masked(phone), asked(at)]),
    },
    actions: [
      ...waiting.map(({ requestId, name }) => plain(shorten(name, 20), 'team.request', { association: requestId })),
      ...(count > 1
        ? [plain(t('button.approveAll'), 'team.approveAll'), plain(t('button.rejectAll'), 'team.rejectAll')]
        : []),
      ...pageButtons(t, model, 'team.requests'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}
