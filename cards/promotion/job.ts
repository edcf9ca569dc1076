import type { T, TextKey } from '../text.ts';
import type { CardView } from '../view.ts';

/** A spot as people call it: its place and number (`Cashier 1`), unless somebody gave it a label. */
export interface SpotName {
  readonly place: string;
  readonly number: number;
  readonly label?: string;
}

/** Where in which job a card is. Every card of a job says it. */
export interface JobModel {
  readonly step: number;
  readonly of: number;
  /** The name on the sign; empty until it is known. */
  readonly shop: string;
  readonly spot?: SpotName;
}

/** `Cashier 1`, or the label that was typed. */
export function spotName(t: T, { place, number, label }: SpotName): string {
  return label || t.named(`spot.${place || 'NEW'}`, { number });
}

/** The title `Step 2 of 4 · Cashier 1`, and `Baan Coffee · Cashier 1` beside the bar. */
export function jobHead(t: T, job: JobModel, place: TextKey | SpotName): Pick<CardView, 'title' | 'progress'> {
  const { step, of, shop, spot } = job;
  const where = typeof place === 'string' ? t(place) : spotName(t, place);
  const what = shop || t('name.marketingCode');
  return {
    title: t('job.title', { step, of, place: where }),
    progress: {
      text: spot === undefined ? what : `${what} · ${spotName(t, spot)}`,
      percent: of === 0 ? 0 : Math.round((100 * (step - 1)) / of),
    },
  };
}
