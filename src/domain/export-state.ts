import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import { monthAfter, monthBefore, monthOfDay } from './fee-lines.ts';
import type { Moves } from './moves.ts';

/** A list that somebody asked for as a file into their chat. Sent once: where nobody knows whether it arrived, they decide. */
export type ExportState = 'ASKED' | 'READY' | 'SENDING' | 'SENT' | 'EMPTY' | 'UNSURE' | 'FAILED' | 'ENDED';

const ENDED = 'whoever asked is no admin of the ISO any more';
const FAILED = 'DingTalk does not take it';

export const EXPORT_MOVES = {
  NEW: { ASKED: 'an admin asks for a list' },
  ASKED: { READY: 'its files are made and uploaded', EMPTY: 'there is nothing in it', FAILED, ENDED },
  READY: { SENDING: 'a file of it is about to be sent', ENDED },
  SENDING: {
    READY: 'that file is sent and others are not, or DingTalk said that it took nothing',
    SENT: 'its last file is sent',
    UNSURE: 'DingTalk gave no answer, or the process died meanwhile',
    FAILED,
  },
  SENT: {},
  EMPTY: {},
  UNSURE: { READY: 'whoever asked says that it did not arrive' },
  FAILED: {},
  ENDED: {},
} as const satisfies Moves<ExportState>;

/** What is still on its way. */
export const EXPORTS_OPEN: readonly ExportState[] = ['ASKED', 'READY', 'SENDING'];

/** Of which time a list is asked for, by the calendar of the ISO. */
export const EXPORT_PERIODS = ['THIS_MONTH', 'LAST_MONTH', 'DAYS_30', 'ALL'] as const;
export type ExportPeriod = (typeof EXPORT_PERIODS)[number];

/** Later than anything is due. */
export const NEVER = Date.UTC(9999, 0);
const DAYS = 30;

export interface ExportTime {
  /** The first instant, and the one after the last, milliseconds. */
  readonly from: number;
  readonly to: number;
  /** As it stands in the name of a file: `2026-11`, `2026-10-28 2026-11-26`; empty for all that there is. */
  readonly name: string;
}

/** The time that a period is, at a moment, where the clocks show that zone's time. */
export function timeOf(period: ExportPeriod, now: number, timeZone: string): ExportTime {
  const today = dayOf(now, timeZone);
  const month = monthOfDay(today);
  switch (period) {
    case 'THIS_MONTH':
      return monthTime(month, timeZone);
    case 'LAST_MONTH':
      return monthTime(monthBefore(month), timeZone);
    case 'DAYS_30': {
      const first = dayAfter(today, 1 - DAYS);
      const [from, to] = [instantOf(first, 0, timeZone), instantOf(dayAfter(today), 0, timeZone)];
      return { from, to, name: `${dashedDay(first)} ${dashedDay(today)}` };
    }
    case 'ALL':
      return { from: 0, to: NEVER, name: '' };
  }
}

function monthTime(month: string, timeZone: string): ExportTime {
  const [from, to] = [month, monthAfter(month)].map((one) => instantOf(`${one}01`, 0, timeZone));
  return { from: from ?? 0, to: to ?? NEVER, name: `${month.slice(0, 4)}-${month.slice(4)}` };
}

function dashedDay(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}
