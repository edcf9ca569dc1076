import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

export interface ProcessOptions {
  readonly name: string;
  /** A built file, from the checkout's root. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Answers 200 when the process is ready. */
  readonly readyUrl?: string;
  /** What it says once it is ready, where it has no such address. */
  readonly readyWords?: string;
}

/** A guard against what hangs, as `limits` in vitest.config.ts are. */
const READY_WITHIN_MS = 250_000;
const END_WITHIN_MS = 60_000;
/** Settings of the machine that a test runs on must not reach what it starts. */
const NOT_INHERITED =
  /^(DINGTALK_|MONGODB_|REALDB_|DATA_|PORT$|HOST$|ADMIN_|TRUSTED_PROXIES$|PUBLIC_URL$|SANDBOX_|DEMO$|LOG_LEVEL$|TZ_|VITEST|NODE_ENV$)/;

/** One part of the product as a process of its own, with its output in a file. */
export class PartProcess {
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;
  /** The one that has said that it is ready. */
  #readied: ChildProcess | undefined;
  /** Bytes of the log that those before it have written. */
  #saidBefore = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it and answers when it is ready, with the milliseconds that took. Throws with the end of its output when it dies. */
  async start(): Promise<number> {
    const begun = performance.now();
    this.spawn();
    await this.ready();
    return performance.now() - begun;
  }

  /** Starts it and does not wait. */
  spawn(): void {
    const { name, entry, args = [], env, logFile } = this.#options;
    if (this.#child) throw new Error(`${name} runs already`);
    const inherited = Object.entries(process.env).filter(([key]) => !NOT_INHERITED.test(key));
    const log = openSync(logFile, 'a', 0o600);
    this.#saidBefore = fstatSync(log).size;
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
  }

  /** Resolves when it answers that it is ready; once it has, it is not asked again. */
  async ready(): Promise<void> {
    const { name, readyUrl } = this.#options;
    const deadline = performance.now() + READY_WITHIN_MS;
    while (this.#child) {
      const child = this.#child;
      if (this.#readied === child) return;
      if (readyUrl === undefined ? this.#saysReady() : await answers(readyUrl)) this.#readied = child;
      if (this.#readied === child) return;
      if (performance.now() > deadline) break;
      await after(20);
    }
    throw new Error(`${name} ${this.#child ? 'is not ready' : 'ended'}. Its last words:\n${this.lastWords()}`);
  }

  #saysReady(): boolean {
    const { logFile, readyWords = '' } = this.#options;
    return readFileSync(logFile).subarray(this.#saidBefore).includes(readyWords);
  }

  /** Ends it as an operator would, and resolves with its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  lastWords(lines = 40): string {
    try {
      return readFileSync(this.#options.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } catch {
      return '(none)';
    }
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    const gone = once(child, 'exit');
    child.kill(signal);
    const last = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
    const [code] = await gone;
    clearTimeout(last);
    return typeof code === 'number' ? code : null;
  }
}

async function answers(readyUrl: string): Promise<boolean> {
  const answer = await fetch(readyUrl).catch(() => undefined);
  return answer?.ok === true;
}
