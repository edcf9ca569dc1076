export interface Warning {
  readonly warning: string;
  /** What it was about; the same thing again is counted only. */
  readonly about: Readonly<Record<string, string | number>>;
  readonly times: number;
}

const MOST = 1_000;

/** What the sandbox takes although the documentation says otherwise, or although a client would show nothing: each said once. */
export class Warnings {
  readonly #say: (about: Warning['about'], warning: string) => void;
  readonly #known = new Map<string, Warning>();

  constructor(say: (about: Warning['about'], warning: string) => void) {
    this.#say = say;
  }

  note(warning: string, about: Warning['about']): void {
    const key = JSON.stringify([warning, about]);
    const known = this.#known.get(key);
    if (known === undefined && this.#known.size >= MOST) return;
    if (known === undefined) this.#say(about, warning);
    this.#known.set(key, { warning, about, times: (known?.times ?? 0) + 1 });
  }

  list(): readonly Warning[] {
    return [...this.#known.values()];
  }

  clear(): void {
    this.#known.clear();
  }
}
