/** Counts work that is under way in this process, so that `idle` can be answered truthfully (design 9). */
export interface InFlight {
  /** Counts one piece of work until the function it answers is called. */
  begin(what: string): () => void;
  /** What is under way, and how often work began since the process started. */
  left(): readonly string[];
  begun(): number;
}

export function createInFlight(): InFlight {
  const counts = new Map<string, number>();
  let begun = 0;
  return {
    begin(what) {
      begun += 1;
      counts.set(what, (counts.get(what) ?? 0) + 1);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        counts.set(what, (counts.get(what) ?? 1) - 1);
      };
    },
    left: () => [...counts].filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`),
    begun: () => begun,
  };
}
