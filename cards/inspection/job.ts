import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { Weakness } from '../../src/flow/codes.ts';
import type { InspectionNote } from '../../src/inspection/inspection.ts';
import { menuButton, plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { NOTE_TEXTS, WEAKNESS_TEXTS } from '../notes.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { spotName } from '../vocabulary.ts';

/** Which inspection a card is about, and how far it is. Every card of it says so. */
export interface InspectionJob {
  readonly shop: string;
  /** Of two: the deployment, then the payment. */
  readonly step: 1 | 2;
  /** How much of it is done, 0 to 100. */
  readonly percent: number;
  /** What just happened, oldest first. */
  readonly notes: readonly NoteModel[];
  /** Payments are a step of a promotion: of which one. */
  readonly ofPromotion?: { readonly step: number; readonly of: number } | undefined;
}

export interface NoteModel {
  readonly code: InspectionNote['code'];
  readonly weakness?: Weakness | undefined;
  readonly spot?: InspectedSpot | undefined;
}

/** A spot by its place in the shop; one that is not known here by its number in the task. */
export interface InspectedSpot {
  readonly label?: SpotLabel | undefined;
  /** From 1. */
  readonly index: number;
}

export function inspectedSpotName(t: T, { label, index }: InspectedSpot): string {
  return label === undefined ? t('place.spot', { number: index }) : spotName(t, label);
}

const STEPS = 2;

/** The title, and `Som Tam House · Step 1 of 2` beside the bar. */
export function inspectionHead(
  t: T,
  job: InspectionJob,
  title: string,
): Pick<CardView, 'title' | 'alert' | 'progress'> {
  const { shop, step, percent, ofPromotion } = job;
  const alert = lastNote(t, job).at(-1);
  const name = shorten(shop, 60);
  const text = t('inspection.progress', { shop: name, ...(ofPromotion ?? { step, of: STEPS }) });
  return { title: shorten(title, 30), alert, progress: { text, percent } };
}

/** The last thing that happened, as a line of markdown. */
export function lastNote(t: T, { notes }: InspectionJob): string[] {
  const note = notes.at(-1);
  if (note === undefined) return [];
  if (note.code === 'weak') return [t(WEAKNESS_TEXTS[note.weakness ?? 'dark'])];
  const spot = note.spot === undefined ? '' : inspectedSpotName(t, note.spot);
  return [markdownText(t, NOTE_TEXTS[note.code], { photo: t('slot.any'), spot, code: '' })];
}

/** What every card of an inspection ends with. */
export function wayOut(t: T): CardAction[] {
  return [plain(t('button.back'), 'inspection.back'), menuButton(t)];
}
