import type { InFlight } from '../../work/in-flight.ts';

/** Those who wait for an answer of this process while a file lands. */
export interface OthersWaiting {
  /** Whether somebody does right now. */
  now(): boolean;
  /** Resolves when nobody does any more, or after so many milliseconds: twice as many where somebody came last. */
  served(withinMs: number): Promise<void>;
}

/** What somebody waits for: what is in flight of taps, and of messages. */
const ANSWERED = ['tap', 'lane'] as const;

/** By what is in flight in this process. */
export function othersWaiting(inFlight: InFlight): OthersWaiting {
  const now = (): boolean => ANSWERED.some(inFlight.has);
  return {
    now,
    async served(withinMs) {
      let isOver = false;
      const limit = setTimeout(() => {
        isOver = true;
      }, withinMs);
      while (now() && !isOver) await inFlight.changed(inFlight.changes(), withinMs);
      clearTimeout(limit);
    },
  };
}
