import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, type SpotName, spotName } from './job.ts';

/** The code is at another spot of the same ISO. */
export interface MoveCodeModel {
  readonly job: JobModel;
  readonly spot: SpotName;
  readonly codeEnd: string;
  readonly where: { readonly shop: string; readonly spot?: SpotName };
  /** Who put it there and when. */
  readonly by: string;
  readonly at: number;
  readonly timeZone: string;
}

/** *Code …8841 is already at Baan Coffee*: it moves here, or another one is taken. */
export function moveCode({ job, spot, codeEnd, where, by, at, timeZone }: MoveCodeModel, t: T): CardView {
  const place = where.spot === undefined ? where.shop : `${where.shop}, ${spotName(t, where.spot)}`;
  const day = shownDay(t.language, at, timeZone);
  return {
    ...jobHead(t, job, spot),
    body: [
      markdownText(t, 'moveCode.already', { code: codeEnd }),
      markdownText(t, 'moveCode.where', { place, name: by, day }),
    ],
    actions: [
      plain(t('button.moveHere'), 'promotion.moveCode'),
      plain(t('button.useAnother'), 'promotion.useAnother'),
      menuButton(t),
    ],
  };
}
