import { markdownText } from './markdown.ts';
import type { T, TextArgs } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';

/** One sentence by its key; what is put into it may have been typed by a person. */
export interface LineModel {
  readonly key: TextKey;
  readonly args?: TextArgs | undefined;
}

/** A card of one sentence: below an open form, or what is left of a working card that moved on. No buttons. */
export function line(model: LineModel, t: T): CardView {
  return { title: '', body: [lineText(model, t)], actions: [] };
}

/** A card with one sentence on top, for this drawing only. */
export function withLine(view: CardView, model: LineModel, t: T): CardView {
  return { ...view, body: [lineText(model, t), ...(view.body ?? [])] };
}

function lineText({ key, args }: LineModel, t: T): string {
  return markdownText(t, key, args);
}
