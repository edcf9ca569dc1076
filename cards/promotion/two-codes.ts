import type { Code } from '../../src/domain/code.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { menuButton, plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { spotName } from '../vocabulary.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

export interface TwoCodesModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  readonly codes: readonly Pick<Code, 'codeId' | 'short'>[];
}

const SHOWN = 6;

/** Several codes in one picture: only the person knows which is at this spot. */
export function twoCodes({ job, spot, codes }: TwoCodesModel, t: T): CardView {
  const name = spotName(t, spot);
  return {
    ...jobHead(t, job, spot),
    body: [...noteLines(t, job), markdownText(t, 'twoCodes.question', { count: codes.length, spot: name })],
    actions: [
      ...codes.slice(0, SHOWN).map(({ codeId, short }) => plain(`…${short}`, 'promotion.pickCode', { code: codeId })),
      plain(t('button.otherPhoto'), 'promotion.useAnother'),
      menuButton(t),
    ],
  };
}
