import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { type CardDrawing, drawCard } from './draw-card.ts';
import { drawnInAll } from './drawn.ts';
import { OptionLists } from './option-lists.ts';

/** What stands behind a face in the first language: it is the same in all others, and stands in none of them unless it differs. */
type Behind = Map<string, CardDrawing['behind']>;

/**
 * What a translator reviews, by file name: in the folder of a language a page for each view, with every face, and one of the long lists. So who
 * reads one language reads one folder, and a page is compared with that of another by its name.
 */
export function pages(): Map<string, string> {
  const found = new Map<string, string>();
  const behind: Behind = new Map();
  for (const language of LANGUAGES) for (const [file, page] of pagesIn(language, behind)) found.set(file, page);
  return found;
}

function pagesIn(language: Language, behind: Behind): Map<string, string> {
  const lists = new OptionLists();
  const faces = new Map<string, string[]>();
  for (const { name, face, view, ...drawn } of drawnInAll()) {
    if (drawn.language !== language) continue;
    const card = drawCard(view, (field, options) => lists.nameOf(field, options));
    const lines = [...card.seen, ...behindOf(`${name} ${face}`, card, language, behind)];
    faces.set(name, [
      ...(faces.get(name) ?? []),
      `#### ${face}\n\n${lines.map((line) => line.trimEnd()).join('\n')}\n`,
    ]);
  }
  const found = new Map([...faces].map(([name, texts]) => [`${language}/${name}.txt`, texts.join('\n')]));
  return found.set(`${language}/options.txt`, lists.page());
}

function behindOf(face: string, card: CardDrawing, language: Language, behind: Behind): CardDrawing['behind'] {
  if (language === DEFAULT_LANGUAGE) behind.set(face, card.behind);
  const isKnown = language !== DEFAULT_LANGUAGE && card.behind.join('\n') === behind.get(face)?.join('\n');
  return isKnown ? [] : card.behind;
}
