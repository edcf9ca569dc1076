import { backButton, menuButton, plain } from '../buttons.ts';
import { type ProblemModel, problemText } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead } from './job.ts';

export interface StorefrontPhotoModel {
  readonly job: JobModel;
  /** Why the last picture was not kept. */
  readonly problem?: ProblemModel;
  /** One is kept already: it can stay, or a new one replaces it. */
  readonly kept: boolean;
}

/** *Front photo*: how to stand, an example, and the picture comes as a message. */
export function storefrontPhoto({ job, problem, kept }: StorefrontPhotoModel, t: T): CardView {
  return {
    ...jobHead(t, job, 'place.storefront'),
    body: [
      ...(problem === undefined ? [] : [`! ${problemText(t, problem)}`]),
      ...(kept ? [t('storefront.kept')] : []),
      t('storefront.how'),
      t(kept ? 'storefront.replace' : 'storefront.send'),
    ],
    images: [{ kind: 'example', name: 'storefront', alt: t('storefront.example') }],
    actions: [...(kept ? [plain(t('button.keep'), 'promotion.keepPhoto')] : []), backButton(t), menuButton(t)],
  };
}
