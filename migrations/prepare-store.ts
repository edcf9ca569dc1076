import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import type mongoose from 'mongoose';
import { database } from '../models/database.ts';
import { changeIndexes, indexChanges } from '../models/indexes.ts';
import { freeLeases } from '../models/leases.ts';
import { underLease } from './kept-lease.ts';
import { MIGRATIONS } from './list.ts';
import type { Migration } from './migration.ts';
import { assertReadable, beginMigration, endMigration, noteCheckpoint, readVersion } from './store-version.ts';

export interface StorePreparation {
  readonly clock: Pick<Clock, 'machine'>;
  readonly ids: Pick<IdSource, 'lease'>;
  readonly log: Pick<Logger, 'info'>;
  /** Nobody else can have the store open: whoever holds a lease in it is gone. */
  readonly alone: boolean;
  readonly migrations?: readonly Migration[] | undefined;
  readonly leaseMs?: number | undefined;
  /** How long to wait while another process prepares the store. */
  readonly longestWaitMs?: number | undefined;
}

const LEASE_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 250;

/**
 * Brings the connected store into the form of this release: runs the migrations that it has not seen, then makes the collections
 * and indexes that the models declare, in one process at a time; others wait, and so does one whose turn ran out on a slow store, which goes on
 * where it was. A store of a newer release that this one can still read is left as it is. Errors: `store.tooNew`, `store.duplicates`, and `store.migrating` when another takes too long.
 */
export async function prepareStore(preparation: StorePreparation): Promise<void> {
  const { clock, ids, log, alone, migrations = MIGRATIONS } = preparation;
  const { leaseMs: ms = LEASE_MS, longestWaitMs = LONGEST_WAIT_MS } = preparation;
  const db = database();
  const known = migrations.length;
  const begun = clock.machine();
  const terms = { name: 'migrations', token: ids.lease(), ms, clock };
  assertReadable(await readVersion(db), known);
  if (alone) await freeLeases();
  let saidThatItWaits = false;
  while (await isUnprepared(db, known)) {
    const turn = await underLease(terms, (assertHeld) => prepare(db, { migrations, clock, log, assertHeld })).catch(
      (thrown: unknown) => {
        if (asAppError(thrown).code !== 'lease.lost') throw thrown;
        log.info({}, 'store.turnOver');
        return 'over' as const;
      },
    );
    if (turn !== undefined && turn !== 'over') return;
    if (turn === undefined && !saidThatItWaits) {
      log.info({}, 'store.waits');
      saidThatItWaits = true;
    }
    if (clock.machine() - begun > longestWaitMs) throw takesTooLong(longestWaitMs);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** Whether there is anything to do for a release that knows so many migrations. */
async function isUnprepared(db: mongoose.mongo.Db, known: number): Promise<boolean> {
  const version = await readVersion(db);
  assertReadable(version, known);
  if (version.writtenBy !== known) return version.writtenBy < known;
  return (await indexChanges()).length > 0;
}

interface Work extends Pick<StorePreparation, 'clock' | 'log'> {
  readonly migrations: readonly Migration[];
  readonly assertHeld: () => void;
}

async function prepare(db: mongoose.mongo.Db, work: Work): Promise<void> {
  const version = await readVersion(db);
  assertReadable(version, work.migrations.length);
  if (version.writtenBy > work.migrations.length) return;
  // in a new store there is nothing to be brought into another form, and nothing to be said of it
  const log = version.writtenBy === 0 && (await isNew(db)) ? SILENT : work.log;
  for (const migration of work.migrations.slice(version.writtenBy)) await run(db, migration, { ...work, log });
  const changes = await indexChanges();
  if (changes.length === 0) return;
  await changeIndexes(changes, work.assertHeld);
  work.log.info({ changes: changes.length }, 'store.indexed');
}

const SILENT: Work['log'] = { info: () => undefined };
/** What preparing it writes itself. */
const OF_THE_PREPARATION = ['leases', 'storeversion'];

async function isNew(db: mongoose.mongo.Db): Promise<boolean> {
  const there = await db.listCollections({}, { nameOnly: true }).toArray();
  return there.every(({ name }) => OF_THE_PREPARATION.includes(name));
}

async function run(db: mongoose.mongo.Db, migration: Migration, { clock, log, assertHeld }: Work): Promise<void> {
  const { id, name: migrated } = migration;
  const at = clock.machine();
  assertHeld();
  const checkpoint = await beginMigration(db, migration);
  log.info({ id, migrated, resumed: checkpoint !== undefined }, 'store.migrating');
  const reached = async (place: string): Promise<void> => {
    assertHeld();
    await noteCheckpoint(db, migration, place);
  };
  await migration.up({ db, checkpoint, reached });
  assertHeld();
  const ms = clock.machine() - at;
  await endMigration(db, migration, { at, ms });
  log.info({ id, migrated, ms }, 'store.migrated');
}

function takesTooLong(waitedMs: number): AppError {
  const say =
    `Another process has been bringing the store into the form of its release for ${Math.round(waitedMs / 60_000)} minutes. ` +
    'Start again once it says that it is done.';
  return new AppError('store.migrating', { say });
}
