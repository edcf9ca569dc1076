import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Person, type PersonWorld } from './person.ts';
import { PartProcess } from './process.ts';
import { type ReviewDecision, SandboxApi, type Stats } from './sandbox-api.ts';

export interface WorldOptions {
  /** More of the bot's environment: `MONGODB_URI`, `PUBLIC_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** `false`: only the sandbox; the bot is started later. */
  readonly bot?: boolean;
}

/** As long as the bot waits for the next picture of a burst, and a little. */
const BURST_MS = 2_100;

/** A started world; `close` it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  await world.start();
  return world;
}

interface Parts {
  readonly botUrl: string;
  readonly api: SandboxApi;
  readonly sandbox: PartProcess;
  readonly bot: PartProcess;
}

/**
 * A sandbox and the real bot, built, as two processes on free ports with an empty data folder: what `npm start` runs. Conversations
 * are held with `person(…)`; `close` ends both and removes the folder.
 */
export class World implements PersonWorld {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'world-'));
  readonly #options: WorldOptions;
  /** What had been done when everything was last at rest. */
  #actsAtRest = -1;
  #parts: Parts | undefined;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
  }

  /** Resolves when both are ready; what did start is ended again when one is not. */
  async start(): Promise<void> {
    const parts = await this.#makeParts();
    this.#parts = parts;
    try {
      await parts.sandbox.start();
      if (this.#options.bot !== false) await parts.bot.start();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #makeParts(): Promise<Parts> {
    const { dataDir } = this;
    const [sandboxPort, botPort] = [await freePort(), await freePort()];
    const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
    const botUrl = `http://127.0.0.1:${botPort}`;
    const env = { DATA_DIR: dataDir, PORT: String(botPort) };
    const sandbox = new PartProcess({
      name: 'The sandbox',
      entry: 'packages/demo/dist/sandbox.js',
      env: { ...env, SANDBOX_PORT: String(sandboxPort) },
      logFile: join(dataDir, 'sandbox.log'),
      readyUrl: `${sandboxUrl}/sandbox/api/clock`,
    });
    const bot = new PartProcess({
      name: 'The bot',
      entry: 'dist/src/main.js',
      env: { ...env, DINGTALK_API_BASE: sandboxUrl, DINGTALK_OAPI_BASE: sandboxUrl, ...this.#options.env },
      logFile: join(dataDir, 'bot.log'),
      readyUrl: `${botUrl}/readyz`,
    });
    return { botUrl, api: new SandboxApi(sandboxUrl), sandbox, bot };
  }

  /** The control API. */
  get sandbox(): SandboxApi {
    return this.#started.api;
  }

  /** The store that the bot was told to use; undefined where it has its own. */
  get storeUri(): string | undefined {
    return this.#options.env?.MONGODB_URI;
  }

  get botUrl(): string {
    return this.#started.botUrl;
  }

  get #started(): Parts {
    if (!this.#parts) throw new Error('This world has not been started');
    return this.#parts;
  }

  /** One of the demo's people: `staff1`, `staff2`, `admin1`, `outsider1`. */
  person(userId: string): Person {
    return new Person(userId, this);
  }

  async newPerson(person: { name: string; mobile: string; userId?: string; joined?: boolean }): Promise<Person> {
    return this.person((await this.sandbox.addUser(person)).userId);
  }

  /** A group chat with the bot in it; a member has it open with `person.inGroup(…)`. Answers its conversation id. */
  async newGroup(group: { title: string; members: readonly string[]; conversationId?: string }): Promise<string> {
    return (await this.sandbox.addGroup(group)).conversationId;
  }

  get botPid(): number | undefined {
    return this.#started.bot.pid;
  }

  get sandboxPid(): number | undefined {
    return this.#started.sandbox.pid;
  }

  /** Starts the bot and does not wait. */
  spawnBot(): void {
    this.#started.bot.spawn();
  }

  /** Starts the bot (again); answers the milliseconds until it was ready. */
  startBot(): Promise<number> {
    return this.#started.bot.start();
  }

  /** Ends the bot as Ctrl-C does; answers its exit code. */
  stopBot(): Promise<number | null> {
    return this.#started.bot.stop();
  }

  /** Ends the bot as a power cut does. */
  killBot(): Promise<void> {
    return this.#started.bot.kill();
  }

  async restartBot(): Promise<void> {
    await this.#started.bot.kill();
    await this.#started.bot.start();
  }

  /** A power cut for both processes, and back on. */
  async restartAll(): Promise<void> {
    await Promise.all([this.#started.bot.kill(), this.#started.sandbox.kill()]);
    await this.#started.sandbox.start();
    await this.#started.bot.start();
  }

  /** Nothing was done by the sandbox since everything was at rest. */
  get rested(): boolean {
    return this.#started.bot.running && this.sandbox.acts === this.#actsAtRest;
  }

  /** Resolves when nothing is in flight, a burst's real time included. */
  async idle(): Promise<void> {
    await this.#toRest(() => this.sandbox.idle());
  }

  async #toRest(come: () => Promise<unknown>): Promise<void> {
    if (this.#started.bot.running) await this.#started.bot.ready();
    await come().catch((error: unknown) => {
      throw new Error(`${String(error)}\nThe bot's last words:\n${this.botLog()}`);
    });
  }

  advance(ms: number): Promise<{ now: number }> {
    return this.sandbox.advance(ms);
  }

  /** The night passes: what was submitted is reviewed, and the results land. */
  async nextDay(decisions?: readonly ReviewDecision[]): Promise<{ dataDate: string; files: readonly string[] }> {
    const landed = await this.sandbox.nextDay(decisions);
    await this.untilIdle();
    return landed;
  }

  /** Puts a file into the bot's incoming folder as a careful sender does: its name is final only when it is whole. */
  drop(fileName: string, content: string | Uint8Array): void {
    const folder = join(this.dataDir, 'incoming');
    const path = join(folder, fileName);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.part`, content, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  }

  async untilIdle(): Promise<void> {
    await this.#toRest(() => (this.#started.bot.running ? this.advance(BURST_MS) : this.sandbox.idle()));
    this.#actsAtRest = this.sandbox.acts;
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
    return this.#started.bot.lastWords(lines);
  }

  async close(): Promise<void> {
    await this.#parts?.bot.stop();
    await this.#parts?.sandbox.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
