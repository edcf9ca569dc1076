import { setTimeout as after } from 'node:timers/promises';
import { carriedBy } from '../world/person.ts';
import { lookedAt } from './card-reading.ts';
import type { Topology } from './topology.ts';
import type { Worker } from './worker.ts';

const LOOK_EVERY_MS = 50;
const GIVE_UP_MS = 120_000;

/** How long it takes until people can work again, milliseconds. */
export class Recovery {
  /** A bot killed in calm: until a tap works, until all six work. */
  readonly firstTap: number[] = [];
  readonly everybody: number[] = [];
  /** A bot killed under all faults: until everybody had success. */
  readonly underFaults: number[] = [];
  /** All faults off: until everybody had success. */
  readonly afterFaults: number[] = [];
  readonly #workers: readonly Worker[];
  #pending: number[] = [];

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
  }

  /** In the middle of faults; how long it took is noted once everybody has had success. */
  botKilled(): void {
    this.#settles();
    this.#pending.push(performance.now());
  }

  /** Waits until everybody has had success since now. */
  async allOff(): Promise<void> {
    this.#settles();
    this.#pending = [];
    const begun = performance.now();
    while (performance.now() - begun < GIVE_UP_MS && this.#last() < begun) await after(LOOK_EVERY_MS);
    this.afterFaults.push(Math.max(this.#last(), performance.now()) - begun);
  }

  /** Kills the bot, nobody else being at work, and taps for everybody until each tap is answered. */
  async killedInCalm({ bots, sandbox }: Topology): Promise<void> {
    const buttons = await Promise.all(this.#workers.map(harmless));
    const begun = performance.now();
    await bots[0]?.ends('SIGKILL', 0);
    const times = buttons.map(async (tap) => {
      while (tap !== undefined && performance.now() - begun < GIVE_UP_MS) {
        const answer = await sandbox.tap(tap.outTrackId, tap).catch(() => undefined);
        if (answer?.applied) return performance.now() - begun;
        await after(LOOK_EVERY_MS);
      }
      return performance.now() - begun;
    });
    const taken = await Promise.all(times);
    this.firstTap.push(Math.min(...taken));
    this.everybody.push(Math.max(...taken));
  }

  #last(): number {
    return Math.min(...this.#workers.map(({ lastSuccess }) => lastSuccess));
  }

  #settles(): void {
    const last = this.#last();
    for (const at of this.#pending) if (last > at) this.underFaults.push(last - at);
    this.#pending = this.#pending.filter((at) => last <= at);
  }
}

/** A tap that only shows something: Help, where it stands, else Menu. */
async function harmless(worker: Worker) {
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
