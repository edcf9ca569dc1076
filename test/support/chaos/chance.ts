import { seeded } from '../picture-canvas.ts';

/** Everything random of a session follows from its seed. */
export class Chance {
  readonly #seed: number;
  readonly #next: () => number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#next = seeded(seed);
  }

  /** A source of its own that nobody else draws from: what one worker does shifts nothing for another. */
  fork(name: string): Chance {
    return new Chance([...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2_147_483_647, this.#seed));
  }

  /** From `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.#next() < probability;
  }

  /** Undefined of nothing. */
  oneOf<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.#next() * choices.length)];
  }

  /** By weight. Throws without a choice. */
  weighed<T extends { readonly weight: number }>(choices: readonly T[]): T {
    let left = this.#next() * choices.reduce((sum, { weight }) => sum + weight, 0);
    for (const choice of choices) {
      left -= choice.weight;
      if (left < 0) return choice;
    }
    throw new Error('There is nothing to choose from');
  }
}
