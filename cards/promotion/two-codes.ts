import { menuButton, plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, type SpotName, spotName } from './job.ts';

export interface TwoCodesModel {
  readonly job: JobModel;
  readonly spot: SpotName;
  /** What stands in the button's parameter, and the last characters that are shown. */
  readonly codes: readonly { readonly code: string; readonly end: string }[];
}

const SHOWN = 6;

/** Several codes in one picture: only the person knows which is at this spot. */
export function twoCodes({ job, spot, codes }: TwoCodesModel, t: T): CardView {
  const name = spotName(t, spot);
  return {
    ...jobHead(t, job, spot),
    body: [markdownText(t, 'twoCodes.question', { count: codes.length, spot: name })],
    actions: [
      ...codes.slice(0, SHOWN).map(({ code, end }) => plain(`…${end}`, 'promotion.pickCode', { code })),
      plain(t('button.otherPhoto'), 'promotion.useAnother'),
      menuButton(t),
    ],
  };
}
