import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Person, type Surroundings } from './person.ts';
import { PartProcess } from './process.ts';
import { SandboxApi, type Stats } from './sandbox-api.ts';

export interface WorldOptions {
  /** More of the bot's environment: `MONGODB_URI`, `PUBLIC_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** `false`: only the sandbox; the bot is started later. */
  readonly bot?: boolean;
}

/** As long as the bot waits for the next picture of a burst, and a little. */
const BURST_MS = 2_100;

/**
 * A sandbox and the real bot, built, as two processes on free ports with an empty data folder: what `npm start` runs. Conversations
 * are held with `person(…)`; `close` ends both and removes the folder.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'world-'));
  const [sandboxPort, botPort] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const botUrl = `http://127.0.0.1:${botPort}`;
  const env = { DATA_DIR: dataDir, PORT: String(botPort), SANDBOX_PARENT_PID: String(process.pid) };
  const sandbox = new PartProcess({
    name: 'The sandbox',
    entry: 'dist/src/sandbox/main.js',
    env: { ...env, SANDBOX_PORT: String(sandboxPort) },
    logFile: join(dataDir, 'sandbox.log'),
    readyUrl: `${sandboxUrl}/sandbox/api/clock`,
  });
  const bot = new PartProcess({
    name: 'The bot',
    entry: 'dist/src/main.js',
    env: { ...env, DINGTALK_API_BASE: sandboxUrl, DINGTALK_OAPI_BASE: sandboxUrl, ...options.env },
    logFile: join(dataDir, 'bot.log'),
    readyUrl: `${botUrl}/readyz`,
  });
  const world = new World({ dataDir, botUrl, sandboxUrl, sandbox, bot });
  try {
    await sandbox.start();
    if (options.bot !== false) await bot.start();
  } catch (error) {
    await world.close();
    throw error;
  }
  return world;
}

interface Parts {
  readonly dataDir: string;
  readonly botUrl: string;
  readonly sandboxUrl: string;
  readonly sandbox: PartProcess;
  readonly bot: PartProcess;
}

export class World implements Surroundings {
  readonly dataDir: string;
  readonly botUrl: string;
  /** The control API. */
  readonly sandbox: SandboxApi;
  readonly #bot: PartProcess;
  readonly #sandbox: PartProcess;

  constructor(parts: Parts) {
    this.dataDir = parts.dataDir;
    this.botUrl = parts.botUrl;
    this.sandbox = new SandboxApi(parts.sandboxUrl);
    this.#bot = parts.bot;
    this.#sandbox = parts.sandbox;
  }

  /** One of the demo's people: `staff1`, `staff2`, `admin1`, `outsider1`. */
  person(userId: string): Person {
    return new Person(userId, this);
  }

  async newPerson(person: { name: string; mobile: string; userId?: string; joined?: boolean }): Promise<Person> {
    return this.person((await this.sandbox.addUser(person)).userId);
  }

  get botPid(): number | undefined {
    return this.#bot.pid;
  }

  get sandboxPid(): number | undefined {
    return this.#sandbox.pid;
  }

  /** Starts the bot and does not wait. */
  spawnBot(): void {
    this.#bot.spawn();
  }

  /** Starts the bot (again); answers the milliseconds until it was ready. */
  startBot(): Promise<number> {
    return this.#bot.start();
  }

  /** Ends the bot as Ctrl-C does; answers its exit code. */
  stopBot(): Promise<number | null> {
    return this.#bot.stop();
  }

  /** Ends the bot as a power cut does. */
  killBot(): Promise<void> {
    return this.#bot.kill();
  }

  async restartBot(): Promise<void> {
    await this.#bot.kill();
    await this.#bot.start();
  }

  /** A power cut for both processes, and back on. */
  async restartAll(): Promise<void> {
    await Promise.all([this.#bot.kill(), this.#sandbox.kill()]);
    await this.#sandbox.start();
    await this.#bot.start();
  }

  async idle(): Promise<void> {
    if (this.#bot.running) await this.#bot.ready();
    await this.sandbox.idle().catch((error: unknown) => {
      throw new Error(`${String(error)}\nThe bot's last words:\n${this.botLog()}`);
    });
  }

  advance(ms: number): Promise<{ now: number }> {
    return this.sandbox.advance(ms);
  }

  async settle(): Promise<void> {
    await this.idle();
    if (this.#bot.running) await this.advance(BURST_MS);
  }

  stats(userId?: string): Promise<Stats> {
    return this.sandbox.stats(userId);
  }

  /** Turns a fault knob of the sandbox. */
  async fault(fault: Readonly<Record<string, unknown>> & { kind: string }): Promise<void> {
    await this.sandbox.post('/faults', fault);
  }

  async noFaults(): Promise<void> {
    await this.sandbox.delete('/faults');
  }

  botLog(lines?: number): string {
    return this.#bot.lastWords(lines);
  }

  async close(): Promise<void> {
    await this.#bot.stop();
    await this.#sandbox.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
