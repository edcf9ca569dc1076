import { LANGUAGE_NAMES, LANGUAGES } from '../src/domain/languages.ts';
import { labelWith, menuButton, plain } from './buttons.ts';
import { markdownText } from './markdown.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

export interface HelpModel {
  /** Whom to ask; unknown before the association. */
  readonly admin?: string | undefined;
  /** Whether they may still read their results at another ISO. */
  readonly former?: boolean | undefined;
  /** The ISO that the person works for, and can leave. */
  readonly iso?: string | undefined;
}

/** *Help*: the words that always work, those that name a language too, and whom to ask. */
export function help({ admin, former = false, iso }: HelpModel, t: T): CardView {
  const words = { menu: t('word.menu'), back: t('word.back') };
  const others = LANGUAGES.filter((language) => language !== t.language).map((language) => LANGUAGE_NAMES[language]);
  return {
    title: t('help.title'),
    body: [
      t('help.words', words),
      t('help.languages', { names: others.join(' · ') }),
      t('help.saved'),
      ...(admin === undefined ? [] : [markdownText(t, 'help.admin', { name: admin })]),
    ],
    actions: [
      menuButton(t),
      plain(t('button.language'), 'language.open'),
      ...(former ? [plain(t('button.formerResults'), 'review.former')] : []),
      ...(iso === undefined ? [] : [plain(labelWith(t, 'button.leaveIso', iso), 'association.leave')]),
    ],
  };
}
