import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

export type PushKind = 'message' | 'event';

/** A robot message or event on its way to an app. Taps are not kept: they are answered within two seconds or not at all. */
export interface StoredPush {
  /** `msgId` of a message, `eventId` of an event: stays the same however often it is pushed. */
  readonly id: string;
  readonly clientId: string;
  readonly kind: PushKind;
  readonly userId: string;
  /** The headers that belong to the thing itself: topic, and an event's own. */
  readonly headers: Readonly<Record<string, string>>;
  /** The frame's `data`, a JSON text. */
  readonly data: string;
  readonly state: 'waiting' | 'done';
  /** How often it has really been put on a connection. */
  readonly sent: number;
  /** When it is pushed (again), by the demo's clock. */
  readonly dueAt: number;
}

type PushRow = Omit<StoredPush, 'headers'> & { headers: string };

/** Pushes are recorded before they are sent, so that one that was not acknowledged survives the sandbox. */
export class Pushes {
  readonly #db: Database;
  readonly #settings: Settings;

  constructor(db: Database, settings: Settings) {
    this.#db = db;
    this.#settings = settings;
  }

  add(push: Omit<StoredPush, 'state' | 'sent'>): void {
    this.#db.run(
      `INSERT INTO pushes (id, ordinal, clientId, kind, userId, headers, data, state, sent, dueAt)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?)`,
      push.id,
      this.#settings.next('pushes'),
      push.clientId,
      push.kind,
      push.userId,
      JSON.stringify(push.headers),
      push.data,
      push.dueAt,
    );
  }

  find(id: string): StoredPush | undefined {
    const row = this.#db.one<PushRow>('SELECT * FROM pushes WHERE id = ?', id);
    return row && asPush(row);
  }

  /** Everything without an acknowledgement, oldest first. */
  waiting(): StoredPush[] {
    return this.#db.all<PushRow>(`SELECT * FROM pushes WHERE state = 'waiting' ORDER BY ordinal`).map(asPush);
  }

  sentAgain(id: string, dueAt: number): void {
    this.#db.run('UPDATE pushes SET sent = sent + 1, dueAt = ? WHERE id = ?', dueAt, id);
  }

  postpone(id: string, dueAt: number): void {
    this.#db.run('UPDATE pushes SET dueAt = ? WHERE id = ?', dueAt, id);
  }

  done(id: string): void {
    this.#db.run(`UPDATE pushes SET state = 'done' WHERE id = ?`, id);
  }
}

function asPush(row: PushRow): StoredPush {
  return { ...row, headers: JSON.parse(row.headers) as Record<string, string> };
}
