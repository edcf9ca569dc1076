import mongoose from 'mongoose';

export type Row = Readonly<Record<string, unknown>> & { readonly _id: string };

/** Everything that is stored, by collection and id. */
export type StoredState = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** What one row was, and what it is. */
export interface RowChange {
  readonly collection: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

export async function storedState(): Promise<StoredState> {
  const all = new Map<string, ReadonlyMap<string, Row>>();
  for (const { collection } of Object.values(mongoose.models)) {
    const rows = await mongoose.connection.collection<Row>(collection.name).find({}).toArray();
    all.set(collection.name, new Map(rows.map((row) => [String(row._id), row])));
  }
  return all;
}

export function changesFrom(before: StoredState, after: StoredState): readonly RowChange[] {
  return [...after.keys()].flatMap((collection) => {
    const [was, is] = [
      before.get(collection) ?? new Map<string, Row>(),
      after.get(collection) ?? new Map<string, Row>(),
    ];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
      const change = { collection, id, before: was.get(id), after: is.get(id) };
      return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
    });
  });
}

/** The fields of a row that are not what they were. */
export function fieldsOf({ before, after }: RowChange): readonly string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
}
