import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { BoundAt } from '../../src/flow/draft.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { spotName } from '../vocabulary.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

/** The code is at another spot of the same ISO. */
export interface MoveCodeModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  readonly codeEnd: string;
  readonly where: BoundAt;
  readonly timeZone: string;
}

/** *Code …8841 is already at Baan Coffee*: it moves here, or another one is taken. */
export function moveCode({ job, spot, codeEnd, where, timeZone }: MoveCodeModel, t: T): CardView {
  const place = `${where.store} · ${spotName(t, where)}`;
  const day = shownDay(t.language, where.at, timeZone);
  return {
    ...jobHead(t, job, spot),
    body: [
      ...noteLines(t, job),
      markdownText(t, 'moveCode.already', { code: codeEnd }),
      markdownText(t, 'moveCode.where', { place, name: where.by, day }),
    ],
    actions: [
      plain(t('button.moveHere'), 'promotion.moveCode'),
      plain(t('button.useAnother'), 'promotion.useAnother'),
      menuButton(t),
    ],
  };
}
