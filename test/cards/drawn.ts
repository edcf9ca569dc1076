import { render, type ViewName } from '../../cards/registry.ts';
import { translator } from '../../cards/text.ts';
import type { CardView } from '../../cards/view.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { EXAMPLES } from './examples.ts';

export interface Drawn {
  readonly label: string;
  readonly name: ViewName;
  readonly language: Language;
  readonly view: CardView;
}

/** Every example of every view in one language. */
export function drawnIn(language: Language): Drawn[] {
  const t = translator(language);
  return (Object.keys(EXAMPLES) as ViewName[]).flatMap((name) =>
    Object.entries(EXAMPLES[name]).map(([face, model]) => {
      const view = render(name, model as never, t);
      return { label: `${language} ${name} ${face}`, name, language, view };
    }),
  );
}

/** Every example of every view in every language. */
export const drawnInAll: readonly Drawn[] = LANGUAGES.flatMap(drawnIn);
