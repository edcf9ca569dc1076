import type { Database } from './database.ts';

export interface CardCallback {
  readonly callbackUrl: string;
  readonly apiSecret: string;
}

/** The addresses that apps registered for cards of `callbackType` HTTP. They are kept, not called: bots here are in Stream mode. */
export class CardCallbacks {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  find(clientId: string, routeKey: string): CardCallback | undefined {
    return this.#db.one<CardCallback>(
      'SELECT callbackUrl, apiSecret FROM cardCallbacks WHERE clientId = ? AND routeKey = ?',
      clientId,
      routeKey,
    );
  }

  save(clientId: string, routeKey: string, { callbackUrl, apiSecret }: CardCallback): void {
    this.#db.run(
      'INSERT OR REPLACE INTO cardCallbacks (clientId, routeKey, callbackUrl, apiSecret) VALUES (?, ?, ?, ?)',
      clientId,
      routeKey,
      callbackUrl,
      apiSecret,
    );
  }
}
