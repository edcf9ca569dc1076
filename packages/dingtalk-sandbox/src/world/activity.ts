/** What is under way in the sandbox. `count` changes with everything that begins or ends, so that two equal looks mean rest. */
export class Activity {
  #count = 0;
  readonly #running = new Map<number, string>();

  get count(): number {
    return this.#count;
  }

  /** What has begun and not ended, in words. */
  running(): string[] {
    return [...this.#running.values()];
  }

  /** Something begins; the answer ends it (once). */
  begin(what: string): () => void {
    const id = ++this.#count;
    this.#running.set(id, what);
    return () => {
      if (this.#running.delete(id)) this.#count++;
    };
  }

  async during<Result>(what: string, body: () => Promise<Result>): Promise<Result> {
    const end = this.begin(what);
    try {
      return await body();
    } finally {
      end();
    }
  }
}
