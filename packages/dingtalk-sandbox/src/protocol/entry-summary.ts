import type { Entry } from './page-protocol.ts';

/** One line that says what an entry is: a card's own line for the list of chats, else its title. */
export function entrySummary(entry: Entry): string {
  if (entry.kind === 'card') {
    const line = entry.data?.lastMessage;
    return (typeof line === 'string' && line) || entry.view?.title || 'Card';
  }
  if (entry.kind === 'invitation') return 'Org invitation';
  if (entry.text) return entry.text;
  const count = entry.files?.length ?? 0;
  if (entry.kind === 'file') return entry.files?.[0]?.fileName ?? 'File';
  return count > 1 ? `${count} pictures` : 'Picture';
}
