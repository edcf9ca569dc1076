import { signal } from '@preact/signals';
import type { QuickEntryLink } from '../../protocol/page-protocol.ts';

/** What stands at the bottom of the chat with the bot; set by the app, for everybody. */
export const quickEntries = signal<readonly QuickEntryLink[]>([]);

/** The page that is open over the chat. */
export interface OpenPage {
  readonly title: string;
  /** Where this person's client shows it. */
  readonly address: string;
}

export const openPage = signal<OpenPage | undefined>(undefined);

/** A name in the language of the client, that is, of the browser. */
export function entryName({ names }: QuickEntryLink, languages: readonly string[] = navigator.languages): string {
  for (const language of languages) {
    const [wanted] = language.toLowerCase().split('-');
    const found = Object.entries(names).find(([key]) => key.toLowerCase().split('_')[0] === wanted);
    if (found !== undefined) return found[1];
  }
  return names.en_US ?? Object.values(names)[0] ?? '';
}
