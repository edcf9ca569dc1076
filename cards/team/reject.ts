import type { AskedInHour } from '../../src/domain/waiting-requests.ts';
import { masked } from '../association/request.ts';
import { shownDay, shownTime } from '../dates.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { ticksField } from '../ticks-field.ts';
import type { CardFormField, CardView } from '../view.ts';
import { teamButton } from './pages.ts';
import type { WaitingRow } from './requests.ts';

export interface RejectAllModel {
  /** Those with a tick, where they all stand on a form. */
  readonly waiting: readonly Omit<WaitingRow, 'at'>[];
  /** How many wait in all. */
  readonly count: number;
  /** In which hours they asked on the public page, the latest first; none where they stand there by name. */
  readonly hours: readonly AskedInHour[];
  readonly timeZone: string;
}

/** An hour in which more asked than this is no day like others. */
const CROWD = 20;

/** *Reject all…*: everybody by name with a tick; of a crowd the hours in which it came, and whom to keep. */
export function rejectAll(model: RejectAllModel, t: T): CardView {
  if (model.waiting.length === 0) {
    return { title: t('waiting.none'), body: [t('waiting.later')], actions: [teamButton(t)] };
  }
  const crowd = model.hours.length > 0;
  return {
    title: t('reject.title'),
    body: crowd ? [t('reject.hours'), t('reject.keep')] : [t('reject.ticks')],
    form: {
      action: 'team.reject',
      step: 'rejectAll',
      submitLabel: t('button.reject'),
      fields: crowd ? [hoursField(model, t), keepField(t)] : [namesField(model, t)],
    },
    actions: [teamButton(t)],
  };
}

function namesField({ waiting }: RejectAllModel, t: T): CardFormField {
  const options = waiting.map(({ requestId, name, phone }) => ({
    value: requestId,
    text: `${shorten(name, 40)} · ${masked(phone)}`,
  }));
  const ticked = waiting.map(({ requestId }) => requestId);
  return ticksField({ name: 'who', label: 'field.reject.who.label', ticked, options }, t);
}

function hoursField({ hours, timeZone }: RejectAllModel, t: T): CardFormField {
  const from = (at: number): string => `${shownDay(t.language, at, timeZone)} ${shownTime(t.language, at, timeZone)}`;
  const ticked = hours.filter(({ count }) => count > CROWD).map((hour) => String(hour.from));
  const options = hours.map((hour) => ({ value: String(hour.from), text: `${from(hour.from)} · ${hour.count}` }));
  return ticksField({ name: 'hours', label: 'field.reject.hours.label', ticked, options }, t);
}

function keepField(t: T): CardFormField {
  return { name: 'keep', label: t('form.optional', { label: t('field.reject.keep.label') }), type: 'TEXT' };
}
