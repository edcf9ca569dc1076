import type mongoose from 'mongoose';

/** One step by which stored data gets from the form of one release into that of the next; `docs/data.md` says how to write one. */
export interface Migration {
  /** Its place in the list, from 1 on. A store in which it was run has this version. */
  readonly id: number;
  /** What it does, for logs and for the history in the store: `older-photos-count-as-deployed`. */
  readonly name: string;
  /**
   * The oldest version whose release can work with what this leaves behind: less than `id`, since processes of the release before
   * go on while the first of a new one starts.
   */
  readonly readableFrom: number;
  /**
   * Changes the data, by the driver alone: models are of today, this stays as it is. It may be stopped anywhere and begin again,
   * also while processes of the release before write; what it has done already it must leave alone.
   */
  up(run: MigrationRun): Promise<void>;
}

/** What a migration works with. */
export interface MigrationRun {
  readonly db: mongoose.mongo.Db;
  /** What it noted last before it was stopped; undefined at its first begin. */
  readonly checkpoint: string | undefined;
  /** To be called between two batches: notes how far it is. Throws `lease.lost` when it is no longer this process's to go on. */
  reached(checkpoint: string): Promise<void>;
}
