import type { Database } from './database.ts';

export type PushCount = 'messages' | 'taps' | 'events' | 'dynamicData' | 'redelivered';

export interface Stats {
  readonly pushes: Record<PushCount, number>;
  readonly apiCalls: { billed: number; free: number; byPath: Record<string, number> };
  readonly throttled: number;
}

const EVERYBODY = '';

/** What has been pushed and called, in all and for each person (architecture 9). */
export class Counters {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  push(kind: PushCount, userId: string): void {
    this.#add(EVERYBODY, `push ${kind}`);
    this.#add(userId, `push ${kind}`);
  }

  /** Counts a call in all. Who it was for may be known only later: `callFor`. */
  call(path: string, billed: boolean): void {
    this.#add(EVERYBODY, billed ? 'billed' : 'free');
    this.#add(EVERYBODY, `path ${path}`);
  }

  callFor(userId: string, path: string, billed: boolean): void {
    this.#add(userId, billed ? 'billed' : 'free');
    this.#add(userId, `path ${path}`);
  }

  throttled(): void {
    this.#add(EVERYBODY, 'throttled');
  }

  stats(userId: string = EVERYBODY): Stats {
    const counts = new Map(
      this.#db
        .all<{ name: string; count: number }>('SELECT name, count FROM counters WHERE userId = ? ORDER BY name', userId)
        .map(({ name, count }) => [name, count]),
    );
    const of = (name: string): number => counts.get(name) ?? 0;
    const paths = [...counts].filter(([name]) => name.startsWith('path '));
    return {
      pushes: {
        messages: of('push messages'),
        taps: of('push taps'),
        events: of('push events'),
        dynamicData: of('push dynamicData'),
        redelivered: of('push redelivered'),
      },
      apiCalls: {
        billed: of('billed'),
        free: of('free'),
        byPath: Object.fromEntries(paths.map(([name, count]) => [name.slice('path '.length), count])),
      },
      throttled: of('throttled'),
    };
  }

  /** Counts from nothing again. */
  clear(): void {
    this.#db.run('DELETE FROM counters');
  }

  #add(userId: string, name: string): void {
    this.#db.run(
      `INSERT INTO counters (userId, name, count) VALUES (?, ?, 1)
       ON CONFLICT (userId, name) DO UPDATE SET count = count + 1`,
      userId,
      name,
    );
  }
}
