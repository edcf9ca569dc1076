import { setTimeout as after } from 'node:timers/promises';
import { PartProcess, type ProcessOptions } from '../world/process.ts';
import { frozen } from './signals.ts';
import type { Target } from './target.ts';

const LOOK_EVERY_MS = 50;
const START_AGAIN_MS = 500;

/** A part that is started again whenever it is gone, as a supervisor does. */
export class KeptPart implements Target {
  readonly name: string;
  /** What it said last whenever it ended, had been ready, and was not told to. */
  readonly deaths: string[] = [];
  readonly #process: PartProcess;
  #notBefore = 0;
  #struck = false;
  #wanted = false;
  #keeping: Promise<void> = Promise.resolve();

  constructor(options: ProcessOptions) {
    this.name = options.name;
    this.#process = new PartProcess(options);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Starts it and answers when it is ready. */
  async start(): Promise<void> {
    this.#wanted = true;
    this.#keeping = this.#keeps();
    await this.ready();
  }

  /** Resolves when it answers, however often it has to be started for that. */
  async ready(): Promise<void> {
    for (;;) {
      if (
        this.#process.running &&
        (await this.#process.ready().then(
          () => true,
          () => false,
        ))
      )
        return;
      await after(LOOK_EVERY_MS);
    }
  }

  async ends(how: 'SIGKILL' | 'SIGTERM', pauseMs: number): Promise<boolean> {
    if (!this.#process.running) return false;
    this.#struck = true;
    this.#notBefore = Number.POSITIVE_INFINITY;
    await (how === 'SIGKILL' ? this.#process.kill() : this.#process.stop());
    this.#notBefore = performance.now() + pauseMs;
    return true;
  }

  async freezes(ms: number): Promise<boolean> {
    const { pid } = this.#process;
    return pid !== undefined && (await frozen(() => [pid], ms));
  }

  async close(): Promise<void> {
    this.#wanted = false;
    await this.#process.stop();
    await this.#keeping;
  }

  lastWords(lines?: number): string {
    return this.#process.lastWords(lines);
  }

  async #keeps(): Promise<void> {
    let ran = false;
    let wasReady = false;
    while (this.#wanted) {
      const { running } = this.#process;
      if (!running && ran) {
        if (wasReady && !this.#struck) this.deaths.push(this.lastWords(5));
        this.#notBefore = Math.max(this.#notBefore, performance.now() + (this.#struck ? 0 : START_AGAIN_MS));
        this.#struck = false;
      }
      ran = running;
      if (!running && performance.now() >= this.#notBefore) {
        wasReady = false;
        this.#process.spawn();
        ran = true;
        // one that ends before is a start that failed, since what it needs was away too
        this.#process.ready().then(
          () => {
            wasReady = true;
          },
          () => undefined,
        );
      }
      await after(LOOK_EVERY_MS);
    }
  }
}
