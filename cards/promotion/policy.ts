import type { Product } from '../../src/domain/products.ts';
import { menuButton, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import type { ProductIntroModel } from './intro.ts';

const CLAUSES = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'] as const;
export type PolicyClause = (typeof CLAUSES)[number];

const FIXED: Readonly<Record<Product, TextKey>> = {
  MARKETING_CODE: 'policy.fixed.MARKETING_CODE',
  PRIMARY_POSM: 'policy.fixed.PRIMARY_POSM',
};

/** The deployment policy in seven lines (domain A.4, P1 to P7). */
export function policy({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: t('policy.title'),
    body: CLAUSES.map((clause) => policyLine(t, clause, product)),
    actions: [primary(t('name.startPromotion'), 'promotion.start', { product }), menuButton(t)],
  };
}

export function isPolicyClause(name: string): name is PolicyClause {
  return CLAUSES.some((clause) => clause === name);
}

/** One clause in one line, with its number. */
export function policyLine(t: T, clause: PolicyClause, product: Product): string {
  switch (clause) {
    case 'P1':
      return t('policy.agreed');
    case 'P2':
      return t('policy.consent');
    case 'P3':
      return t(FIXED[product]);
    case 'P4':
      return t('policy.real');
    case 'P5':
      return t('policy.photos');
    case 'P6':
      return t('policy.inspection');
    case 'P7':
      return t('policy.once');
  }
}
