import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../world/free-port.ts';
import { processesIn } from './processes-in.ts';
import { frozen } from './signals.ts';
import type { Target } from './target.ts';

/**
 * A MongoDB server: one that runs already (REALDB_URI, MONGODB_URI), with a database of its own in it; or one that the programme
 * REALDB starts (`start --port P --data D`), and that can be killed, and stopped with all its processes.
 */
export class RealStore implements Target {
  readonly name = 'MongoDB';
  readonly uri: string;
  readonly #command: readonly string[];
  readonly #dataDir: string;

  private constructor(uri: string, dataDir: string, command: readonly string[]) {
    const address = new URL(uri);
    address.pathname = `/chaos_${randomUUID().slice(0, 8)}`;
    this.uri = address.href;
    this.#command = command;
    this.#dataDir = dataDir;
  }

  /** Undefined where none is named. */
  static async start(dataDir: string): Promise<RealStore | undefined> {
    const { REALDB, REALDB_URI, MONGODB_URI } = process.env;
    const running = REALDB_URI || MONGODB_URI;
    if (running) return new RealStore(running, dataDir, []);
    if (!REALDB || !existsSync(REALDB)) return undefined;
    const place = ['--port', `${await freePort()}`, '--data', dataDir];
    const { stdout } = await promisify(execFile)(REALDB, ['start', ...place]);
    const [uri] = /mongodb:\/\/\S+/.exec(stdout) ?? [];
    return uri === undefined ? undefined : new RealStore(uri, dataDir, [REALDB, ...place]);
  }

  get canBeStruck(): boolean {
    return this.#command.length > 0;
  }

  async ends(how: 'SIGKILL' | 'SIGTERM', pauseMs: number): Promise<boolean> {
    if (!(await this.#runs(how === 'SIGKILL' ? 'kill9' : 'stop'))) return false;
    await after(pauseMs);
    return await this.#runs('start');
  }

  async freezes(ms: number): Promise<boolean> {
    return await frozen(() => processesIn(this.#dataDir), ms);
  }

  /** Where it has ended by itself; one that runs goes on. */
  async startsAgain(): Promise<void> {
    if (this.canBeStruck) await this.#runs('start');
  }

  async close(): Promise<void> {
    if (this.canBeStruck) await this.#runs('stop');
  }

  async #runs(order: string): Promise<boolean> {
    const [command = '', ...place] = this.#command;
    return await promisify(execFile)(command, [order, ...place]).then(
      () => true,
      () => false,
    );
  }
}
