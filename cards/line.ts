import { escapeMarkdown, markdownText } from './markdown.ts';
import type { T, TextArgs } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';

/** One thought by its key, a line of a text for each of its sentences; what is put into it may have been typed by a person. */
export interface LineModel {
  readonly key: TextKey;
  readonly args?: TextArgs | undefined;
  /** What is left of a card that moved on also says what that asked for; `about` as plain text. */
  readonly asked?: { readonly title: string; readonly about?: string | undefined } | undefined;
}

/** A card of a sentence or two: below an open form, or what is left of a working card that moved on. No buttons. */
export function line(model: LineModel, t: T): CardView {
  const { title, about } = model.asked ?? { title: '' };
  const { shop } = model.args ?? {};
  const [first = '', ...rest] = lines(model, t);
  // of whose shop a photo is kept is said already
  const says = about === undefined || shop !== undefined ? first : `${escapeMarkdown(about)} · ${first}`;
  return { title, body: [says, ...rest], actions: [] };
}

/** A card with one sentence on top, for this drawing only. */
export function withLine(view: CardView, model: LineModel, t: T): CardView {
  return { ...view, body: [...lines(model, t), ...(view.body ?? [])] };
}

function lines({ key, args }: LineModel, t: T): readonly string[] {
  return markdownText(t, key, args).split('\n');
}
