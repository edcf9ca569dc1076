import type { Exchange } from '../protocol/exchange.ts';

type Begun = Pick<Exchange, 'kind' | 'name' | 'userId'> & { readonly sent: unknown };

const MOST = 300;
const LONGEST = 20_000;
const SECRET = /token|secret|ticket|password/i;

/** The last that went to and fro, for developers: kept in memory alone. */
export class Traffic {
  readonly #now: () => number;
  #kept: Exchange[] = [];
  #n = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Something went out; the answer says, once, what came back. */
  begin({ sent, ...known }: Begun): (outcome: string, answer?: unknown) => void {
    this.#n += 1;
    const n = this.#n;
    this.#kept = [...this.#kept.slice(1 - MOST), { ...known, n, at: this.#now(), sent: JSON.stringify(sent) }];
    const start = performance.now();
    return (outcome, answer) => {
      const tookMs = Math.round(performance.now() - start);
      const back = { outcome, tookMs, answer: answer === undefined ? undefined : JSON.stringify(answer) };
      this.#kept = this.#kept.map((one) => (one.n === n ? { ...one, ...back } : one));
    };
  }

  /** Oldest first. */
  list(): readonly Exchange[] {
    return this.#kept.map(({ sent, answer, ...known }) => ({
      ...known,
      sent: shown(sent),
      answer: answer && shown(answer),
    }));
  }

  clear(): void {
    this.#kept = [];
  }
}

/** JSON for a reader, with the JSON texts inside it opened; secrets are left out. To open all of it takes longer than most calls: so only what is read is. */
function shown(json: string): string {
  const text = JSON.stringify(opened(JSON.parse(json)), null, 2);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} more` : text;
}

function opened(value: unknown): unknown {
  if (typeof value === 'string') return openedText(value);
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, SECRET.test(key) && typeof one === 'string' ? '…' : opened(one)]),
  );
}

function openedText(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return opened(JSON.parse(text));
  } catch {
    return text;
  }
}
