import { danger, primary } from './buttons.ts';
import { languageButtons } from './language.ts';
import { markdownText } from './markdown.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

export interface GroupBindingModel {
  /** The ISO's name. */
  readonly iso: string;
  readonly bound: boolean;
}

/** *Daily digest*: one tap of an admin binds the group; then its language can be chosen, and it can be stopped. */
export function groupBinding({ iso, bound }: GroupBindingModel, t: T): CardView {
  if (!bound) {
    return {
      title: t('group.title'),
      body: [markdownText(t, 'group.question', { iso }), t('group.when'), t('group.noNames')],
      actions: [primary(t('group.agree'), 'group.bind')],
    };
  }
  return {
    title: t('group.title'),
    tag: { text: t('group.tag'), tone: 'success' },
    body: [markdownText(t, 'group.bound', { iso }), t('group.when')],
    actions: [...languageButtons(t.language, 'group.language'), danger(t('group.stop'), 'group.unbind')],
  };
}
