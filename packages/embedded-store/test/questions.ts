import fc from 'fast-check';
import { mongo } from 'mongoose';
import { condition, direction, documents, element, filter, path, scalar, update, value } from './arbitrary.ts';

// What two servers are asked, so that their answers can be compared.

export type Thing = { _id: number };
export type Things = mongo.Collection<Thing>;

/**
 * `said` is all of it; `ask` gives what can be compared, of a `pipeline` also with other stages. `changes`: documents may be others
 * afterwards. `elements`: what `arrayFilters` asks of those at a path.
 */
export type Question = {
  said: string;
  where: mongo.Document;
  change?: mongo.Document;
  changes: boolean;
  pipeline?: mongo.Document[];
  elements?: { at: string; test: mongo.Document };
  ask: (things: Things, pipeline?: mongo.Document[]) => Promise<unknown>;
};

export function text(value: unknown): string {
  return mongo.BSON.EJSON.stringify(value, { relaxed: true });
}

/** What MongoDB sorts and groups without opening an array. */
const plain = fc.constantFrom('c', 'd', 'd.x');
const paging = fc.record({ skip: fc.nat({ max: 3 }), limit: fc.nat({ max: 4 }) });
const projection = fc.constantFrom<mongo.Document>(
  {},
  { a: 1 },
  { a: 0, 'd.x': 0 },
  { 'd.x': 1, _id: 0, c: 1 },
  { 'b.x': 1, 'a.y': 1 },
);

const inOrder = (things: Things): Promise<unknown> => things.find({}, { sort: { _id: 1 } }).toArray();

const found = fc.tuple(filter, plain, direction, paging, projection).map(
  ([where, by, way, page, fields]): Question => ({
    said: `find ${text([where, by, way, page, fields])}`,
    where,
    changes: false,
    ask: (things) => things.find(where, { ...page, sort: { [by]: way, _id: 1 }, projection: fields }).toArray(),
  }),
);

const counted = filter.map(
  (where): Question => ({
    said: `count ${text(where)}`,
    where,
    changes: false,
    ask: (things) => things.countDocuments(where),
  }),
);

const distinct = fc.tuple(plain, filter).map(
  ([at, where]): Question => ({
    said: `distinct ${at} ${text(where)}`,
    where,
    changes: false,
    ask: async (things) => (await things.distinct(at as '_id', where)).map(text).toSorted(),
  }),
);

const grouped = fc.tuple(filter, fc.constantFrom('_id', 'c')).map(
  ([where, by]): Question => ({
    said: `group ${by} ${text(where)}`,
    where,
    changes: false,
    ask: async (things) => {
      const stages = [{ $match: { ...where, c: { $exists: true } } }, { $group: { _id: `$${by}`, n: { $sum: 1 } } }];
      return (await things.aggregate(stages).toArray()).map(text).toSorted();
    },
  }),
);

// that server counts nothing as 0, where MongoDB gives no document: $count is not asked
const stage = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'd.x'), fc.boolean())
    .map(([at, preserveNullAndEmptyArrays]) => ({ $unwind: { path: `$${at}`, preserveNullAndEmptyArrays } })),
  fc
    .tuple(fc.constantFrom('$addFields', '$set'), fc.constantFrom('e', 'c', 'd.x', 'e.f', 'a'), fc.oneof(scalar, plain))
    .map(([name, at, of]) => ({ [name]: { [at]: of === 'c' || of === 'd' || of === 'd.x' ? `$${of}` : of } })),
  fc.constantFrom<mongo.Document>(
    { $addFields: { e: { f: '$c', g: 1 }, 'd.z': '$_id' } },
    { $unset: ['a', 'd.x'] },
    { $replaceWith: { n: '$_id', c: '$c', inner: { d: '$d' } } },
    { $project: { c: 1, 'd.x': 1 } },
    { $project: { a: 0 } },
    { $skip: 1 },
    { $limit: 3 },
    { $group: { _id: '$c', n: { $sum: 1 } } },
    { $sort: { _id: -1 } },
  ),
  condition.map(($match) => ({ $match })),
);
const replaced = fc.constantFrom<mongo.Document[]>(
  [{ $match: { d: { $type: 'object' } } }, { $replaceRoot: { newRoot: '$d' } }],
  [{ $replaceRoot: { newRoot: '$d' } }],
  [{ $replaceRoot: { newRoot: { d: '$d', e: { c: '$c' } } } }],
);
/** The other documents are those of the same collection: its name is known once it is asked. */
const SELF = '(itself)';
const joined = fc
  .tuple(fc.constantFrom('c', 'd', 'd.x', 'a', 'e'), fc.constantFrom('c', 'd.x', 'a', 'a.x', 'b'))
  .map(([localField, foreignField]) => [
    { $lookup: { from: SELF, localField, foreignField, as: 'found' } },
    { $project: { 'found.a': 0, 'found.b': 0, a: 0, b: 0 } },
  ]);
/** Groups come in any order: what skips some of them skips others there than here. */
const some = fc
  .array(stage, { maxLength: 3 })
  .map((stages) => stages.flatMap((one): mongo.Document[] => ('$group' in one ? [one, { $sort: { _id: 1 } }] : [one])));
/** What is joined comes in any order, and so does a part of `$facet`. */
const inAnyOrder = (doc: mongo.Document): mongo.Document =>
  Object.fromEntries(
    Object.entries(doc).map(([name, part]) => {
      const isAny = ['found', 'left', 'right'].includes(name) && Array.isArray(part);
      return [name, isAny ? part.map(inAnyOrder).map(text).toSorted() : part];
    }),
  );
const staged = fc
  .tuple(
    filter,
    fc.oneof(
      some,
      fc.tuple(some, replaced, some).map((parts) => parts.flat()),
      fc.tuple(joined, some).map((parts) => parts.flat()),
      fc.tuple(some, some, some).map(([first, left, right]) => [...first, { $facet: { left, right } }]),
    ),
  )
  .map(([where, stages]): Question => {
    const pipeline = [{ $match: where }, { $sort: { _id: 1 } }, ...stages];
    return {
      said: `aggregate ${text(pipeline)}`,
      where,
      changes: false,
      pipeline,
      ask: async (things, stages = pipeline) => {
        const own = mongo.BSON.EJSON.parse(text(stages).replaceAll(SELF, things.collectionName));
        return (await things.aggregate(own).toArray()).map(inAnyOrder).map(text).toSorted();
      },
    };
  });

const updated = fc.tuple(filter, update, fc.boolean(), fc.boolean()).map(
  ([where, change, many, upsert]): Question => ({
    said: `update ${text([where, change, many, upsert])}`,
    where,
    change,
    changes: true,
    ask: async (things) => {
      const options = { upsert: upsert && '_id' in where };
      const told = await (many
        ? things.updateMany(where, change as mongo.UpdateFilter<Thing>, options)
        : things.updateOne({ ...where, _id: 0 }, change as mongo.UpdateFilter<Thing>, options));
      const { matchedCount, upsertedCount } = told;
      // DocumentDB counts what was set to what it was
      const modifiedCount = ['$inc', '$mul', '$push'].some((name) => name in change) ? 0 : told.modifiedCount;
      return { matchedCount, modifiedCount, upsertedCount, after: await inOrder(things) };
    },
  }),
);

const elementsUpdated = fc
  .tuple(
    fc.constantFrom('a', 'b'),
    fc.oneof(
      fc.tuple(fc.constant(''), element).map(([, test]) => ({ to: '', filter: { e: test } })),
      fc
        .tuple(fc.constantFrom('x', 'y'), scalar)
        .map(([part, test]) => ({ to: '.z', filter: { [`e.${part}`]: test } })),
    ),
    fc.oneof(
      scalar.map((to): [string, unknown] => ['$set', to]),
      fc.integer({ min: -2, max: 3 }).map((to): [string, unknown] => ['$min', to]),
    ),
    filter,
  )
  .map(([at, { to, filter: test }, [name, argument], where]): Question => {
    const change = { [name]: { [`${at}.$[e]${to}`]: argument } };
    return {
      said: `elements ${text([where, change, test])}`,
      where,
      change,
      elements: { at, test },
      changes: true,
      ask: async (things) => {
        const { matchedCount } = await things.updateMany({ $and: [where, { [at]: { $type: 'array' } }] }, change, {
          arrayFilters: [test],
        });
        return { matchedCount, after: await inOrder(things) };
      },
    };
  });

const whole = fc.record({ a: value, c: scalar, d: scalar }, { requiredKeys: [] });
const replacedWhole = fc.tuple(filter, whole, fc.boolean()).map(
  ([where, change, upsert]): Question => ({
    said: `replace ${text([where, change, upsert])}`,
    where,
    changes: true,
    ask: async (things) => {
      const told = await things.replaceOne({ $and: [where, { _id: 1 }] }, change, { upsert });
      return { matched: told.matchedCount, upserted: told.upsertedCount, after: await inOrder(things) };
    },
  }),
);

const foundAndChanged = fc
  .tuple(filter, fc.oneof(update, whole), plain, direction, fc.constantFrom('before', 'after'), projection)
  .map(
    ([where, change, by, way, returnDocument, fields]): Question => ({
      said: `findAndModify ${text([where, change, by, way, returnDocument, fields])}`,
      where,
      change,
      changes: true,
      ask: async (things) => {
        const options = { sort: { [by]: way, _id: 1 as const }, projection: fields, returnDocument } as const;
        const isWhole = !Object.keys(change).some((name) => name.startsWith('$'));
        const told = isWhole
          ? await things.findOneAndReplace(where, change, options)
          : await things.findOneAndUpdate(where, change as mongo.UpdateFilter<Thing>, options);
        return { told, after: await inOrder(things) };
      },
    }),
  );

const deleted = fc.tuple(path, scalar).map(
  ([at, limit]): Question => ({
    said: `delete ${at} ${text(limit)}`,
    where: { [at]: { $gt: limit } },
    changes: true,
    ask: async (things) => [await things.deleteMany({ [at]: { $gt: limit } }), await inOrder(things)],
  }),
);

const asked = fc.oneof(
  { weight: 3, arbitrary: found },
  counted,
  distinct,
  grouped,
  { weight: 4, arbitrary: staged },
  { weight: 2, arbitrary: updated },
  elementsUpdated,
  replacedWhole,
  foundAndChanged,
  deleted,
);
const index = fc.constantFrom<mongo.IndexDescription[]>(
  [],
  [{ key: { c: 1 } }],
  [{ key: { 'd.x': -1, c: 1 } }, { key: { c: -1 } }],
  [{ key: { c: 1, d: 1, _id: 1 } }],
  [{ key: { d: 1 }, partialFilterExpression: { c: { $gte: 0 } } }],
);

/** Documents, their indexes, and what is asked of them, one after the other. */
export const round = fc.record({
  docs: documents,
  index,
  questions: fc.array(asked, { minLength: 30, maxLength: 30 }),
});
