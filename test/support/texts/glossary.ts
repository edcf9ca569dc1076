import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACES } from './places.ts';

/** A word that says what another says already, and which one does. */
interface Twin {
  readonly twin: RegExp;
  readonly instead: readonly string[];
}

export interface Glossary {
  /** What the language calls itself. */
  readonly name: string;
  /** By the English word, in the order of the file. */
  readonly words: ReadonlyMap<string, string>;
  readonly tone: string;
  readonly twins: readonly Twin[];
}

/** The English words of the glossary, in their order; the names that the programme fixes apart. */
export function glossaryTerms(root = '.'): { readonly fixed: readonly string[]; readonly ours: readonly string[] } {
  const [, fixed = '', ours = ''] = readFileSync(join(root, 'cards/locales/GLOSSARY.md'), 'utf8').split(/^## .*$/m);
  const listed = (section: string): string[] => section.match(/(?<=^- ).*/gm) ?? [];
  return { fixed: listed(fixed), ours: listed(ours) };
}

/** The glossary of one language as its file has it. */
export function glossaryOf(tag: string, root = '.'): Glossary {
  const text = readFileSync(join(root, PLACES.glossary(tag)), 'utf8');
  const rows = text.match(/^\| [^*-].*\|$/gm) ?? [];
  const cells = rows.slice(1).map((row) => row.split('|').map((cell) => cell.trim()));
  const twins = [...text.matchAll(/^- (.+), not `(.+)`$/gm)].map(([, instead = '', twin = '']) => {
    return { twin: new RegExp(twin, 'iu'), instead: instead.split(', ') };
  });
  return {
    name: /^# (.+)$/m.exec(text)?.[1] ?? '',
    words: new Map(cells.map(([, english = '', said = '']) => [english, said])),
    tone: /^Tone\. (.+)$/m.exec(text)?.[1] ?? '',
    twins,
  };
}

/** The forms that a name has in a language: it may be said in more than one way. */
export function formsOf(said: string): readonly string[] {
  return said
    .replace('_ours_', '')
    .split(',')
    .map((form) => form.trim());
}
