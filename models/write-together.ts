import { AppError } from '@field/kit/errors';
import { type ClientSession, mongo } from 'mongoose';
import { database, writeOneByOne } from './database.ts';

/** A write of a transaction, in the words of the store. */
export type StoredWrite =
  | { readonly collection: string; readonly document: object }
  | {
      readonly collection: string;
      readonly filter: object;
      readonly update: object;
      readonly multi?: boolean | undefined;
      readonly upsert?: boolean | undefined;
    };

/** What a server says that has no such command: of an older version, or where it is not switched on. */
const [NOT_THERE, NOT_ON] = [59, 115];

/** How many documents a write met or made, and whether an upsert made it. */
export interface Met {
  readonly n: number;
  readonly isMade: boolean;
}

/** What came of writes that went together: of each, and why the one was refused that comes after these, as its own command would have said it. */
interface WrittenTogether {
  readonly met: readonly Met[];
  readonly refused?: mongo.MongoServerError;
}

/** Writes of a transaction, in their order, up to the first that is refused, which ends the transaction. */
export async function writeTogether(writes: readonly StoredWrite[], session: ClientSession): Promise<WrittenTogether> {
  const { databaseName } = database();
  const places = [...new Set(writes.map(({ collection }) => collection))];
  const nsInfo = places.map((name) => ({ ns: `${databaseName}.${name}` }));
  const ops = writes.map((write) => {
    const place = new mongo.BSON.Int32(places.indexOf(write.collection));
    if ('document' in write) return { insert: place, document: write.document };
    const { filter, update: updateMods, multi = false, upsert = false } = write;
    return { update: place, filter, updateMods, multi, upsert };
  });
  const command = { bulkWrite: 1, ops, nsInfo, ordered: true, errorsOnly: false };
  const { cursor } = await database()
    .client.db('admin')
    .command(command, { session, ignoreUndefined: true })
    .catch(orNotThere);
  const met: Met[] = [];
  for (const { ok, n, upserted, ...refused } of cursor.firstBatch) {
    if (Number(ok) !== 1) return { met, refused: new mongo.MongoServerError({ ...refused, message: refused.errmsg }) };
    met.push({ n: Number(n), isMade: upserted !== undefined });
  }
  return { met };
}

/** Another member of the set, of an older version, may have taken over: the transaction is begun anew without it. */
function orNotThere(error: unknown): never {
  const isThere = !(error instanceof mongo.MongoServerError) || (error.code !== NOT_THERE && error.code !== NOT_ON);
  if (isThere) throw error;
  writeOneByOne();
  throw new AppError('subject.lostRace', {}, { cause: error });
}
