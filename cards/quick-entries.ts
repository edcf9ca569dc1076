import type { QuickEntry } from '../src/domain/quick-entries.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';

const NAMES: Readonly<Record<QuickEntry, TextKey>> = {
  products: 'entry.products',
  tasks: 'button.tasks',
  results: 'entry.results',
  language: 'button.language',
};

/** How an entry of the navigation at the bottom of the chat is called. */
export function quickEntryName(t: T, entry: QuickEntry): string {
  return t(NAMES[entry]);
}
