import { AppError } from '@field/kit/errors';
import type Libsql from 'libsql';

/**
 * What brings a file forward, one step a version: the first makes the tables, also beside those of a file from before there were
 * versions. A change is a step at the end, with what it does to the rows that are there; what was released stays as it is.
 */
const STEPS: readonly string[] = [
  `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS apps (clientId TEXT PRIMARY KEY, clientSecret TEXT NOT NULL, token TEXT, tokenUntil INTEGER);
CREATE TABLE IF NOT EXISTS people (userId TEXT PRIMARY KEY, unionId TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  mobile TEXT NOT NULL, state TEXT NOT NULL, about TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS groups (conversationId TEXT PRIMARY KEY, title TEXT NOT NULL, members TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS templates (id TEXT PRIMARY KEY, source TEXT NOT NULL, published INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entries (conversationId TEXT NOT NULL, pos INTEGER NOT NULL, seq INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL, at INTEGER NOT NULL, sender TEXT NOT NULL, text TEXT, files TEXT, outTrackId TEXT, visibleTo TEXT,
  PRIMARY KEY (conversationId, pos));
CREATE INDEX IF NOT EXISTS entriesBySeq ON entries (conversationId, seq);
CREATE INDEX IF NOT EXISTS entriesByCard ON entries (outTrackId) WHERE outTrackId IS NOT NULL;
CREATE TABLE IF NOT EXISTS cards (outTrackId TEXT PRIMARY KEY, clientId TEXT NOT NULL, templateId TEXT NOT NULL,
  publicData TEXT NOT NULL, privateData TEXT NOT NULL, createdWith TEXT NOT NULL, stream INTEGER NOT NULL,
  userIdType INTEGER NOT NULL, spaces TEXT NOT NULL, deliveries TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (downloadCode TEXT PRIMARY KEY, clientId TEXT NOT NULL, sender TEXT NOT NULL,
  fileName TEXT NOT NULL, image INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS links (token TEXT PRIMARY KEY, downloadCode TEXT NOT NULL, until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS media (mediaId TEXT PRIMARY KEY, clientId TEXT NOT NULL, type TEXT NOT NULL,
  fileName TEXT NOT NULL, firstShownTo TEXT, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pushes (id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL UNIQUE, clientId TEXT NOT NULL, kind TEXT NOT NULL,
  userId TEXT NOT NULL, headers TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL, sent INTEGER NOT NULL, dueAt INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS pushesWaiting ON pushes (ordinal) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS counters (userId TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (userId, name));
`,
  `
CREATE TABLE IF NOT EXISTS streamed (outTrackId TEXT PRIMARY KEY, guid TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dynamicSources (outTrackId TEXT PRIMARY KEY, sources TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dynamicData (outTrackId TEXT NOT NULL, userId TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (outTrackId, userId));
`,
  `
CREATE TABLE IF NOT EXISTS tops (conversationId TEXT NOT NULL, pos INTEGER NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (conversationId, pos));
`,
  `
CREATE TABLE IF NOT EXISTS sent (processQueryKey TEXT PRIMARY KEY, clientId TEXT NOT NULL, at INTEGER NOT NULL, places TEXT NOT NULL,
  recalled INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS cardCallbacks (clientId TEXT NOT NULL, routeKey TEXT NOT NULL, callbackUrl TEXT NOT NULL,
  apiSecret TEXT NOT NULL, PRIMARY KEY (clientId, routeKey));
`,
  `
CREATE TABLE IF NOT EXISTS todos (taskId TEXT PRIMARY KEY, clientId TEXT NOT NULL, sourceId TEXT, about TEXT NOT NULL,
  UNIQUE (clientId, sourceId));
`,
];

/** Runs the steps that a file has not seen, each wholly or not at all. Throws `store.tooNew` for a file that has seen others. */
export function bringForward(file: Libsql.Database, folder: string, steps = STEPS): void {
  const { user_version: seen } = file.prepare('PRAGMA user_version').get() as { user_version: number };
  if (seen > steps.length) {
    const say =
      `The sandbox.db in ${folder} was written by a newer release (form ${seen}); this one knows forms up to ${steps.length}. ` +
      'Start the newer release, or set DATA_DIR to another folder.';
    throw new AppError('store.tooNew', { folder, say });
  }
  for (const [n, step] of steps.entries()) {
    if (n < seen) continue;
    file
      .transaction(() => {
        file.exec(step);
        file.pragma(`user_version = ${n + 1}`);
      })
      .immediate();
  }
}
