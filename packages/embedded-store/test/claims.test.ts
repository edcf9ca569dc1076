import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './stores.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The names in code marks of a row of the README's tables; of the first mark only where others are prose. */
function claimed(row: string): string[] {
  const [, text = ''] = new RegExp(`^\\| ${row} +\\| (.*?) *\\|$`, 'm').exec(README) ?? [];
  return (/`([^`]*)`/.exec(text)?.[1] ?? '').split(' ').filter((name) => name !== '');
}

const commands = [...README.matchAll(/^\| `(\w+)` +\| (?:`([^`]*)`)? *\|$/gm)].map(([, name = '', options = '']) => ({
  name,
  options,
}));

/** All that MongoDB 7.0 has, by its manual. */
const FILTERS =
  '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $expr $jsonSchema $mod $regex $options $text $where $geoIntersects $geoWithin $near $nearSphere $all $elemMatch $size $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $comment $rand $natural'.split(
    ' ',
  );
const UPDATES =
  '$currentDate $inc $min $max $mul $rename $set $setOnInsert $unset $addToSet $pop $pull $push $pullAll $bit $pushAll'.split(
    ' ',
  );
const STAGES =
  '$addFields $bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $count $currentOp $densify $documents $facet $fill $geoNear $graphLookup $group $indexStats $limit $listLocalSessions $listSampledQueries $listSearchIndexes $listSessions $lookup $match $merge $out $planCacheStats $project $redact $replaceRoot $replaceWith $sample $search $searchMeta $set $setWindowFields $shardedDataDistribution $skip $sort $sortByCount $unionWith $unset $unwind $vectorSearch'.split(
    ' ',
  );
const COMMANDS =
  'abortTransaction aggregate analyze applyOps authenticate autoCompact buildInfo bulkWrite captrunc cloneCollectionAsCapped collMod collStats commitTransaction compact configureFailPoint connPoolStats connectionStatus convertToCapped count create createIndexes createRole createSearchIndexes createUser currentOp cursorInfo dataSize dbHash dbStats delete distinct driverOIDTest drop dropConnections dropDatabase dropIndexes dropUser endSessions explain features filemd5 find findAndModify fsync fsyncUnlock geoSearch getCmdLineOpts getDefaultRWConcern getLog getMore getParameter grantRolesToUser hello hostInfo insert invalidateUserCache isMaster ismaster killAllSessions killCursors killOp killSessions listCollections listCommands listDatabases listIndexes lockInfo logout logRotate mapReduce ping planCacheClear profile reIndex refreshSessions renameCollection replSetGetConfig replSetGetStatus rolesInfo rotateCertificates saslStart serverStatus setDefaultRWConcern setFeatureCompatibilityVersion setParameter shutdown startSession top update usersInfo validate whatsmyuri'.split(
    ' ',
  );
const OPTIONS =
  'allowDiskUse allowPartialResults apiVersion awaitData bypassDocumentValidation capped changeStreamPreAndPostImages clusteredIndex collation dryRun expireAfterSeconds explain force fromMigrate indexOptionDefaults isMapReduceCommand let max max min noCursorTimeout oplogReplay pipeline prepareUnique returnKey runtimeConstants scale showRecordId size stmtId storageEngine tailable temp timeseries topologyVersion validationAction validationLevel validator viewOn writeErrors'.split(
    ' ',
  );

describe('the tables of the README', () => {
  const at = useDatabase();
  const refusal = async (command: object): Promise<{ code: number; errmsg: string }> => {
    const failure = await at.db.command(command as never).then(
      (reply) => reply.writeErrors?.[0],
      (thrown: unknown) => thrown,
    );
    return { code: Number(failure?.code ?? 0), errmsg: String(failure?.errmsg ?? failure?.message ?? '') };
  };
  const knownOf = async (names: readonly string[], isKnown: (name: string) => Promise<boolean>): Promise<string[]> => {
    const asked = await Promise.all(names.map(async (name) => ({ name, known: await isKnown(name) })));
    return asked.flatMap(({ name, known }) => (known ? [name] : [])).toSorted();
  };

  it('filters', async () => {
    const isKnown = async (name: string): Promise<boolean> => {
      const answers = [{ [name]: [{ a: 1 }] }, { a: { [name]: 1 } }].map((filter) => refusal({ find: 'c', filter }));
      return (await Promise.all(answers)).some(({ errmsg }) => !/^unknown (top level )?operator/.test(errmsg));
    };
    expect(await knownOf(FILTERS, isKnown)).toEqual(claimed('filters').toSorted());
  });

  it('updates', async () => {
    const isKnown = async (name: string): Promise<boolean> =>
      !(await refusal({ update: 'c', updates: [{ q: {}, u: { [name]: { a: 1 } } }] })).errmsg.startsWith(
        'Unknown modifier',
      );
    expect(await knownOf(UPDATES, isKnown)).toEqual(claimed('updates').toSorted());
  });

  it('stages', async () => {
    const isKnown = async (name: string): Promise<boolean> =>
      (await refusal({ aggregate: 'c', cursor: {}, pipeline: [{ [name]: 1 }] })).code !== 40324;
    expect(await knownOf(STAGES, isKnown)).toEqual(claimed('stages').toSorted());
  });

  it('commands', async () => {
    const isKnown = async (name: string): Promise<boolean> => (await refusal({ [name]: 'c' })).code !== 59;
    expect(await knownOf(COMMANDS, isKnown)).toEqual(commands.map(({ name }) => name).toSorted());
  });

  it('the options of each command', async () => {
    const every = new Set(
      [...OPTIONS, ...commands.flatMap(({ options }) => options.split(' '))].filter((name) => name !== ''),
    );
    for (const { name, options } of commands) {
      const isKnown = async (option: string): Promise<boolean> =>
        (await refusal({ [name]: 'c', [option]: 1 })).code !== 40415;
      expect([
        name,
        await knownOf(
          [...every].filter((option) => option !== name),
          isKnown,
        ),
      ]).toEqual([
        name,
        options
          .split(' ')
          .filter((one) => one !== '')
          .toSorted(),
      ]);
    }
  });
});

it('the store is as small as the README says', () => {
  const [, most = ''] = /under ([\d,]+) lines/.exec(README) ?? [];
  const folder = fileURLToPath(new URL('../src', import.meta.url));
  const files = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.ts'));
  const lines = files.map((name) => readFileSync(join(folder, String(name)), 'utf8').split('\n').length - 1);
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(Number(most.replace(',', '')));
});
