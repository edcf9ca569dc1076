import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** How long the bot may take to end before it is ended for it. */
const LAST_WILL_MS = 8_000;
const LONGEST_PAUSE_MS = 30_000;
/** A bot that ran this long was well; its next death is a first one. */
const WELL_AFTER_MS = 60_000;

export interface BotProcessOptions {
  /** The built bot, a JavaScript file. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the bot prints is added to this file. */
  readonly logFile: string;
  /** Told when the bot died and is started again after `pauseMs`. */
  readonly onDeath?: ((death: { code: number | null; signal: string | null; pauseMs: number }) => void) | undefined;
}

/**
 * The bot as a child process: started again when it dies, at once the first time, then after ever longer pauses. It notices the
 * end of this process by its IPC channel (`disconnect`), and ends itself.
 */
export class BotProcess {
  readonly #options: BotProcessOptions;
  #child: ChildProcess | undefined;
  #pause: NodeJS.Timeout | undefined;
  #deathsInARow = 0;
  #stopping = false;

  constructor(options: BotProcessOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const { entry, env, logFile } = this.#options;
    const log = openSync(logFile, 'a', 0o600);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [entry], {
      env: { ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    child.once('exit', (code, signal) => {
      this.#child = undefined;
      if (this.#stopping) return;
      if (performance.now() - startedAt > WELL_AFTER_MS) this.#deathsInARow = 0;
      const pauseMs = this.#deathsInARow === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.#deathsInARow);
      this.#deathsInARow++;
      this.#options.onDeath?.({ code, signal, pauseMs });
      this.#pause = setTimeout(() => this.start(), pauseMs);
    });
  }

  /** Asks the bot to end, ends it when it does not; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#pause);
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), LAST_WILL_MS);
    await gone;
    clearTimeout(last);
  }
}
