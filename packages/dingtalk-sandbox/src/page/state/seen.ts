import type { Entry, LatestEntry } from '../../protocol/page-protocol.ts';
import { kept } from './kept.ts';

/** The last place in each chat that has been on a screen of this browser, by who looked and which chat. */
const seen = kept<Readonly<Record<string, number>>>('seen', {});

/** The chat is open: what stands in it has been seen. */
export function markSeen(viewer: string, conversationId: string, entries: readonly Entry[]): void {
  const key = keyOf(viewer, conversationId);
  const last = entries.at(-1)?.pos;
  // what another tab has shown further down stays seen
  if (last !== undefined && (seen.peek()[key] ?? 0) < last) seen.value = { ...seen.peek(), [key]: last };
}

/** How many entries of others came since this person last had the chat open; all of them before the first time. */
export function unseen(viewer: string, conversationId: string, entries: readonly Entry[]): number {
  const last = seen.value[keyOf(viewer, conversationId)] ?? 0;
  return entries.filter((entry) => entry.pos > last && entry.from !== viewer).length;
}

/** Whether something of the bot stands below what was last seen in a person's own chat. */
export function hasNews({ userId, pos, from }: LatestEntry): boolean {
  return from !== userId && pos > (seen.value[keyOf(userId, userId)] ?? 0);
}

function keyOf(viewer: string, conversationId: string): string {
  return `${viewer}/${conversationId}`;
}
