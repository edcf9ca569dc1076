import type { Product } from '../../src/domain/flows/definition.ts';
import { standingOf, tallyOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { ITEM_STATES } from '../review/item-state.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type SaidModel, saidLine } from './part-says.ts';
import { type PartModel, partName } from './parts.ts';

/** A part of it, with what was sent of it. */
interface SubmittedPart {
  readonly part: PartModel['part'];
  /** Of a spot: how its review stands, once something is decided. */
  readonly state?: ReviewState | undefined;
  readonly says: readonly SaidModel[];
}

/** A promotion that is with the reviewers: a record. */
export interface SubmittedModel {
  /** What a person can say on the phone: `P-7K3M`. */
  readonly number: string;
  readonly shop: string;
  readonly product: Product;
  /** In the order of *Check and submit*. */
  readonly parts: readonly SubmittedPart[];
  /** The day from which results can be there. */
  readonly resultsFrom: number;
  readonly timeZone: string;
  /** Opened by `See photos`: all of them, in the order of the parts, by content hash. */
  readonly photos?: readonly string[] | undefined;
}

/** *Submitted P-7K3M*: what was sent, and what happens next, as long as anything does. */
export function submitted(model: SubmittedModel, t: T): CardView {
  const { number, shop, product, parts, photos, timeZone } = model;
  const date = shownDate(t.language, model.resultsFrom, timeZone);
  const spots = parts.filter(({ part }) => part.kind === 'spot');
  const tally = tallyOf(spots.map(({ state }) => (state === undefined ? 'inReview' : standingOf(state))));
  return {
    title: t('submitted.title', { number }),
    tag: tagOf(t, tally),
    body: [
      markdownText(t, 'submitted.what', { shop, spots: spots.length }),
      ...(tally.inReview > 0 ? [markdownText(t, 'submitted.results', { date })] : []),
      ...(tally.inReview + tally.failed > 0 ? [t('submitted.fee')] : []),
    ],
    facts: parts.map((one) => ({
      label: partName(t, { ...NOT_JUDGED, part: one.part }),
      value: howItStands(t, one, timeZone),
    })),
    images:
      photos === undefined || photos.length === 0 ? undefined : [{ kind: 'sheet', photos, alt: t('part.photos') }],
    actions: [
      primary(t('button.nextShop'), 'promotion.next', { product }),
      ...(photos === undefined ? [plain(t('button.seePhotos'), 'promotion.view')] : []),
      menuButton(t),
    ],
  };
}

const NOT_JUDGED = { place: '', state: 'done' } as const;

/** In review until everything is decided; then how many failed. */
function tagOf(t: T, { failed, inReview }: ReturnType<typeof tallyOf>): NonNullable<CardView['tag']> {
  if (failed > 0) return { text: `✗ ${t('tally.failed', { count: failed })}`, tone: 'danger' };
  return inReview > 0
    ? { text: t('itemState.PENDING'), tone: 'info' }
    : { text: t('itemState.APPROVED'), tone: 'success' };
}

/** `✓ Approved · code …8841 · photos 10:42, 10:43` */
function howItStands(t: T, { state, says }: SubmittedPart, timeZone: string): string {
  const sent = saidLine(t, says, timeZone);
  return [...(state === undefined ? [] : [t(ITEM_STATES[state])]), ...(sent === '' ? [] : [sent])].join(' · ');
}
