import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { Product } from '../../src/domain/products.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { NoteCode } from '../../src/flow/codes.ts';
import { markdownText } from '../markdown.ts';
import type { T, TextKey } from '../text.ts';
import type { CardView } from '../view.ts';

/** Where in which job a card is. Every card of a job says it. */
export interface JobModel {
  readonly product: Product;
  readonly step: number;
  readonly of: number;
  /** The name on the sign; empty until it is known. */
  readonly shop: string;
  readonly spot?: SpotLabel;
  /** What just happened, oldest first: it stands on top of the next card. */
  readonly notes?: readonly NoteModel[];
}

/** One line about what just happened; its text is `note.<code>`. */
export interface NoteModel {
  readonly code: NoteCode;
  readonly spot?: SpotLabel;
  readonly slot?: SlotName;
  /** The last four of a code. */
  readonly short?: string;
}

const NOTES = 2;

/** `Cashier 1`; all but the cashiers are numbered from the second on. */
export function spotName(t: T, { spotType, number }: SpotLabel): string {
  return t(`spot.${spotType}`, { number });
}

/** The title `Step 2 of 4 · Cashier 1`, and `Baan Coffee` beside the bar, with the spot unless the title says it. */
export function jobHead(
  t: T,
  job: JobModel,
  place: TextKey | SpotLabel | { index: number },
): Pick<CardView, 'title' | 'progress'> {
  const { product, step, of, shop, spot } = job;
  const where =
    typeof place === 'string'
      ? t(place)
      : 'index' in place
        ? t('place.spot', { number: place.index })
        : spotName(t, place);
  const what = shop || t(`name.${product}`);
  const inSpot = spot === undefined ? '' : spotName(t, spot);
  return {
    title: t('job.title', { step, of, place: where }),
    progress: {
      text: inSpot === '' || inSpot === where ? what : `${what} · ${inSpot}`,
      percent: of === 0 ? 0 : Math.round((100 * (step - 1)) / of),
    },
  };
}

/** The last of what just happened, as lines of markdown. */
export function noteLines(t: T, { notes = [] }: JobModel): string[] {
  return notes.slice(-NOTES).map(({ code, spot, slot, short }) => {
    const photo = t(`slot.${slot ?? 'any'}`);
    const args = { spot: spot === undefined ? '' : spotName(t, spot), photo, code: short ?? 'none' };
    return markdownText(t, `note.${code}`, args);
  });
}
