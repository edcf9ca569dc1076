import mongoose from 'mongoose';

/** A query as the page of them has it: of which collection, what it asks, by whom. */
export type Asked = readonly [collection: string, asks: string, by: string];

const NAMES_ISO = /\bisoId (=|in)/;

/**
 * How the collections would lie on a cluster that is sharded by `isoId`: which can be keyed so, since they have one and none of their unique
 * indexes holds over all ISOs, with those of their queries that name none and so are asked of every shard; and which cannot.
 */
export function shardTable(asked: readonly Asked[]): {
  readonly keyed: readonly (readonly [collection: string, ofOneShard: string, ofEach: string])[];
  readonly whole: readonly (readonly [collection: string, why: string])[];
} {
  const keyed: (readonly [string, string, string])[] = [];
  const whole: (readonly [string, string])[] = [];
  const models = Object.values(mongoose.models).sort((one, other) =>
    one.collection.name < other.collection.name ? -1 : 1,
  );
  for (const { collection, schema } of models) {
    const { name } = collection;
    const own = asked.filter(([of]) => of === `\`${name}\``);
    const overAll = schema
      .indexes()
      .filter(([fields, options]) => options?.unique === true && Object.keys(fields)[0] !== 'isoId')
      .map(([fields]) => `\`${Object.keys(fields).join('`, `')}\``);
    if (schema.path('isoId') === undefined) continue;
    if (overAll.length > 0) {
      whole.push([`\`${name}\``, `${overAll.join(' and ')} is unique over all ISOs`]);
      continue;
    }
    const names = own.filter(([, asks]) => NAMES_ISO.test(asks.split(', in order')[0] ?? ''));
    const others = own.filter((one) => !names.includes(one)).map(([, , by]) => by);
    const each = [...new Set(others.flatMap((by) => by.split(', ')))].sort();
    keyed.push([`\`${name}\``, String(names.length), each.join(', ')]);
  }
  return { keyed, whole };
}
