import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const PRELOAD = 'test/support/chaos/clock-preload.mjs';
const LOOK_EVERY_MS = 50;
const TAKEN_WITHIN_MS = 3_000;

/** The clock of the machine that a bot runs on, which can be set wrong under it while it runs. */
export class WrongClock {
  readonly #file: string;

  /** `dir`: where there is always room. */
  constructor(dir: string, name: string) {
    this.#file = join(dir, `clock-${name}`);
    this.sets(0).catch(() => undefined);
  }

  /** For the process that is to go by this clock. */
  get env(): Readonly<Record<string, string>> {
    return { NODE_OPTIONS: `--import=${pathToFileURL(resolve(PRELOAD))}`, CHAOS_CLOCK: this.#file };
  }

  /** Wrong by so many milliseconds from now on, below zero where it is behind; whether a process has taken it over. */
  async sets(wrongByMs: number): Promise<boolean> {
    writeFileSync(this.#file, `${wrongByMs}`);
    const deadline = performance.now() + TAKEN_WITHIN_MS;
    while (performance.now() < deadline) {
      if (taken(`${this.#file}.taken`) === `${wrongByMs}`) return true;
      await after(LOOK_EVERY_MS);
    }
    return false;
  }
}

function taken(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
