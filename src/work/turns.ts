/** Work that is done several at once, or by one alone: in the order in which it was asked for. */
export interface Turns {
  /** Does `work` beside other such work. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Does `work` while nothing else is done. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly isAlone: boolean;
  readonly begin: () => void;
}

export function createTurns(): Turns {
  const waiting: Waiting[] = [];
  let underWay = 0;
  let oneAlone = false;

  /** Whoever waits first goes first, so that one that wants to be alone gets its turn. */
  function next(): void {
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      if (oneAlone || (first.isAlone && underWay > 0)) return;
      waiting.shift();
      underWay += 1;
      oneAlone = first.isAlone;
      first.begin();
    }
  }

  async function take<T>(isAlone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      waiting.push({ isAlone, begin });
      next();
    });
    try {
      return await work();
    } finally {
      underWay -= 1;
      oneAlone = false;
      next();
    }
  }

  return { together: (work) => take(false, work), alone: (work) => take(true, work) };
}
