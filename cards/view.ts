import type { Subject } from '../src/platform/subject.ts';
import type { Action } from './actions.ts';

/**
 * What a card says, before it becomes DingTalk's map of strings. A view is a pure function `(model, t) → CardView`
 * (architecture 6). Every text here is final and in the viewer's language. `body` is markdown, already escaped; everything else is
 * plain text.
 */
export interface CardView {
  /** Says where you are; up to 30 characters. */
  readonly title: string;
  /** A short status beside the title: icon and word, never colour alone. */
  readonly tag?: { readonly text: string; readonly tone: Tone } | undefined;
  /** `Step 2 of 4 · Spots`, and how far that is, 0 to 100. */
  readonly progress?: { readonly text: string; readonly percent: number } | undefined;
  /** What a locked phone says after the title, in place of the status; as escaped markdown. */
  readonly alert?: string | undefined;
  /** Up to three lines, one thought each, as escaped markdown. */
  readonly body?: readonly string[] | undefined;
  readonly facts?: readonly { readonly label: string; readonly value: string }[] | undefined;
  readonly images?: readonly CardImage[] | undefined;
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } | undefined;
  readonly chart?: CardChart | undefined;
  readonly form?: CardForm | undefined;
  readonly actions: readonly CardAction[];
  /** It asks for photos, a code, or what a promotion fills in: where phones reach the bot's web, a button opens the page that takes them. */
  readonly captures?: boolean | undefined;
  /** One small line at the foot. */
  readonly note?: string | undefined;
}

export type Tone = 'info' | 'success' | 'warning' | 'danger';

/**
 * A picture: an example of the programme's, a photo that staff sent or several in one, numbered (by content hash), perhaps with an example as
 * the last of them, or the QR code of an address of ours.
 */
export type PictureRef =
  | { readonly kind: 'example'; readonly name: string }
  | { readonly kind: 'photo'; readonly sha256: string }
  | { readonly kind: 'sheet'; readonly photos: readonly string[]; readonly example?: string | undefined }
  | { readonly kind: 'code'; readonly address: string };

/** A picture on a card, and what it shows in words. */
export type CardImage = PictureRef & { readonly alt: string };

/** Photos, or photos and an example, side by side in one picture and numbered from 1: both fit on a phone with the buttons below them. */
export function sideBySide(alt: string, photos: readonly string[], example?: string): CardImage {
  return { kind: 'sheet', photos, alt, example };
}

export interface CardChart {
  readonly type: 'histogram' | 'pieChart' | 'lineChart';
  readonly points: readonly { readonly x: string; readonly y: number; readonly series?: string | undefined }[];
}

/** A button. `params` are strings; subject and version are added by `toCardParams`. */
export interface CardAction {
  readonly label: string;
  readonly action: Action;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** The next step comes first and is blue. */
  readonly style: 'primary' | 'plain' | 'danger';
}

/** One form a card, at most seven fields. It comes back as `action`. */
export interface CardForm {
  readonly action: Action;
  /** Which question of its subject it asks; with `params` it tells one form of a card from the next. */
  readonly step: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly submitLabel: string;
  /** Of a form that came back: which fields to look at, beside its button. */
  readonly mistake?: string | undefined;
  readonly fields: readonly CardFormField[];
}

export interface CardFormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'TEXT' | 'TEXT_AREA' | 'NUMBER' | 'SELECT' | 'MULTI_SELECT' | 'CHECKBOX' | 'DATE';
  readonly required?: boolean | undefined;
  readonly requiredMessage?: string | undefined;
  readonly placeholder?: string | undefined;
  /** What stands in it when the card is drawn: text, an option's value, 'true' or 'false', several option values. */
  readonly value?: string | readonly string[] | undefined;
  readonly options?: readonly { readonly value: string; readonly text: string }[] | undefined;
}

/** What a card is about, and the version of it that was drawn; both travel in every tap. */
export interface DrawnFrom {
  readonly subject: Subject;
  readonly version: number;
  /** How many of the card's forms were answered; travels in the tap of a form. */
  readonly round: number;
}
