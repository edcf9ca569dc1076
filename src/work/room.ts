/** Something of which there is only so much, memory say: work waits until there is enough left for it. */
export interface Room {
  /** Does `work` when `size` is free, in the order asked for. What is larger than all there is has it alone. */
  holding<T>(size: number, work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly size: number;
  readonly begin: () => void;
}

export function createRoom(total: number): Room {
  const waiting: Waiting[] = [];
  let held = 0;

  function next(): void {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      if (held > 0 && held + first.size > total) return;
      waiting.shift();
      held += first.size;
      first.begin();
    }
  }

  return {
    async holding(size, work) {
      await new Promise<void>((begin) => {
        waiting.push({ size, begin });
        next();
      });
      try {
        return await work();
      } finally {
        held -= size;
        next();
      }
    },
  };
}
