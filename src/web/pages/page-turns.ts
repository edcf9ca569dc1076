import type { IncomingMessage } from 'node:http';
import { FairTurns } from '../../work/fair-turns.ts';
import { visitorAddress } from './visit-limits.ts';

/** A page takes milliseconds, and no limit of visits lets more than forty a second through for long. */
const LIMITS = { atOnce: 2, each: 1 };

/** Which pages are made when: a few at once, the others in line, each address for itself. */
export interface PageTurns {
  /**
   * Makes a page when it is its visitor's turn; not at all where they have gone meanwhile. `make` waits for our store and nothing
   * else: whoever sends a form as slowly as a bad network does would keep the others from their turn.
   */
  inTurn(request: IncomingMessage, make: () => void | Promise<void>): Promise<void>;
}

/**
 * However many want a page, the chat shares store and processor with those few that are being made. After each, whatever came in
 * meanwhile has its go, so that a tap waits for some pages and never for all of them.
 */
export function createPageTurns(): PageTurns {
  const turns = new FairTurns(LIMITS);
  return {
    async inTurn(request, make) {
      const giveBack = await turns.take(visitorAddress(request));
      try {
        if (!request.socket.destroyed) await make();
      } finally {
        setImmediate(giveBack);
      }
    },
  };
}
