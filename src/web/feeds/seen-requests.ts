import { HOLDS_MS } from './signature.ts';

/** Signatures of requests that were taken, as long as they hold: who repeats one of them changes nothing. */
export interface SeenRequests {
  has(signature: string): boolean;
  add(signature: string): void;
}

/** By the machine's time, milliseconds. A start forgets them: what lies in the incoming folder is known without. */
export function createSeenRequests(machine: () => number): SeenRequests {
  const seen = new Map<string, number>();
  return {
    has: (signature) => (seen.get(signature) ?? -Infinity) > machine(),
    add(signature) {
      for (const [old, until] of seen) if (until <= machine()) seen.delete(old);
      // its time may lie as far ahead as it may lie back
      seen.set(signature, machine() + 2 * HOLDS_MS);
    },
  };
}
