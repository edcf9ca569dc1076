import type { Product, SlotName, StepId } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { NoteCode } from '../../src/flow/codes.ts';
import { plain } from '../buttons.ts';
import { type FieldModel, type FormModel, shownAnswer } from '../form.ts';
import { markdownText } from '../markdown.ts';
import { NOTE_TEXTS } from '../notes.ts';
import { type ItemName, itemPlace } from '../review/item-name.ts';
import { plainList, spokenList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import {
  fieldLabel,
  partAsked,
  productLine,
  productName,
  slotName,
  slotTitle,
  spotName,
  stepName,
} from '../vocabulary.ts';

/** Where in which job a card is. Every card of a job says it. */
export interface JobModel {
  readonly product: Product;
  readonly step: number;
  readonly of: number;
  /** The name on the sign; empty until it is known. */
  readonly shop: string;
  readonly spot?: SpotLabel | undefined;
  /** Which of how many spots it is; absent where there is one. */
  readonly spotAt?: { readonly number: number; readonly of: number } | undefined;
  /** What just happened, oldest first: it stands on top of the next card. */
  readonly notes?: readonly NoteModel[] | undefined;
  /** What failed is put right: this is no new promotion. */
  readonly modifies?: ModifiesModel | undefined;
}

interface ModifiesModel {
  readonly name: ItemName;
  /** What is asked for again; absent on a card that asks for none of it. */
  readonly asks?: readonly string[] | undefined;
}

/** One line about what just happened. */
export interface NoteModel {
  readonly code: NoteCode;
  readonly spot?: SpotLabel | undefined;
  readonly slot?: SlotName | undefined;
  /** The last four of a code. */
  readonly short?: string | undefined;
  /** What was typed for a field, where a later answer stays. */
  readonly typed?:
    | { readonly step: FormModel['step']; readonly field: FieldModel; readonly value: string | readonly string[] }
    | undefined;
}

/** What a card of a job is about. */
type JobPlace =
  | TextKey
  | SpotLabel
  | { readonly index: number }
  | { readonly step: StepId }
  | { readonly slot: SlotName };

const NOTES = 2;

/**
 * The title `Step 2 of 4 · Cashier 1`, and `Baan Coffee · spot 2 of 3` beside the bar, with the spot unless the title says it. Where something is
 * put right the title is `Modify · Cashier 1`, and the foot says that nothing else changes.
 */
export function jobHead(t: T, job: JobModel, place: JobPlace): Pick<CardView, 'title' | 'progress' | 'alert' | 'note'> {
  const { product, step, of, shop, spot, spotAt, modifies, notes = [] } = job;
  // what somebody typed is not for a locked phone
  const news = notes.filter(({ typed }) => typed === undefined);
  const alert = news.length === 0 ? undefined : noteLines(t, { ...job, notes: news }).at(-1);
  const where = placeText(t, place);
  const named = shop || productName(t, product);
  const what = spotAt === undefined ? named : t('job.spotAt', { shop: named, ...spotAt });
  const inSpot = spot === undefined ? '' : spotName(t, spot);
  const percent = of === 0 ? 0 : Math.round((100 * (step - 1)) / of);
  if (modifies !== undefined) {
    const title = t('modify.title', { name: itemPlace(t, modifies.name) });
    return { title, alert, progress: { text: what, percent }, note: t('modify.restStays') };
  }
  return {
    title: t('job.title', { step, of, place: where }),
    alert,
    progress: { text: inSpot === '' || inSpot === where ? what : `${what} · ${inSpot}`, percent },
  };
}

function placeText(t: T, place: JobPlace): string {
  if (typeof place === 'string') return t(place);
  if ('step' in place) return stepName(t, place.step);
  if ('slot' in place) return slotTitle(t, place.slot);
  return 'index' in place ? t('place.spot', { number: place.index }) : spotName(t, place);
}

/** The way out of a card that has no way back: putting something right can be called off. */
export function cancelButtons(t: T, { modifies }: JobModel): CardAction[] {
  return modifies === undefined ? [] : [plain(t('button.cancel'), 'review.cancelModify')];
}

/** The last of what just happened, as lines of markdown; where nothing did, what is asked for again. */
export function noteLines(t: T, { notes = [], modifies, product }: JobModel): string[] {
  if (notes.length === 0 && modifies?.asks !== undefined) return [onlyThis(t, modifies.asks)];
  return notes.slice(-NOTES).map(({ code, spot, slot, short, typed }) => {
    const [foreign] = code === 'codeForeign' ? productLine(t, product, 'foreignCode') : [];
    if (foreign !== undefined) return `! ${foreign}`;
    const photo = slotName(t, slot);
    const args = {
      spot: spot === undefined ? '' : spotName(t, spot),
      photo,
      code: short ?? 'none',
      ...typedWords(t, typed),
    };
    return markdownText(t, NOTE_TEXTS[code], args);
  });
}

/** `Name on the sign` and what was typed there. */
function typedWords(t: T, typed: NoteModel['typed']): { readonly field: string; readonly typed: string } {
  if (typed === undefined) return { field: '', typed: '' };
  const { step, field, value } = typed;
  const answers = (typeof value === 'string' ? [value] : value).map((one) => shownAnswer(t, field, one));
  const words = plainList(t.language, answers);
  return { field: shorten(fieldLabel(t, step, field), 18), typed: shorten(words, 16) };
}

function onlyThis(t: T, asks: readonly string[]): string {
  const parts = asks.map((part) => partAsked(t, part));
  return t('modify.only', { parts: spokenList(t.language, parts) });
}
