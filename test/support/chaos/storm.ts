import { setTimeout as after } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { FAULTS, type FaultKind, type FaultParts } from './faults.ts';

/** Between two faults. */
const LEAST_MS = 60;
const MOST_MS = 240;
/** No more is set while so much is still to hit: people get some work done between faults. */
const MOST_PENDING = 18;

/** Faults in an order that the seed alone says; what they hit depends on the moment. */
export class Storm {
  readonly #chance: Chance;
  readonly #faults: readonly FaultKind[];
  #begun = 0;

  /** `only`: the kinds by their names, where not all of them are wanted. */
  constructor(chance: Chance, only = /./) {
    this.#chance = chance;
    this.#faults = FAULTS.filter(({ name }) => only.test(name));
  }

  /** The first faults of it, for whoever wants to see what a seed means. */
  plan(faults: number): string[] {
    return Array.from({ length: faults }, (_, number) => this.#fault(number).fault.name);
  }

  /** So long one fault after the other; resolves when those that last are over too. */
  async rages(parts: Omit<FaultParts, 'chance'>, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    const lasting = new Map<string, Promise<void>>();
    while (performance.now() < deadline) {
      const { fault, chance } = this.#fault(this.#begun);
      this.#begun += 1;
      const { aloneIn } = fault;
      const work = async (): Promise<void> => await tried(fault, { ...parts, chance });
      if (aloneIn === undefined) await work();
      else if (!lasting.has(aloneIn))
        lasting.set(
          aloneIn,
          work().finally(() => lasting.delete(aloneIn)),
        );
      await looked(parts);
      do await after(chance.whole(LEAST_MS, MOST_MS));
      while (parts.hits.pending >= MOST_PENDING && (await looked(parts)) && performance.now() < deadline);
    }
    await Promise.all(lasting.values());
  }

  #fault(number: number): { fault: FaultKind; chance: Chance } {
    const chance = this.#chance.fork(`fault ${number}`);
    return { fault: chance.weighed(this.#faults), chance };
  }
}

/** Counts what has hit; whether the sandbox was there. */
async function looked({ hits }: Pick<FaultParts, 'hits'>): Promise<boolean> {
  return await hits.looks().then(
    () => true,
    () => false,
  );
}

/** The sandbox may be away just now: then there is nothing that a knob could be set on. */
async function tried(fault: FaultKind, parts: FaultParts): Promise<void> {
  await fault.does(parts).catch(() => undefined);
}
