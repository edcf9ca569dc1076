import { danger, plain, primary } from './buttons.ts';
import { languageButtons } from './language.ts';
import { markdownText } from './markdown.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

export interface GroupBindingModel {
  /** The ISO's name. */
  readonly iso: string;
  readonly bound: boolean;
  /** An admin said no. */
  readonly declined?: boolean | undefined;
}

/** *Daily digest*: one tap of an admin binds the group; then its language can be chosen, and it can be stopped. */
export function groupBinding({ iso, bound, declined = false }: GroupBindingModel, t: T): CardView {
  const note = t('group.adminNote', { iso: shorten(iso, 24) });
  if (!bound && declined) {
    const actions = [plain(t('group.agree'), 'group.bind')];
    return { title: t('group.title'), body: [t('group.declined')], actions, note };
  }
  if (!bound) {
    return {
      title: t('group.title'),
      body: [markdownText(t, 'group.question', { iso }), t('group.when'), t('group.noNames')],
      actions: [primary(t('group.agree'), 'group.bind'), plain(t('group.no'), 'group.decline')],
      note,
    };
  }
  return {
    title: t('group.title'),
    tag: { text: t('group.tag'), tone: 'success' },
    body: [markdownText(t, 'group.bound', { iso }), t('group.when')],
    actions: [...languageButtons(t.language, 'group.language'), danger(t('group.stop'), 'group.unbind')],
    note,
  };
}
