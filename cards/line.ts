import { markdownText } from './markdown.ts';
import type { T, TextArgs } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';

/** One thought by its key, a line of a text for each of its sentences; what is put into it may have been typed by a person. */
export interface LineModel {
  readonly key: TextKey;
  readonly args?: TextArgs | undefined;
}

/** A card of a sentence or two: below an open form, or what is left of a working card that moved on. No buttons. */
export function line(model: LineModel, t: T): CardView {
  return { title: '', body: lines(model, t), actions: [] };
}

/** A card with one sentence on top, for this drawing only. */
export function withLine(view: CardView, model: LineModel, t: T): CardView {
  return { ...view, body: [...lines(model, t), ...(view.body ?? [])] };
}

function lines({ key, args }: LineModel, t: T): readonly string[] {
  return markdownText(t, key, args).split('\n');
}
