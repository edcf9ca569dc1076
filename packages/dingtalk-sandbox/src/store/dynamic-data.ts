import type { ParamMap } from './cards.ts';
import type { Database } from './database.ts';

/** A source that a card's client asks for data (dingtalk 3.2): once, whenever it draws the card, or every so often. */
export interface DynamicSource {
  readonly id: string;
  readonly strategy: 'ONCE' | 'RENDER' | 'INTERVAL';
  /** Of an INTERVAL. */
  readonly everyMs?: number | undefined;
  /** Sent back with every question. */
  readonly constParams?: Readonly<Record<string, string>> | undefined;
}

/** The sources of cards, and what each viewer's client has got from them: it stands over the card's own data. */
export class DynamicData {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  keepSources(outTrackId: string, sources: readonly DynamicSource[]): void {
    this.#db.run(
      'INSERT OR REPLACE INTO dynamicSources (outTrackId, sources) VALUES (?, ?)',
      outTrackId,
      JSON.stringify(sources),
    );
  }

  sources(outTrackId: string): readonly DynamicSource[] {
    const row = this.#db.one<{ sources: string }>(
      'SELECT sources FROM dynamicSources WHERE outTrackId = ?',
      outTrackId,
    );
    return row === undefined ? [] : (JSON.parse(row.sources) as DynamicSource[]);
  }

  /** What a viewer has got; undefined when nothing came yet. */
  got(outTrackId: string, userId: string): ParamMap | undefined {
    const row = this.#db.one<{ data: string }>(
      'SELECT data FROM dynamicData WHERE outTrackId = ? AND userId = ?',
      outTrackId,
      userId,
    );
    return row && (JSON.parse(row.data) as ParamMap);
  }

  keep(outTrackId: string, userId: string, data: ParamMap): void {
    this.#db.run(
      'INSERT OR REPLACE INTO dynamicData (outTrackId, userId, data) VALUES (?, ?, ?)',
      outTrackId,
      userId,
      JSON.stringify({ ...this.got(outTrackId, userId), ...data }),
    );
  }
}
