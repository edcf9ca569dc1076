import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';

/** What a tap asked of the store, as `find cards`; in a transaction `find cards*`. */
export interface TapTrips {
  readonly action: string;
  readonly commands: readonly string[];
}

interface UnderWay extends TapTrips {
  readonly commands: string[];
  answered: boolean;
}

/**
 * Tells what each tap asks of the store until its answer leaves, by the driver's own word. As long as it is open, whatever waits for
 * anything in this process costs more.
 */
export class WatchedTrips {
  readonly #tap = new AsyncLocalStorage<UnderWay>();
  readonly #client = mongoose.connection.getClient();
  readonly #heard = (event: mongoose.mongo.CommandStartedEvent): void => {
    const tap = this.#tap.getStore();
    if (tap?.answered === false) tap.commands.push(nameOf(event));
  };
  #taps: UnderWay[] = [];

  constructor() {
    this.#client.on('commandStarted', this.#heard);
  }

  async of<T>(action: string, answer: () => Promise<T>): Promise<T> {
    const tap: UnderWay = { action, commands: [], answered: false };
    this.#taps.push(tap);
    try {
      return await this.#tap.run(tap, answer);
    } finally {
      tap.answered = true;
    }
  }

  /** Those of the taps since the last call. */
  take(): readonly TapTrips[] {
    const taps = this.#taps;
    this.#taps = [];
    return taps;
  }

  close(): void {
    this.#client.off('commandStarted', this.#heard);
    this.#tap.disable();
  }
}

function nameOf({ command, commandName }: mongoose.mongo.CommandStartedEvent): string {
  const of: unknown = command[commandName];
  const within = command.autocommit === false ? '*' : '';
  return typeof of === 'string' ? `${commandName} ${of}${within}` : `${commandName}${within}`;
}
