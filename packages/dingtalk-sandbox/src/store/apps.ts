import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '@field/kit/clock';
import type { Database } from './database.ts';

export const TOKEN_LIFE_S = 7200;
/** What every app here is called beside its client id. */
export const AGENT_ID = '3000000001';
/** However often it is asked for, a ticket for pages lives no longer (dingtalk 3.5). */
const LONGEST_TICKET_S = 24 * 3600;

/** The apps that may connect, each with its one access token (dingtalk 3.1), by machine time. */
export class Apps {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  add(clientId: string, clientSecret: string): void {
    this.#db.run('INSERT OR REPLACE INTO apps (clientId, clientSecret) VALUES (?, ?)', clientId, clientSecret);
  }

  accepts(clientId: string, clientSecret: string): boolean {
    const app = this.#db.one<{ clientSecret: string }>('SELECT clientSecret FROM apps WHERE clientId = ?', clientId);
    return app !== undefined && app.clientSecret === clientSecret;
  }

  exists(clientId: string): boolean {
    return this.#db.one('SELECT 1 FROM apps WHERE clientId = ?', clientId) !== undefined;
  }

  /** The app's token. Asked for again within its life it is the same one, and its life starts anew. */
  token(clientId: string): string {
    const now = this.#clock.machine();
    const app = this.#db.one<{ token: string | null; tokenUntil: number | null }>(
      'SELECT token, tokenUntil FROM apps WHERE clientId = ?',
      clientId,
    );
    const token = app?.token && (app.tokenUntil ?? 0) > now ? app.token : randomBytes(16).toString('hex');
    this.#db.run(
      'UPDATE apps SET token = ?, tokenUntil = ? WHERE clientId = ?',
      token,
      now + TOKEN_LIFE_S * 1000,
      clientId,
    );
    return token;
  }

  /** By which the app signs its pages: the same one for a day, each time for two hours. */
  pageTicket(clientId: string): { readonly ticket: string; readonly lifeS: number } {
    const nowS = Math.floor(this.#clock.machine() / 1000);
    const day = Math.floor(nowS / LONGEST_TICKET_S);
    const { clientSecret } = this.#db.one<{ clientSecret: string }>(
      'SELECT clientSecret FROM apps WHERE clientId = ?',
      clientId,
    ) ?? { clientSecret: '' };
    const ticket = createHmac('sha256', clientSecret).update(`page ticket ${day}`).digest('base64url');
    return { ticket, lifeS: Math.min(TOKEN_LIFE_S, (day + 1) * LONGEST_TICKET_S - nowS) };
  }

  /** The app a token belongs to, as long as it lives. */
  byToken(token: string): string | undefined {
    return this.#db.one<{ clientId: string }>(
      'SELECT clientId FROM apps WHERE token = ? AND tokenUntil > ?',
      token,
      this.#clock.machine(),
    )?.clientId;
  }

  /** Ends the life of every token at once. */
  expireTokens(): void {
    this.#db.run('UPDATE apps SET token = NULL');
  }
}
