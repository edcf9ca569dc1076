/** Counts work that is under way in this process, so that `idle` can be answered truthfully (architecture 9). */
export interface InFlight {
  /** Counts one piece of work until the function it answers is called. */
  begin(what: string): () => void;
  /** What is under way. */
  left(): readonly string[];
  /** Whether some of that is under way. */
  has(what: string): boolean;
  /** Counts what began and what ended since the process started. */
  changes(): number;
  /** Resolves when something begins or ends after that many `changes()`, or `withinMs` from now. */
  changed(since: number, withinMs: number): Promise<void>;
}

export function createInFlight(): InFlight {
  const counts = new Map<string, number>();
  const watchers = new Set<() => void>();
  let changes = 0;

  function count(what: string, by: 1 | -1): void {
    changes += 1;
    counts.set(what, (counts.get(what) ?? 0) + by);
    for (const tell of watchers) tell();
  }

  return {
    begin(what) {
      count(what, 1);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        count(what, -1);
      };
    },
    left: () => [...counts].filter(([, open]) => open > 0).map(([what, open]) => `${open} ${what}`),
    has: (what) => (counts.get(what) ?? 0) > 0,
    changes: () => changes,
    changed(since, withinMs) {
      if (changes !== since) return Promise.resolve();
      return new Promise((resolve) => {
        const tell = (): void => {
          watchers.delete(tell);
          clearTimeout(limit);
          resolve();
        };
        const limit = setTimeout(tell, withinMs);
        watchers.add(tell);
      });
    },
  };
}
