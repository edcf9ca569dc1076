import { dayAfter, dayOf } from '@field/kit/calendar';
import { fileStanding } from '../../../models/incoming-files.ts';
import { csvRows } from '../../daily/incoming/csv-rows.ts';
import { LANDING_KINDS } from '../../daily/incoming/kinds.ts';
import type { ReceivedFile } from '../../daily/incoming/receive.ts';
import type { Operator } from '../command.ts';
import { howMany } from '../how-many.ts';
import { cannot } from './cannot.ts';
import { type Followed, follow, type LandedFile } from './follow.ts';
import { namesEverywhere, putIn } from './incoming-folder.ts';
import { type OwnFile, onReceived, ownFile } from './own-file.ts';
import { freeNameFor, whatItIs } from './right-name.ts';

/** What an operator asked to have landed. */
export interface Asked {
  readonly file: string;
  /** The name under which it is to land, where it has another. */
  readonly as?: string | undefined;
}

/** Puts a file where the bot finds it, and looks on until it is landed. Errors: `daily.cannot`, with what is wrong with the file. */
export async function importFile(asked: Asked, operator: Operator): Promise<LandedFile> {
  const { incoming } = operator.daily();
  const file = await namedFile(asked, operator);
  const received = await onReceived(file, async (copy): Promise<Followed> => {
    const { name } = file;
    return { name, fileHash: copy.fileHash, rows: await countRows(file, copy, operator) };
  });
  await operator.onStore(() => mustBeNew(received));
  await putIn(file, incoming);
  return await follow(received, operator);
}

/** The file under the name of a daily file. Errors: `daily.cannot` with the right name, where it has none. */
export async function namedFile({ file: path, as }: Asked, operator: Operator): Promise<OwnFile> {
  const { encoding } = operator.daily();
  const file = await ownFile(path, as, encoding);
  if (file !== undefined) return file;
  const said = as ?? path;
  const zipped = said.toLowerCase().endsWith('.gz');
  // by any name, only to see what is in it
  const anyName = freeNameFor('review', dayOf(operator.now(), 'UTC'), zipped, []);
  const unnamed = await ownFile(path, anyName, encoding);
  if (unnamed === undefined) throw cannot(`${said} is no name of a daily file.`);
  const right = await onReceived(unnamed, (copy) => rightName(copy, zipped, operator));
  const say = right === undefined ? 'It has the columns of no kind either.' : `Type it with: --as ${right}`;
  throw cannot(`${said} is no name of a daily file, such as review_20260503_001.csv. ${say}`);
}

async function rightName(copy: ReceivedFile, zipped: boolean, operator: Operator): Promise<string | undefined> {
  const is = await whatItIs(copy);
  if (is === undefined) return undefined;
  // what does not say its day is of yesterday, as its data would be
  const day = is.day ?? dayAfter(dayOf(operator.now(), 'UTC'), -1);
  return freeNameFor(is.kind, day, zipped, await namesEverywhere(operator.daily().incoming));
}

const SAID_EACH = 10_000;

/** Reads it from end to end; where its columns are those of another kind, says so. */
export async function countRows(file: OwnFile, copy: ReceivedFile, operator: Operator): Promise<number> {
  const { progress } = operator;
  let rows = 0;
  try {
    for await (const some of csvRows(copy, LANDING_KINDS[file.kind].columns)) {
      const before = rows;
      rows += some.length;
      if (Math.trunc(rows / SAID_EACH) === Math.trunc(before / SAID_EACH)) continue;
      progress.say(`${howMany(rows, 'row')} of ${file.name} read`);
    }
  } catch (thrown) {
    const is = await whatItIs(copy);
    if (is === undefined || is.kind === file.kind) throw thrown;
    const right = freeNameFor(
      is.kind,
      is.day ?? file.day,
      file.zipped,
      await namesEverywhere(operator.daily().incoming),
    );
    throw cannot(`${file.name} is no ${file.kind} file: it has the columns of ${is.kind}. Type it with: --as ${right}`);
  } finally {
    progress.end();
  }
  return rows;
}

/** Errors: `daily.cannot` where the content was landed before. */
export async function mustBeNew({ name, fileHash }: Followed): Promise<void> {
  const known = await fileStanding(fileHash);
  if (known?.state !== 'APPLIED') return;
  // one without rows says that nothing came of its day, and each day anew
  if (known.landed === 0 && known.name !== name) return;
  const at = new Date(known.receivedAt).toISOString().slice(0, 16).replace('T', ' ');
  throw cannot(`The same content was landed before, as ${known.name} of ${at} UTC. It would change nothing.`);
}
