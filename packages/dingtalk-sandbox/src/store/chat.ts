import type { Entry } from '../protocol/page-protocol.ts';
import type { Database } from './database.ts';
import type { Settings } from './settings.ts';

export type EntryFile = NonNullable<Entry['files']>[number];

/** An entry as stored; what a card shows is rendered when someone looks. */
export interface StoredEntry {
  readonly conversationId: string;
  readonly pos: number;
  readonly seq: number;
  readonly kind: Entry['kind'];
  readonly at: number;
  readonly from: string;
  readonly text?: string | undefined;
  readonly files?: readonly EntryFile[] | undefined;
  readonly outTrackId?: string | undefined;
  /** Set when only some members of a group see it. */
  readonly visibleTo?: readonly string[] | undefined;
  /** A card at the top of the chat rather than in it, until then. */
  readonly topUntil?: number | undefined;
}

interface EntryRow {
  conversationId: string;
  pos: number;
  seq: number;
  kind: Entry['kind'];
  at: number;
  sender: string;
  text: string | null;
  files: string | null;
  outTrackId: string | null;
  visibleTo: string | null;
  topUntil: number | null;
}

const ENTRIES = 'SELECT entries.*, until AS topUntil FROM entries LEFT JOIN tops USING (conversationId, pos)';

/** What stands in each conversation. `pos` is the place and never changes; `seq` grows with every change, over all of them. */
export class Chat {
  readonly #db: Database;
  readonly #settings: Settings;
  readonly #changed: (conversationId: string) => void;

  constructor(db: Database, settings: Settings, changed: (conversationId: string) => void) {
    this.#db = db;
    this.#settings = settings;
    this.#changed = changed;
  }

  add(entry: Omit<StoredEntry, 'pos' | 'seq'>): void {
    this.#db.transaction(() => {
      const last = this.#db.one<{ pos: number | null }>(
        'SELECT MAX(pos) AS pos FROM entries WHERE conversationId = ?',
        entry.conversationId,
      );
      const pos = (last?.pos ?? 0) + 1;
      if (entry.topUntil !== undefined) {
        this.#db.run(
          'INSERT INTO tops (conversationId, pos, until) VALUES (?, ?, ?)',
          entry.conversationId,
          pos,
          entry.topUntil,
        );
      }
      this.#db.run(
        `INSERT INTO entries (conversationId, pos, seq, kind, at, sender, text, files, outTrackId, visibleTo)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        entry.conversationId,
        pos,
        this.#settings.next('entries'),
        entry.kind,
        entry.at,
        entry.from,
        entry.text ?? null,
        entry.files ? JSON.stringify(entry.files) : null,
        entry.outTrackId ?? null,
        entry.visibleTo ? JSON.stringify(entry.visibleTo) : null,
      );
    });
    this.#changed(entry.conversationId);
  }

  /** Lists every place where this card stands again, under new numbers. */
  cardChanged(outTrackId: string): void {
    this.#touch('outTrackId = ?', outTrackId);
  }

  /** Ends at `at` what this card is at the top of a chat for. */
  closeTop(conversationId: string, outTrackId: string, at: number): void {
    this.#db.run(
      `UPDATE tops SET until = MIN(until, ?) WHERE conversationId = ?
       AND pos IN (SELECT pos FROM entries WHERE conversationId = tops.conversationId AND outTrackId = ?)`,
      at,
      conversationId,
      outTrackId,
    );
    this.#touch('outTrackId = ?', outTrackId);
  }

  /** A message of the robot that it took back. DingTalk leaves no trace of it, here its place stays. */
  recall(conversationId: string, pos: number): void {
    this.#db.run(
      `UPDATE entries SET kind = 'text', text = '[recalled]', files = NULL, seq = ? WHERE conversationId = ? AND pos = ?`,
      this.#settings.next('entries'),
      conversationId,
      pos,
    );
    this.#changed(conversationId);
  }

  /** Says something else in the invitations of one person. */
  rewordInvitations(userId: string, text: string): void {
    this.#db.run(`UPDATE entries SET text = ? WHERE conversationId = ? AND kind = 'invitation'`, text, userId);
    this.#touch(`kind = 'invitation' AND conversationId = ?`, userId);
  }

  after(conversationId: string, seq: number): StoredEntry[] {
    return this.#db
      .all<EntryRow>(`${ENTRIES} WHERE conversationId = ? AND seq > ? ORDER BY seq`, conversationId, seq)
      .map(asEntry);
  }

  /** What stands last in a conversation; a card at its top does not. */
  last(conversationId: string): StoredEntry | undefined {
    const row = this.#db.one<EntryRow>(
      `${ENTRIES} WHERE conversationId = ? AND until IS NULL ORDER BY pos DESC LIMIT 1`,
      conversationId,
    );
    return row && asEntry(row);
  }

  /** The conversations where a card stands. */
  conversationsOf(outTrackId: string): string[] {
    return this.#db
      .all<{ conversationId: string }>('SELECT conversationId FROM entries WHERE outTrackId = ?', outTrackId)
      .map((row) => row.conversationId);
  }

  #touch(where: string, value: string): void {
    const places = this.#db.all<{ conversationId: string; pos: number }>(
      `SELECT conversationId, pos FROM entries WHERE ${where}`,
      value,
    );
    for (const place of places) {
      this.#db.run(
        'UPDATE entries SET seq = ? WHERE conversationId = ? AND pos = ?',
        this.#settings.next('entries'),
        place.conversationId,
        place.pos,
      );
      this.#changed(place.conversationId);
    }
  }
}

function asEntry(row: EntryRow): StoredEntry {
  return {
    conversationId: row.conversationId,
    pos: row.pos,
    seq: row.seq,
    kind: row.kind,
    at: row.at,
    from: row.sender,
    text: row.text ?? undefined,
    files: row.files === null ? undefined : (JSON.parse(row.files) as EntryFile[]),
    outTrackId: row.outTrackId ?? undefined,
    visibleTo: row.visibleTo === null ? undefined : (JSON.parse(row.visibleTo) as string[]),
    topUntil: row.topUntil ?? undefined,
  };
}
