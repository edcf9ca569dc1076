import { signal } from '@preact/signals';
import type { Entry, LatestEntry } from '../../protocol/page-protocol.ts';

const KEY = 'seen';

/** The last place in each chat that has been on the screen, by who looked and which chat; kept over a reload. */
const seen = signal<Readonly<Record<string, number>>>(restored());

/** The chat is open: what stands in it has been seen. */
export function markSeen(viewer: string, conversationId: string, entries: readonly Entry[]): void {
  const key = keyOf(viewer, conversationId);
  const last = entries.at(-1)?.pos;
  if (last !== undefined && seen.peek()[key] !== last) keep({ ...seen.peek(), [key]: last });
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

/** Everything was reset: nothing has been seen. */
export function forgetSeen(): void {
  keep({});
}

function keyOf(viewer: string, conversationId: string): string {
  return `${viewer}/${conversationId}`;
}

function keep(places: Readonly<Record<string, number>>): void {
  seen.value = places;
  sessionStorage.setItem(KEY, JSON.stringify(places));
}

function restored(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}
