import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asAppError } from '@field/kit/errors';
import { MIGRATIONS } from '../../../migrations/list.ts';
import { readVersion } from '../../../migrations/store-version.ts';
import { database } from '../../../models/database.ts';
import { indexChanges } from '../../../models/indexes.ts';
import { assertKeyFits } from '../../../models/people.ts';
import { type ServerFacts, serverFacts } from '../../../models/server-facts.ts';
import type { StoreConfig } from '../../config/config.ts';
import { onData } from '../open-store.ts';
import { toProblem } from '../problem.ts';
import { type Finding, type Look, ok, unknown, warning, wrong } from './finding.ts';

/** `$unionWith` came with it. */
const OLDEST = [4, 4] as const;
/** A tap begins with a `$lookup` in its transaction, which older routers do not do. */
const OLDEST_SHARDED = [8, 0] as const;
/** MongoDB's own is 60: what a dead process held is free after that, where its sessions may not be ended. */
const LIFETIME_S = { least: 10, most: 60 } as const;

/** What a database says that is there and takes nothing: mostly between two primaries. */
const NO_PRIMARY =
  'See rs.status() there: its members elect another primary within some twelve seconds, if more than half of them are up. What people send meanwhile comes again.';

type Data = Pick<StoreConfig, 'dataDir' | 'dataKey' | 'mongodbUri'>;

/** The database and what is in it; nothing is brought into another form. `more` is looked at while it is open. */
export async function lookAtData(config: Data, more: Look): Promise<readonly Finding[]> {
  if (config.mongodbUri === undefined && !existsSync(join(config.dataDir, 'mongo.db'))) {
    return [ok('store', `no data in ${config.dataDir} yet: the first start makes the embedded store`)];
  }
  try {
    return await onData(config, async () => [...(await server(config)), ...(await content()), ...(await more())]);
  } catch (thrown) {
    return [wrong('store', toProblem(thrown).sentences, remedyFor(asAppError(thrown).code, config))];
  }
}

function remedyFor(code: string, { mongodbUri }: Data): string {
  if (code === 'folder.locked') return 'Try again in a moment.';
  if (code === 'store.copiedAtWork') return 'Do what it says; the bot does not start before.';
  if (mongodbUri === undefined) return 'Run: npm run op -- store check';
  return code === 'store.transient' ? NO_PRIMARY : 'Mend MONGODB_URI, or the database there.';
}

async function server({ mongodbUri }: Data): Promise<readonly Finding[]> {
  if (mongodbUri === undefined) return [ok('store', 'the embedded store opens')];
  const facts = await serverFacts();
  return [ok('store', 'the database answers'), topology(facts), version(facts), lifetime(facts)];
}

function topology({ replicaSet, sharded }: ServerFacts): Finding {
  if (sharded) return ok('replicaSet', 'it is a sharded cluster, which was not tried');
  if (replicaSet !== undefined) return ok('replicaSet', `it is the replica set ${replicaSet}`);
  const remedy = 'Start mongod with --replSet rs0 and run rs.initiate() once, also for a single one.';
  return wrong('replicaSet', 'it is no replica set: it takes no transactions, and nothing can be saved', remedy);
}

function version({ version: found, sharded }: ServerFacts): Finding {
  const oldest = sharded ? OLDEST_SHARDED : OLDEST;
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const says = `it is MongoDB ${found}`;
  const fits = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return fits ? ok('version', says) : wrong('version', says, `Upgrade it to MongoDB ${oldest.join('.')} or newer.`);
}

function lifetime({ transactionLifetimeS: seconds }: ServerFacts): Finding {
  if (seconds === undefined) return unknown('transactions', 'it does not tell transactionLifetimeLimitSeconds');
  const says = `transactionLifetimeLimitSeconds is ${seconds}`;
  if (seconds >= LIFETIME_S.least && seconds <= LIFETIME_S.most) return ok('transactions', says);
  const remedy = `Set it to 60 on each member: db.adminCommand({ setParameter: 1, transactionLifetimeLimitSeconds: 60 })`;
  return seconds < LIFETIME_S.least
    ? wrong('transactions', `${says}: what takes a moment longer is broken off`, remedy)
    : warning('transactions', `${says}: what a dead process held may stay held for so long`, remedy);
}

async function content(): Promise<readonly Finding[]> {
  const known = MIGRATIONS.length;
  const { writtenBy, readableFrom } = await readVersion(database());
  if (readableFrom > known) {
    const says = `the data is of a newer release (form ${writtenBy}; this one knows ${known})`;
    return [wrong('form', says, 'Start the newer release, or go back to a copy of the data from before it.')];
  }
  const changes = (await indexChanges()).length;
  return [
    writtenBy >= known
      ? ok('form', `the data is in the form of this release (${known})`)
      : ok('form', `the next start brings the data from form ${writtenBy} into form ${known}`),
    changes === 0 || writtenBy < known
      ? ok('indexes', changes === 0 ? 'all indexes are there' : 'the next start makes the indexes')
      : warning('indexes', `${changes} indexes are missing or others`, 'Start the bot once: it makes them.'),
    await key(),
  ];
}

async function key(): Promise<Finding> {
  try {
    await assertKeyFits();
    return ok('dataKey', 'DATA_KEY opens the data');
  } catch (thrown) {
    const remedy =
      'Set DATA_KEY to the key that this data was sealed with, from wherever it was kept beside the backup.';
    return wrong('dataKey', toProblem(thrown).sentences, remedy);
  }
}
