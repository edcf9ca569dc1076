import type mongoose from 'mongoose';
import { sealJson, unsealJson } from '../models/sealing.ts';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly [column: string]: unknown;
}

/** A photo by what the programme calls it. */
interface Listed {
  readonly slot: string;
  readonly photoId: string;
  readonly at: number;
}

/** What a step says of a row; undefined where there is nothing to say. */
type Said = (row: Row) => Readonly<Record<string, unknown>> | undefined;

const AT_ONCE = 500;

/** What was asked for again had names of its own, which are those of the programme from now on. */
const PARTS: Readonly<Record<string, string>> = { storeForm: 'store', merchantForm: 'merchant', spotForm: 'spots' };

const CHANGED: readonly (readonly [collection: string, say: Said])[] = [
  ['drafts', sayPartsByName],
  ['spots', (row) => listed(row, Number(row.deployedAt), { contextPhoto: 'context', closeupPhoto: 'closeup' })],
  ['stores', sayPhotosOfStore],
];

/**
 * Photos of stores and spots are a list from now on, by what the programme calls them, and what Modify asks for again has the names of the
 * programme. What a bot of the release before writes meanwhile has its photos in columns of their own; a later step does this again.
 */
export const listPhotosByWhatTheyShow: Migration = {
  id: 12,
  name: 'list-photos-by-what-they-show',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const at = checkpoint.indexOf('/');
    const [begun, last] = [checkpoint.slice(0, Math.max(0, at)), checkpoint.slice(at + 1)];
    for (const [name, say] of CHANGED) {
      if (name < begun) continue;
      const rows = db.collection<Row>(name);
      for (let after = name === begun ? last : ''; ; ) {
        const batch = await rows
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(AT_ONCE)
          .toArray();
        const next = batch.at(-1)?._id;
        if (next === undefined) break;
        await write(rows, batch, say);
        after = next;
        await reached(`${name}/${after}`);
      }
    }
  },
};

async function write(rows: mongoose.mongo.Collection<Row>, batch: readonly Row[], say: Said): Promise<void> {
  const changes = batch.flatMap((row) => {
    const set = say(row);
    // what is written meanwhile is newer, and says it already
    return set === undefined ? [] : [{ updateOne: { filter: { ...same(row) }, update: { $set: { ...set } } } }];
  });
  if (changes.length > 0) await rows.bulkWrite(changes);
}

function same({ _id, version, photos }: Row): Readonly<Record<string, unknown>> & { readonly _id: string } {
  return version === undefined ? { _id, photos: photos ?? { $exists: false } } : { _id, version };
}

function listed(row: Row, at: number, slots: Readonly<Record<string, string>>): Record<string, unknown> | undefined {
  if (row.photos !== undefined) return undefined;
  const photos = Object.entries(slots).flatMap(([column, slot]): Listed[] => {
    const photoId = row[column];
    return typeof photoId === 'string' ? [{ slot, photoId, at }] : [];
  });
  return { photos };
}

function sayPhotosOfStore(row: Row): Record<string, unknown> | undefined {
  const said = listed(row, Number(row.createdAt), { storefrontPhoto: 'storefront' });
  if (said === undefined || typeof row.sealedDetails !== 'string') return said;
  const { merchant } = unsealJson<{ merchant?: { licence?: { photoId: string; at: number } } }>(row.sealedDetails);
  const { photoId, at } = merchant?.licence ?? {};
  if (photoId === undefined || at === undefined) return said;
  return { photos: [...(said.photos as readonly Listed[]), { slot: 'licence', photoId, at }] };
}

function sayPartsByName({ storeKey, sealed }: Row): Record<string, unknown> | undefined {
  if (typeof sealed !== 'string' || !String(storeKey).startsWith('modify:')) return undefined;
  const draft = unsealJson<{ modifies?: { asks?: readonly string[] } }>(sealed);
  const { modifies } = draft;
  if (!modifies?.asks?.some((part) => Object.hasOwn(PARTS, part))) return undefined;
  const asks = modifies.asks.map((part) => PARTS[part] ?? part);
  return { sealed: sealJson({ ...draft, modifies: { ...modifies, asks } }) };
}
