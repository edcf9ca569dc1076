import type { Entry } from '../../protocol/page-protocol.ts';

/**
 * What stands in a chat after `arrived` came in: one entry a `pos`, the one with the newest `seq`, in order of `pos`.
 * Frames may double or cross after a reconnect; the outcome is the same.
 */
export function mergeEntries(known: readonly Entry[], arrived: readonly Entry[]): readonly Entry[] {
  const byPos = new Map(known.map((entry) => [entry.pos, entry]));
  for (const entry of arrived) {
    const present = byPos.get(entry.pos);
    if (!present || present.seq < entry.seq) byPos.set(entry.pos, entry);
  }
  return [...byPos.values()].sort((a, b) => a.pos - b.pos);
}

/** The newest `seq` in a chat, 0 for an empty one: what the page names when it watches again. */
export function lastSeq(entries: readonly Entry[]): number {
  return entries.reduce((newest, entry) => Math.max(newest, entry.seq), 0);
}
