import { signal } from '@preact/signals';
import type { Entry } from '../../page-protocol.ts';

/** The last place in each chat that has been on the screen. */
const seen = signal<Readonly<Record<string, number>>>({});

/** The chat is open: what stands in it has been seen. */
export function markSeen(conversationId: string, entries: readonly Entry[]): void {
  const last = entries.at(-1)?.pos;
  if (last !== undefined && seen.peek()[conversationId] !== last) {
    seen.value = { ...seen.peek(), [conversationId]: last };
  }
}

/** How many entries came since the chat was last open; none for one that was never opened here. */
export function unseen(conversationId: string, entries: readonly Entry[]): number {
  const last = seen.value[conversationId];
  return last === undefined ? 0 : entries.filter((entry) => entry.pos > last).length;
}
