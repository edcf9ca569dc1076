import { masked } from '../association/request.ts';
import { shownDay } from '../dates.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { ticksField } from '../ticks-field.ts';
import type { CardFormField, CardView } from '../view.ts';
import { teamButton } from './pages.ts';

/** An invitation that nobody answered. */
export interface UnansweredRow {
  readonly requestId: string;
  readonly name: string;
  /** E.164; only its last digits are shown. */
  readonly phone: string;
  /** When it went out last. */
  readonly at: number;
}

export interface UnansweredListModel {
  /** The ISO that invites. */
  readonly iso: string;
  /** As many as stand on a form with ticks, the longest first. */
  readonly rows: readonly UnansweredRow[];
  readonly count: number;
  readonly today: { readonly limit: number; readonly left: number };
  readonly timeZone: string;
}

/** *Not answered*: each with a tick, to send it again, and words that the admin can copy and forward. */
export function unansweredList(model: UnansweredListModel, t: T): CardView {
  const { rows, count, today } = model;
  if (rows.length === 0) return { title: t('unanswered.none'), actions: [teamButton(t)] };
  return {
    title: t('unanswered.title', { count }),
    body: [t('unanswered.ticks'), t('invite.today', today)],
    form: {
      action: 'team.sendAgain',
      step: 'sendAgain',
      submitLabel: t('button.sendAgain'),
      fields: [whoField(model, t), wordsField(model, t)],
    },
    actions: [teamButton(t)],
  };
}

function whoField({ rows, timeZone }: UnansweredListModel, t: T): CardFormField {
  const options = rows.map(({ requestId, name, phone, at }) => ({
    value: requestId,
    text: `${shorten(name, 30)} · ${masked(phone)} · ${shownDay(t.language, at, timeZone)}`,
  }));
  const ticked = rows.map(({ requestId }) => requestId);
  return ticksField({ name: 'who', label: 'field.sendAgain.who.label', ticked, options }, t);
}

/** In a field, since that is what every phone lets one copy. The same words wherever the person is: in the organisation or not. */
function wordsField({ iso }: UnansweredListModel, t: T): CardFormField {
  return {
    name: 'words',
    label: t('field.sendAgain.words.label'),
    type: 'TEXT_AREA',
    value: t('unanswered.words', { iso }),
  };
}
