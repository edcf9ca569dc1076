import { randomBytes } from 'node:crypto';
import type { Clock } from '@field/kit/clock';
import type { Database } from './database.ts';

/** How long a download address works. Not documented (dingtalk 8.7); ours is ten minutes by machine time. */
const LINK_LIFE_MS = 600_000;

export interface StoredFile {
  readonly downloadCode: string;
  readonly clientId: string;
  readonly sender: string;
  readonly fileName: string;
  readonly image: boolean;
  readonly bytes: Buffer;
}

export interface StoredMedia {
  readonly mediaId: string;
  readonly clientId: string;
  readonly type: string;
  readonly fileName: string;
  readonly firstShownTo: string | null;
  readonly bytes: Buffer;
}

/** Files that people sent, the temporary addresses they can be fetched from, and media that apps uploaded. */
export class Files {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  add(file: Omit<StoredFile, 'downloadCode'>): string {
    const downloadCode = randomBytes(24).toString('base64url');
    this.#db.run(
      'INSERT INTO files (downloadCode, clientId, sender, fileName, image, bytes) VALUES (?, ?, ?, ?, ?, ?)',
      downloadCode,
      file.clientId,
      file.sender,
      file.fileName,
      file.image ? 1 : 0,
      file.bytes,
    );
    return downloadCode;
  }

  find(downloadCode: string): StoredFile | undefined {
    const row = this.#db.one<Omit<StoredFile, 'image'> & { image: number }>(
      'SELECT * FROM files WHERE downloadCode = ?',
      downloadCode,
    );
    return row && { ...row, image: row.image === 1 };
  }

  senderOf(downloadCode: string): string | undefined {
    return this.#db.one<{ sender: string }>('SELECT sender FROM files WHERE downloadCode = ?', downloadCode)?.sender;
  }

  /** A new temporary address' token; `expired` makes one that is already over. */
  link(downloadCode: string, expired: boolean): { token: string; until: number } {
    const token = randomBytes(24).toString('base64url');
    const until = this.#clock.machine() + (expired ? -1 : LINK_LIFE_MS);
    this.#db.run('INSERT INTO links (token, downloadCode, until) VALUES (?, ?, ?)', token, downloadCode, until);
    return { token, until };
  }

  /** The file behind an address; undefined when it never was one or is over. */
  byLink(token: string): StoredFile | undefined {
    const link = this.#db.one<{ downloadCode: string; until: number }>('SELECT * FROM links WHERE token = ?', token);
    return link && link.until > this.#clock.machine() ? this.find(link.downloadCode) : undefined;
  }

  addMedia(media: Omit<StoredMedia, 'mediaId' | 'firstShownTo'>): string {
    const mediaId = `@lAL${randomBytes(18).toString('base64url')}`;
    this.#db.run(
      'INSERT INTO media (mediaId, clientId, type, fileName, bytes) VALUES (?, ?, ?, ?, ?)',
      mediaId,
      media.clientId,
      media.type,
      media.fileName,
      media.bytes,
    );
    return mediaId;
  }

  /** The place of the newest upload: whatever comes later stands behind it. */
  newestMedia(): number {
    return this.#db.one<{ place: number | null }>('SELECT MAX(rowid) AS place FROM media')?.place ?? 0;
  }

  /** Forgets what apps uploaded as far as a place, except what is named. */
  forgetMedia(asFarAs: number, except: readonly string[]): void {
    this.#db.run(
      'DELETE FROM media WHERE rowid <= ? AND mediaId NOT IN (SELECT value FROM json_each(?))',
      asFarAs,
      JSON.stringify(except),
    );
  }

  media(mediaId: string): StoredMedia | undefined {
    return this.#db.one<StoredMedia>('SELECT * FROM media WHERE mediaId = ?', mediaId);
  }

  /** Says on whose card these media stand; answers how many were new there, that is, whose upload is counted for them. */
  shownTo(userId: string, text: string): number {
    let first = 0;
    for (const mediaId of new Set(text.match(/@lAL[\w-]{24}/g) ?? [])) {
      first += this.#db.run(
        'UPDATE media SET firstShownTo = ? WHERE mediaId = ? AND firstShownTo IS NULL',
        userId,
        mediaId,
      );
    }
    return first;
  }
}
