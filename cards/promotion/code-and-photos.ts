import { backButton, menuButton, plain } from '../buttons.ts';
import { type ProblemModel, problemText } from '../form.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, type SpotName } from './job.ts';

export interface CodeAndPhotosModel {
  readonly job: JobModel;
  readonly spot: SpotName;
  /** Which of the two pictures are kept. */
  readonly counter: boolean;
  readonly closeUp: boolean;
  /** The last characters of the code, once it was read or typed. */
  readonly codeEnd?: string;
  /** Why the last picture or code was not taken. */
  readonly problem?: ProblemModel;
  /** Re-opened from the summary: there is somewhere to go back to. */
  readonly back?: boolean;
}

/** *Cashier 1*: two pictures, in any order; the one in which a code is read is the close-up. */
export function codeAndPhotos(model: CodeAndPhotosModel, t: T): CardView {
  const { job, spot, codeEnd, problem } = model;
  return {
    ...jobHead(t, job, spot),
    body: [
      ...(problem === undefined ? [] : [`! ${problemText(t, problem)}`]),
      ...(codeEnd === undefined ? [] : [markdownText(t, 'photos.code', { code: codeEnd })]),
      ...asked(model, t),
    ],
    images: model.closeUp ? [] : [{ kind: 'example', name: 'closeup', alt: t('photos.example') }],
    actions: [
      ...(codeEnd === undefined ? [plain(t('button.typeCode'), 'promotion.typeCode')] : []),
      model.back === true ? backButton(t) : plain(t('button.skipSpot'), 'promotion.skipSpot'),
      menuButton(t),
    ],
  };
}

function asked({ counter, closeUp, problem }: CodeAndPhotosModel, t: T): string[] {
  if (!counter && !closeUp)
    return problem === undefined ? [t('photos.both'), t('photos.anyOrder')] : [t('photos.both')];
  const has = t('photos.has', { counter: counter ? '✓' : '✗', closeUp: closeUp ? '✓' : '✗' });
  if (counter && closeUp) return [has, t('photos.codeMissing')];
  return [has, t(counter ? 'photos.closeUpNext' : 'photos.counterNext')];
}
