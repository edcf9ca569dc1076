import { setTimeout as after } from 'node:timers/promises';
import { asAppError } from '@field/kit/errors';

const TRIES = 5;
const PAUSE_MS = 200;

/** Does it once more, up to five times, where it failed for what passes: another process was first, the database changes its primary. */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || asAppError(error).kind !== 'retryable') throw error;
    }
    await after(PAUSE_MS * attempt);
  }
}
