import { menuButton, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { policyLine } from '../vocabulary.ts';
import type { ProductIntroModel } from './intro.ts';

export interface PolicyModel extends ProductIntroModel {
  /** Those that are read and agreed, in their order. */
  readonly clauses: readonly string[];
}

/** The deployment policy, a clause a line (domain A.4). */
export function policy({ product, clauses }: PolicyModel, t: T): CardView {
  return {
    title: t('policy.title'),
    body: clauses.map((clause) => policyLine(t, clause, product)),
    actions: [primary(t('name.startPromotion'), 'promotion.start', { product }), menuButton(t)],
  };
}
