import { expect } from 'vitest';
import { translator } from '../../cards/text.ts';
import type { CardView } from '../../cards/view.ts';
import { type FaceName, render } from '../../cards/views.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { EXAMPLES } from './examples.ts';

export interface Drawn {
  readonly label: string;
  readonly name: FaceName;
  readonly face: string;
  readonly language: Language;
  readonly view: CardView;
}

/** Every example of every view in one language. */
export function drawnIn(language: Language): Drawn[] {
  const t = translator(language, SHIPPED_WORDS);
  return (Object.keys(EXAMPLES) as FaceName[]).flatMap((name) =>
    Object.entries(EXAMPLES[name]).map(([face, model]) => {
      const view = render(name, model as never, t);
      return { label: `${language} ${name} ${face}`, name, face, language, view };
    }),
  );
}

let all: readonly Drawn[] | undefined;

/** Every example of every view in every language: drawn once for the files of a worker, and not for who wants one. */
export function drawnInAll(): readonly Drawn[] {
  all ??= LANGUAGES.flatMap(drawnIn);
  return all;
}

/** Holds every face in every language against one rule, and names each that breaks it with what is wrong. */
export function expectOfEveryFace(rule: (drawn: Drawn) => void): void {
  const broken = drawnInAll().flatMap((drawn) => {
    try {
      rule(drawn);
      return [];
    } catch (error) {
      return [`${drawn.label}: ${error instanceof Error ? error.message : error}`];
    }
  });
  expect(broken.join('\n')).toBe('');
}
