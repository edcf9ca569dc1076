import type { Readable } from 'node:stream';
import type { FileSource } from '../../domain/file-source.ts';
import type { FileName } from './file-name.ts';

/** Where daily files come from: a directory, into which SFTP and uploads put theirs too. One process at a time lands from it (a lease). */
export interface IncomingSource {
  /** The finished files that wait, in the order in which they are to be landed. */
  offers(): Promise<readonly Offer[]>;
}

/** A file that waits. */
export interface Offer extends FileName {
  /** What it is in where no byte order mark says otherwise, a name of `TextDecoder`. */
  readonly encoding: string;
  /** Changes whenever the file does: its size and the time of its last change. */
  version(): Promise<string>;
  /** Which way it came. */
  source(): Promise<FileSource>;
  read(): Readable;
  /**
   * Writes `<name>.result.csv` and moves the file beside it, out of the way. The result is there whole before the file moves,
   * so that after a crash the same is simply done again.
   */
  putAway(where: 'done' | 'quarantine', result: AsyncIterable<string>): Promise<void>;
}
