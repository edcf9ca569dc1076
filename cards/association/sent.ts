import { plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface RequestSentModel {
  /** The ISO e-mail as it was typed: the person sees where the request went. */
  readonly isoEmail: string;
}

/** *Request sent*: nothing to do but wait, or take it back. */
export function requestSent({ isoEmail }: RequestSentModel, t: T): CardView {
  return {
    title: t('requestSent.title'),
    tag: { text: t('requestSent.tag'), tone: 'info' },
    body: [markdownText(t, 'requestSent.to', { isoEmail }), t('requestSent.wait'), t('requestSent.ask')],
    actions: [plain(t('button.withdraw'), 'association.withdraw'), plain(t('button.language'), 'language.open')],
  };
}
