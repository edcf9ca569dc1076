import { AsyncLocalStorage } from 'node:async_hooks';
import type mongoose from 'mongoose';
import { WORKING_MS } from '../../../src/bot/taps.ts';
import { hearCommands } from '../hear-commands.ts';

/** What a tap asked of the store, as `find cards`; in a transaction `find cards*`. */
export interface TapTrips {
  readonly action: string;
  readonly commands: readonly string[];
  /** It was answered, or begun to be, before the phone was shown that it is worked on: that card is drawn besides. */
  readonly inTime: boolean;
}

interface UnderWay extends TapTrips {
  readonly commands: string[];
  answered: boolean;
  inTime: boolean;
}

/**
 * Tells what each tap asks of the store until its answer leaves, by the driver's own word. As long as it is open, whatever waits for
 * anything in this process costs more.
 */
export class WatchedTrips {
  readonly #tap = new AsyncLocalStorage<UnderWay>();
  #taps: UnderWay[] = [];

  readonly #enough: () => void;

  constructor() {
    this.#enough = hearCommands((event) => {
      const tap = this.#tap.getStore();
      if (tap?.answered === false) tap.commands.push(nameOf(event));
    });
  }

  async of<T>(action: string, answer: () => Promise<T>): Promise<T> {
    const tap: UnderWay = { action, commands: [], answered: false, inTime: true };
    const begun = performance.now();
    this.#taps.push(tap);
    try {
      return await this.#tap.run(tap, answer);
    } finally {
      tap.answered = true;
      tap.inTime = performance.now() - begun < WORKING_MS;
    }
  }

  /** Those of the taps since the last call. */
  take(): readonly TapTrips[] {
    const taps = this.#taps;
    this.#taps = [];
    return taps;
  }

  close(): void {
    this.#enough();
    this.#tap.disable();
  }
}

function nameOf({ command, commandName }: mongoose.mongo.CommandStartedEvent): string {
  const of: unknown = command[commandName];
  const within = command.autocommit === false ? '*' : '';
  return typeof of === 'string' ? `${commandName} ${of}${within}` : `${commandName}${within}`;
}
