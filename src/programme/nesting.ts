import { Lexer } from 'yaml';
import type { Mistake } from './mistake.ts';

/** No file of a programme needs half of it. */
const DEEPEST = 40;
const FARTHEST_IN = 200;

/**
 * Where a text nests deeper than any programme does. It is looked for before the text is parsed, since the parser works by
 * recursion: a file of nothing but dashes would take the whole process with it.
 */
export function nestingMistake(file: string, text: string): Mistake | undefined {
  let [line, column] = [1, 1];
  let [brackets, marks] = [0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === '[' || lexeme === '{') brackets += 1;
    if (lexeme === ']' || lexeme === '}') brackets -= 1;
    if (lexeme === '-' || lexeme === '?' || (lexeme === ':' && brackets === 0)) marks += 1;
    const isFarIn = column === 1 && lexeme.length > FARTHEST_IN && lexeme.trim() === '' && !lexeme.includes('\n');
    if (brackets > DEEPEST || marks > DEEPEST || isFarIn)
      return { file, line, column, say: 'is nested deeper here than a programme is: write it flatter.' };
    const lines = lexeme.split('\n');
    if (lines.length > 1) [line, column, marks] = [line + lines.length - 1, 1, 0];
    column += lines.at(-1)?.length ?? 0;
  }
  return undefined;
}
