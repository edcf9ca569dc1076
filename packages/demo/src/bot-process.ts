import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, renameSync, statSync } from 'node:fs';
import { CANNOT_WORK } from '@field/kit/startup';

/** How long the bot may take to end before it is ended for it: longer than it takes itself. */
const LAST_WILL_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;
/** A bot that ran this long was well; its next death is a first one. */
const WELL_AFTER_MS = 60_000;
/** A longer log is put away when a bot starts, in the place of the one before. */
const LONGEST_LOG_BYTES = 10 * 1024 * 1024;
/** A bot that ends so often in a row alike will not do otherwise. */
const SAME_END = 3;
/**
 * glibc keeps memory apart for each of its threads, and gives little of it back: with two such places the bot holds a fifth less, and stays
 * there (operating). Read when a process starts, so it cannot set it for itself.
 */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };
/** Characters of what it says on stderr that are kept in memory. */
const MOST_SAID = 4_000;

export interface BotProcessOptions {
  /** The built bot, a JavaScript file. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the bot prints is added to this file. */
  readonly logFile: string;
  /** Told when the bot died and is started again after `pauseMs`. */
  readonly onDeath?: ((death: { code: number | null; signal: string | null; pauseMs: number }) => void) | undefined;
  /** Told what the bot said on stderr when it ended because it can never work as it is set up, or three times in a row alike: it is
   * not started again. */
  readonly onGivenUp?: ((said: string) => void) | undefined;
}

/**
 * The bot as a child process: started again when it dies, at once the first time, and whenever it was killed at work, which it says by a
 * message; else after ever longer pauses, but not when it exits
 * with `CANNOT_WORK` or ends alike three times. It notices the end of this process by its IPC channel (`disconnect`), and ends itself.
 */
export class BotProcess {
  readonly #options: BotProcessOptions;
  #child: ChildProcess | undefined;
  #pause: NodeJS.Timeout | undefined;
  #deathsInARow = 0;
  /** How it ended last, and how often in a row. */
  #lastEnd: { end: string | undefined; times: number } = { end: undefined, times: 0 };
  #stopping = false;

  constructor(options: BotProcessOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const { entry, env, logFile } = this.#options;
    const log = openedLog(logFile);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [entry], {
      env: { ...FEW_ARENAS, ...env },
      stdio: ['ignore', log ?? 'ignore', 'pipe', 'ipc'],
    });
    if (log !== undefined) closeSync(log);
    this.#child = child;
    let said = '';
    let wasAtWork = false;
    child.once('message', () => {
      wasAtWork = true;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MOST_SAID);
      addToLog(logFile, text);
    });
    // unlike `exit` it comes when everything that it said has been read
    child.once('close', (code, signal) => {
      this.#child = undefined;
      if (this.#stopping) return;
      const wasWell = performance.now() - startedAt > WELL_AFTER_MS;
      const last = said.trim();
      // whoever kills a bot that is at work says nothing of how the next one starts
      const wasKilledAtWork = wasAtWork && signal !== null;
      const end = wasKilledAtWork ? undefined : endOf(code, last);
      const times = !wasWell && end === this.#lastEnd.end ? this.#lastEnd.times + 1 : 1;
      this.#lastEnd = { end, times };
      if (code === CANNOT_WORK || (end !== undefined && times >= SAME_END)) {
        this.#options.onGivenUp?.(
          last || `The bot ended ${times} times with code ${code} and said nothing; see ${logFile}`,
        );
        return;
      }
      if (wasWell || wasKilledAtWork) this.#deathsInARow = 0;
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
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), LAST_WILL_MS);
    await gone;
    clearTimeout(last);
  }
}

/** By what two ends are alike: the code and the words, whatever numbers stand in them. Undefined for one that somebody killed in silence. */
function endOf(code: number | null, said: string): string | undefined {
  return code === null && said === '' ? undefined : `${code} ${said.replace(/\d+/g, '0')}`;
}

/** Undefined where it cannot be opened, as on a full disk: the bot works without. */
function openedLog(logFile: string): number | undefined {
  try {
    putAwayLongLog(logFile);
    return openSync(logFile, 'a', 0o600);
  } catch {
    return undefined;
  }
}

/** Said here where the log takes nothing. */
function addToLog(logFile: string, text: string): void {
  try {
    appendFileSync(logFile, text);
  } catch {
    process.stderr.write(text);
  }
}

function putAwayLongLog(logFile: string): void {
  const { size = 0 } = statSync(logFile, { throwIfNoEntry: false }) ?? {};
  if (size > LONGEST_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}
