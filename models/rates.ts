import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { number } from './fields.ts';

/** Calls a second per API path, with a small burst: under DingTalk's 20 in any second (dingtalk 5). */
const INTERVAL_MS = 1_000 / 14;
const BURST_MS = 4 * INTERVAL_MS;
/** More than fifty who wait at once take: a longer wait was counted by a clock that was ahead, and has been set back. */
const LONGEST_WAIT_MS = 4_000;

const Rates = collection('rates', {
  id: 'path',
  fields: {
    /** When the next call would be due at an even pace, by `machine()` (a token bucket as one number). */
    evenAt: number(),
  },
});

/** Takes the next free place for a call to `path`, shared by all processes; answers how many milliseconds to wait for it. */
export async function reserveCall(path: string, machine: () => number): Promise<number> {
  for (;;) {
    const now = machine();
    const row = await Rates.get(path);
    if (row === undefined) {
      if (await unlessDuplicate(() => Rates.add({ path, evenAt: now + INTERVAL_MS }))) return 0;
      continue;
    }
    const due = row.evenAt > now + LONGEST_WAIT_MS ? now : Math.max(row.evenAt, now - BURST_MS);
    const taken = await Rates.update({ path, evenAt: row.evenAt }, { set: { evenAt: due + INTERVAL_MS } });
    if (taken.matchedCount === 1) return Math.max(0, due - now);
  }
}
