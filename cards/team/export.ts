import type { ExportPeriod, ExportState } from '../../src/domain/export-state.ts';
import type { ListName } from '../../src/domain/list-names.ts';
import { plain, primary } from '../buttons.ts';
import { shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView, Tone } from '../view.ts';
import { listName } from './list-name.ts';
import { teamButton } from './pages.ts';

export interface ExportModel {
  readonly exportId: string;
  readonly list: ListName;
  readonly period: ExportPeriod;
  readonly state: ExportState;
  readonly rows: number;
  readonly files: number;
  /** On the working card: what is below has buttons of its own. */
  readonly opened: boolean;
  /** Of fees: whether a month that is in it is closed. */
  readonly closed: boolean;
}

const PERIODS: Readonly<Record<ExportPeriod, TextKey>> = {
  THIS_MONTH: 'option.time.THIS_MONTH',
  LAST_MONTH: 'option.time.LAST_MONTH',
  DAYS_30: 'option.time.DAYS_30',
  ALL: 'option.time.ALL',
};
const MAKING = { text: 'export.making', tone: 'info', says: 'export.comes' } as const;
const STATES: Readonly<Record<ExportState, { readonly text: TextKey; readonly tone: Tone; readonly says: TextKey }>> = {
  ASKED: MAKING,
  READY: MAKING,
  SENDING: MAKING,
  SENT: { text: 'export.sent', tone: 'success', says: 'export.sentRows' },
  EMPTY: { text: 'export.empty', tone: 'success', says: 'export.emptySays' },
  UNSURE: { text: 'export.unsure', tone: 'warning', says: 'export.unsureSays' },
  FAILED: { text: 'export.failed', tone: 'danger', says: 'export.failedSays' },
  ENDED: { text: 'export.failed', tone: 'danger', says: 'export.failedSays' },
};

/** *Promotions · this month*: whether the file that was asked for is on its way, there, or not known to be. */
export function exportedList(model: ExportModel, t: T): CardView {
  const { exportId, list, period, state, rows, files, opened, closed } = model;
  const { text, tone, says } = STATES[state];
  return {
    title: t(listName(list)),
    tag: { text: t(text), tone },
    body: [
      t(PERIODS[period]),
      markdownText(t, says, { rows, shown: shownNumber(t.language, rows), count: files }),
      ...(closed ? [t('fees.closed')] : []),
    ],
    actions: [
      ...(state === 'UNSURE' ? [primary(t('button.sendAgain'), 'team.sendList', { export: exportId })] : []),
      ...(state === 'FAILED' ? [primary(t('button.lists'), 'team.lists')] : []),
      ...(opened ? [...(state === 'FAILED' ? [] : [plain(t('button.lists'), 'team.lists')]), teamButton(t)] : []),
    ],
  };
}
