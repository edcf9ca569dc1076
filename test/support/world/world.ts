import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endParts, type Parts, type PartsOptions, startParts } from './parts.ts';
import { Person, type PersonWorld } from './person.ts';
import { type ReviewDecision, SandboxApi, type Stats } from './sandbox-api.ts';

export type WorldOptions = PartsOptions;

/** As long as the bot waits for the next picture of a burst, and a little. */
const BURST_MS = 2_100;

/** A started world; `close` it. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  await world.start();
  return world;
}

/**
 * A sandbox and the real bot, built, as two processes on free ports with an empty data folder: what `npm start` runs. Conversations
 * are held with `person(…)`; `close` ends both and removes the folder.
 */
export class World implements PersonWorld {
  readonly #options: WorldOptions;
  /** What had been done when everything was last at rest. */
  #actsAtRest = -1;
  #started: (Parts & { readonly api: SandboxApi }) | undefined;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
  }

  /** Begins on these parts, or starts some; resolves when both are ready. */
  async start(parts?: Parts): Promise<void> {
    const these = parts ?? (await startParts(this.#options));
    this.#started = { ...these, api: new SandboxApi(these.sandboxUrl) };
  }

  /** The control API. */
  get sandbox(): SandboxApi {
    return this.parts.api;
  }

  /** The store that the bot was told to use; undefined where it has its own. */
  get storeUri(): string | undefined {
    return this.#options.env?.MONGODB_URI;
  }

  get botUrl(): string {
    return this.parts.botUrl;
  }

  /** Where both keep what they have. */
  get dataDir(): string {
    return this.parts.dataDir;
  }

  /** What it runs on. */
  get parts(): Parts & { readonly api: SandboxApi } {
    if (!this.#started) throw new Error('This world has not been started');
    return this.#started;
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
    return this.parts.bot.pid;
  }

  get sandboxPid(): number | undefined {
    return this.parts.sandbox.pid;
  }

  /** Starts the bot and does not wait. */
  spawnBot(): void {
    this.parts.bot.spawn();
  }

  /** Starts the bot (again); answers the milliseconds until it was ready. */
  startBot(): Promise<number> {
    return this.parts.bot.start();
  }

  /** Ends the bot as Ctrl-C does; answers its exit code. */
  stopBot(): Promise<number | null> {
    return this.parts.bot.stop();
  }

  /** Ends the bot as a power cut does. */
  killBot(): Promise<void> {
    return this.parts.bot.kill();
  }

  async restartBot(): Promise<void> {
    await this.parts.bot.kill();
    await this.parts.bot.start();
  }

  /** A power cut for both processes, and back on. */
  async restartAll(): Promise<void> {
    await Promise.all([this.parts.bot.kill(), this.parts.sandbox.kill()]);
    await this.parts.sandbox.start();
    await this.parts.bot.start();
  }

  /** Nothing was done by the sandbox since everything was at rest. */
  get rested(): boolean {
    return this.parts.bot.running && this.sandbox.acts === this.#actsAtRest;
  }

  /** Resolves when nothing is in flight, a burst's real time included. */
  async idle(): Promise<void> {
    await this.#toRest(() => this.sandbox.idle());
  }

  async #toRest(come: () => Promise<unknown>): Promise<void> {
    if (this.parts.bot.running) await this.parts.bot.ready();
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
    await this.#toRest(() => (this.parts.bot.running ? this.advance(BURST_MS) : this.sandbox.idle()));
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
    return this.parts.bot.lastWords(lines);
  }

  async close(): Promise<void> {
    if (this.#started) await endParts(this.#started);
  }
}
