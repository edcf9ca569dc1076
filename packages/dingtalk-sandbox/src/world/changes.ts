export type Change =
  | { readonly kind: 'conversation'; readonly id: string }
  | { readonly kind: 'people' | 'quickEntries' | 'todos' | 'clock' | 'reset' };

/**
 * Tells watchers (long polls, the page's socket) that something they may see has changed. They are told after the present
 * turn of the event loop, so never in the middle of a transaction, and once for many changes.
 */
export class Changes {
  readonly #watchers = new Set<(changes: readonly Change[]) => void>();
  #gathered = new Map<string, Change>();

  watch(watcher: (changes: readonly Change[]) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  conversation(id: string): void {
    this.#gather(`conversation ${id}`, { kind: 'conversation', id });
  }

  announce(kind: 'people' | 'quickEntries' | 'todos' | 'clock' | 'reset'): void {
    this.#gather(kind, { kind });
  }

  #gather(key: string, change: Change): void {
    if (this.#gathered.size === 0) setImmediate(() => this.#tell());
    this.#gathered.set(key, change);
  }

  #tell(): void {
    const changes = [...this.#gathered.values()];
    this.#gathered = new Map();
    for (const watcher of this.#watchers) watcher(changes);
  }
}
