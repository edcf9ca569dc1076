import { setTimeout as after } from 'node:timers/promises';
import { carriedBy } from '../world/person.ts';
import { lookedAt } from './card-reading.ts';
import type { Topology } from './topology.ts';
import type { Worker } from './worker.ts';

const LOOK_EVERY_MS = 50;
const GIVE_UP_MS = 120_000;

/** What is known of somebody at work. */
type Recovering = Pick<Worker, 'userId' | 'lastSuccess' | 'onSuccess' | 'looks' | 'seesSignal' | 'triedSince'>;

/** What must not be exceeded on a machine of its own, milliseconds. */
export const RECOVERY_GOALS = { firstTap: 5_000, everybody: 10_000, underFaults: 60_000, afterFaults: 15_000 } as const;

/** How long it takes until people can work again, milliseconds. */
export class Recovery {
  /** A bot killed in calm: until a tap works, until all six work. */
  readonly firstTap: number[] = [];
  readonly everybody: number[] = [];
  /** A bot killed under all faults: until everybody had success. */
  readonly underFaults: number[] = [];
  /** All faults off: until everybody had success. */
  readonly afterFaults: number[] = [];
  /** Where something took too long: what came of the taps, or what whoever came last did meanwhile, a line each. */
  readonly tooLong: string[] = [];
  readonly #workers: readonly Recovering[];
  /** Bots killed, each with whoever has had no success since. */
  #kills: readonly { readonly at: number; readonly without: Set<Recovering> }[] = [];

  constructor(workers: readonly Recovering[]) {
    this.#workers = workers;
    for (const worker of workers) worker.onSuccess = (at) => this.#succeeded(worker, at);
  }

  /** In the middle of faults, `at` by `performance.now()`; how long it took is noted as soon as everybody has had success. */
  botKilled(at: number): void {
    this.#kills = [...this.#kills, { at, without: new Set(this.#workers) }];
  }

  /** Waits until everybody has had success since now; what was lost before is sent again at once, and counts from now. */
  async allOff(): Promise<void> {
    const begun = performance.now();
    for (const worker of this.#workers) worker.seesSignal();
    let last: Recovering | undefined;
    for (;;) {
      const without = this.#workers.find(({ lastSuccess }) => lastSuccess < begun);
      if (without === undefined || performance.now() - begun >= GIVE_UP_MS) break;
      last = without;
      await after(LOOK_EVERY_MS);
    }
    const taken = performance.now() - begun;
    this.afterFaults.push(taken);
    if (taken > RECOVERY_GOALS.afterFaults) this.#tellOf(last, begun);
  }

  /** Kills the bot, nobody else being at work, and taps for everybody until each tap is answered. */
  async killedInCalm({ bots, sandbox }: Topology): Promise<void> {
    const buttons = await Promise.all(this.#workers.map(harmless));
    const begun = performance.now();
    await bots[0]?.ends('SIGKILL', 0);
    const tries: string[] = [`killed, and gone after ${elapsed(begun)}`];
    const times = buttons.map(async (tap) => {
      while (tap !== undefined && performance.now() - begun < GIVE_UP_MS) {
        const tried = elapsed(begun);
        const said = await sandbox.tap(tap.outTrackId, tap).then(outcomeOf, (error: unknown) => `${error}`);
        tries.push(`${tap.userId} tapped after ${tried}, after ${elapsed(begun)} ${said}`);
        if (said === APPLIED) break;
        await after(LOOK_EVERY_MS);
      }
      return performance.now() - begun;
    });
    const taken = await Promise.all(times);
    this.firstTap.push(Math.min(...taken));
    this.everybody.push(Math.max(...taken));
    const { firstTap, everybody } = RECOVERY_GOALS;
    if (Math.min(...taken) > firstTap || Math.max(...taken) > everybody) this.#tell(begun, tries);
  }

  #tellOf(worker: Recovering | undefined, since: number): void {
    this.#tell(since, worker?.triedSince(since) ?? []);
  }

  #tell(since: number, lines: readonly string[]): void {
    const begun = new Date(performance.timeOrigin + since).toISOString();
    this.tooLong.push(`since ${begun}:`, ...lines.map((line) => `  ${line}`));
  }

  #succeeded(worker: Recovering, at: number): void {
    for (const { at: killedAt, without } of this.#kills) {
      if (!without.delete(worker) || without.size > 0) continue;
      this.underFaults.push(at - killedAt);
      if (at - killedAt > RECOVERY_GOALS.underFaults) this.#tellOf(worker, killedAt);
    }
    this.#kills = this.#kills.filter(({ without }) => without.size > 0);
  }
}

const APPLIED = 'applied';

function outcomeOf(answer: { readonly applied: boolean }): string {
  return answer.applied ? APPLIED : JSON.stringify(answer);
}

function elapsed(begun: number): string {
  return `${Math.round(performance.now() - begun)} ms`;
}

/** A tap that only shows something: Help, where it stands, else Menu. */
async function harmless(worker: Recovering) {
  for (const entry of [...(await worker.looks())].reverse()) {
    const card = lookedAt(entry);
    const button = card?.view.buttons.find((one) => !one.disabled && carriedBy(one).action === 'menu.open');
    const help = card?.view.buttons.find((one) => !one.disabled && carriedBy(one).action === 'help.open');
    const { outTrackId } = card ?? {};
    const found = help ?? button;
    if (outTrackId !== undefined && found !== undefined)
      return { outTrackId, userId: worker.userId, actionId: found.actionId, params: found.params };
  }
  return undefined;
}
