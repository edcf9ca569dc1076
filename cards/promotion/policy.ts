import type { Product } from '../../src/domain/flows/definition.ts';
import { menuButton, primary } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownLink } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { policyLine } from '../vocabulary.ts';
import { agreeing } from './intro.ts';

export interface PolicyModel {
  readonly product: Product;
  /** Those that are read and agreed, in their order. */
  readonly clauses: readonly string[];
  /** Where the programme's own text is to be read. */
  readonly link: string;
  /** The edition to which `Start Promotion` agrees; new where the person agreed to an earlier one. */
  readonly agrees?: { readonly version: number; readonly isNew: boolean } | undefined;
  /** Since when the person has agreed to it. */
  readonly agreed?: { readonly at: number; readonly timeZone: string } | undefined;
}

/** The deployment policy, a clause a line, and where all of it stands (domain A.4). */
export function policy({ product, clauses, link, agrees, agreed }: PolicyModel, t: T): CardView {
  const start = t(agrees === undefined ? 'name.startPromotion' : 'button.agreeAndStart');
  return {
    title: t('policy.title'),
    tag: tagOf(agrees?.isNew === true, agreed, t),
    body: [...clauses.map((clause) => policyLine(t, clause, product)), markdownLink(t('policy.whole'), link)],
    actions: [primary(start, 'promotion.start', { product, ...agreeing(agrees?.version) }), menuButton(t)],
  };
}

function tagOf(isNew: boolean, agreed: PolicyModel['agreed'], t: T): CardView['tag'] {
  if (isNew) return { text: t('policy.new'), tone: 'warning' };
  if (agreed === undefined) return undefined;
  return { text: t('policy.agreed', { day: shownDay(t.language, agreed.at, agreed.timeZone) }), tone: 'success' };
}
