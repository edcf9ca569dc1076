import type { Product } from '../../src/domain/flows/definition.ts';
import { standingOf, tallyOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import type { FieldModel } from '../form.ts';
import { markdownText } from '../markdown.ts';
import { ITEM_STATES } from '../review/item-state.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { optionText, spotName } from '../vocabulary.ts';

/** How many stand there, and of which kind where that is asked. */
interface StandingPosm {
  readonly quantity: number;
  readonly kind?: { readonly field: FieldModel; readonly value: string } | undefined;
}

interface SubmittedSpotModel {
  readonly spot: SpotLabel;
  /** The last four of its code, or what stands there instead. */
  /** How its review stands, once something is decided. */
  readonly state?: ReviewState | undefined;
  readonly stands: { readonly codeEnd: string } | StandingPosm;
}

/** A promotion that is with the reviewers: a record. */
export interface SubmittedModel {
  /** What a person can say on the phone: `P-7K3M`. */
  readonly number: string;
  readonly shop: string;
  readonly product: Product;
  readonly spots: readonly SubmittedSpotModel[];
  /** The day from which results can be there. */
  readonly resultsFrom: number;
  readonly timeZone: string;
  /** Opened by `View`: every spot with what stands there. */
  readonly opened?: boolean | undefined;
}

/** *Submitted P-7K3M*: what happens next, as long as anything does. */
export function submitted(model: SubmittedModel, t: T): CardView {
  const { number, shop, product, spots, opened } = model;
  const date = shownDate(t.language, model.resultsFrom, model.timeZone);
  const tally = tallyOf(spots.map(({ state }) => (state === undefined ? 'inReview' : standingOf(state))));
  return {
    title: t('submitted.title', { number }),
    tag: tagOf(t, tally),
    body: [
      markdownText(t, 'submitted.what', { shop, spots: spots.length }),
      ...(tally.inReview > 0 ? [markdownText(t, 'submitted.results', { date })] : []),
      ...(tally.inReview + tally.failed > 0 ? [t('submitted.fee')] : []),
    ],
    facts:
      opened === true ? spots.map((one) => ({ label: spotName(t, one.spot), value: howItStands(t, one) })) : undefined,
    actions: [
      primary(t('button.nextShop'), 'promotion.next', { product }),
      ...(opened === true ? [] : [plain(t('button.view'), 'promotion.view')]),
      menuButton(t),
    ],
  };
}

/** In review until everything is decided; then how many failed. */
function tagOf(t: T, { failed, inReview }: ReturnType<typeof tallyOf>): NonNullable<CardView['tag']> {
  if (failed > 0) return { text: `✗ ${t('tally.failed', { count: failed })}`, tone: 'danger' };
  return inReview > 0
    ? { text: t('itemState.PENDING'), tone: 'info' }
    : { text: t('itemState.APPROVED'), tone: 'success' };
}

/** `✓ Approved · code …8841` */
function howItStands(t: T, { state, stands }: SubmittedSpotModel): string {
  const what = whatStands(t, stands);
  return state === undefined ? what : `${t(ITEM_STATES[state])} · ${what}`;
}

/** `code …8841`, `2 × Floor stand`. */
function whatStands(t: T, stands: SubmittedSpotModel['stands']): string {
  if ('codeEnd' in stands) return t('submitted.code', { code: stands.codeEnd });
  const { quantity, kind } = stands;
  if (kind === undefined) return t('submitted.count', { quantity });
  return t('submitted.posm', { quantity, kind: optionText(t, kind.field, kind.value) });
}
