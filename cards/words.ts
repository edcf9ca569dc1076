import { everyTranslation } from './text.ts';

/** The words that always work, typed in any of our languages. */
export type CommandWord = 'menu' | 'back' | 'help';

const COMMANDS: readonly CommandWord[] = ['menu', 'back', 'help'];

let known: ReadonlyMap<string, CommandWord> | undefined;

/** The command that a message is, or undefined; case, spaces and a closing mark do not matter. */
export function commandWord(typed: string): CommandWord | undefined {
  known ??= new Map(COMMANDS.flatMap((word) => everyTranslation(`word.${word}`).map((said) => [plain(said), word])));
  return known.get(plain(typed));
}

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .replace(/[.!?。]+$/u, '')
    .toLowerCase();
}
