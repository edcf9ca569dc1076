import { everyTranslation } from './text.ts';
import type { TextKey } from './text-key.ts';

/** The words that always work, typed in any of our languages. */
export type CommandWord = 'menu' | 'back' | 'help';

const COMMANDS: readonly (readonly [CommandWord, TextKey])[] = [
  ['menu', 'word.menu'],
  ['back', 'word.back'],
  ['help', 'word.help'],
];

let known: ReadonlyMap<string, CommandWord> | undefined;

/** The command that a message is, or undefined; case, spaces and a closing mark do not matter. */
export function commandWord(typed: string): CommandWord | undefined {
  known ??= new Map(COMMANDS.flatMap(([word, key]) => everyTranslation(key).map((said) => [plain(said), word])));
  return known.get(plain(typed));
}

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .replace(/[.!?。]+$/u, '')
    .toLowerCase();
}
