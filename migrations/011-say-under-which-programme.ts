import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly programme?: number;
  readonly submittedAt?: number;
  readonly itemRef?: string;
  readonly storeKey?: string;
}

interface Applied {
  readonly version: number;
  readonly at: number;
}

interface Kind {
  readonly name: string;
  /** Which of its rows were made under a version that stays with them. */
  readonly which: mongoose.mongo.Filter<Row>;
  /** The item that it is about, and goes by; otherwise it goes by when it was submitted. */
  readonly about?: (row: Row) => string;
}

const AT_ONCE = 500;
const MODIFIES = 'modify:';

/** By name, and items before what is about them: a checkpoint says how far it is. */
const KINDS: readonly Kind[] = [
  { name: '1 items', which: {} },
  { name: '2 appeals', which: {}, about: ({ itemRef = '' }) => itemRef },
  {
    name: '3 drafts',
    which: { storeKey: { $gt: MODIFIES, $lt: `${MODIFIES}~` } },
    about: ({ storeKey = '' }) => storeKey.slice(MODIFIES.length),
  },
  { name: '4 inspectiontasks', which: { submittedAt: { $exists: true } } },
  { name: '5 submissions', which: {} },
];

/**
 * What was submitted says from now on under which version of the programme: the one that was in use then; the first one where none was
 * applied yet. An appeal and what puts something right go by their item. What a bot of the release before writes meanwhile says none, and
 * is read as of the first.
 */
export const sayUnderWhichProgramme: Migration = {
  id: 11,
  name: 'say-under-which-programme',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const versions = await db.collection<Applied>('programmes').find({}).sort({ version: 1 }).toArray();
    const at = checkpoint.indexOf('/');
    const [begun, last] = [checkpoint.slice(0, Math.max(0, at)), checkpoint.slice(at + 1)];
    for (const kind of KINDS) {
      if (kind.name < begun) continue;
      const rows = db.collection<Row>(kind.name.slice(2));
      for (let after = kind.name === begun ? last : ''; ; ) {
        const batch = await unsaid(rows, kind, after);
        const next = batch.at(-1)?._id;
        if (next === undefined) break;
        const items = await versionsOfItems(db, kind, batch);
        const versionOf = (row: Row): number => items.get(kind.about?.(row) ?? '') ?? inUseAt(versions, row);
        await rows.bulkWrite(
          batch.map((row) => ({
            updateOne: {
              filter: { _id: row._id, programme: { $exists: false } },
              update: { $set: { programme: versionOf(row) } },
            },
          })),
        );
        after = next;
        await reached(`${kind.name}/${after}`);
      }
    }
  },
};

async function unsaid(rows: mongoose.mongo.Collection<Row>, { which }: Kind, after: string): Promise<readonly Row[]> {
  const projection = { submittedAt: 1, itemRef: 1, storeKey: 1 };
  const found = rows.find({ ...which, _id: { $gt: after }, programme: { $exists: false } }, { projection });
  return await found.sort({ _id: 1 }).limit(AT_ONCE).toArray();
}

async function versionsOfItems(
  db: mongoose.mongo.Db,
  { about }: Kind,
  batch: readonly Row[],
): Promise<ReadonlyMap<string, number>> {
  if (about === undefined) return new Map();
  const items = await db
    .collection<Row>('items')
    .find({ _id: { $in: batch.map(about) } }, { projection: { programme: 1 } })
    .toArray();
  return new Map(items.flatMap(({ _id, programme }) => (programme === undefined ? [] : [[_id, programme] as const])));
}

function inUseAt(versions: readonly Applied[], { submittedAt = 0 }: Row): number {
  return versions.findLast(({ at }) => at <= submittedAt)?.version ?? 1;
}
