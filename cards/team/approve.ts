import { masked } from '../association/request.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { ticksField } from '../ticks-field.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';
import type { WaitingRow } from './requests.ts';

export interface ApproveAllModel {
  /** Those with a tick. */
  readonly waiting: readonly Omit<WaitingRow, 'at'>[];
  /** How many wait in all. */
  readonly count: number;
}

/** *Approve all…*: everybody by name with a tick, so that whoever does not belong is left out. */
export function approveAll({ waiting, count }: ApproveAllModel, t: T): CardView {
  if (waiting.length === 0) return { title: t('waiting.none'), body: [t('waiting.later')], actions: [teamButton(t)] };
  const more = count - waiting.length;
  return {
    title: t('approve.title'),
    body: [t('approve.ticks'), ...(more > 0 ? [t('approve.more', { count: more })] : [])],
    form: {
      action: 'team.approve',
      step: 'approveAll',
      submitLabel: t('button.approve'),
      fields: [
        ticksField(
          {
            name: 'who',
            label: 'field.approve.who.label',
            ticked: waiting.map(({ requestId }) => requestId),
            options: waiting.map(({ requestId, name, phone }) => ({
              value: requestId,
              text: `${shorten(name, 40)} · ${masked(phone)}`,
            })),
          },
          t,
        ),
      ],
    },
    actions: [teamButton(t)],
  };
}
