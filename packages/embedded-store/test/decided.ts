import type { mongo } from 'mongoose';
import { type Question, type Thing, type Things, text } from './questions.ts';

/** What came of a question: every refusal is one, whatever its code. `apart`: by the store's own limits, which MongoDB has not. */
export type Told = { told: string; code: unknown; apart: boolean };

/**
 * Two servers that differ: what they said, of which documents; and a collection of these on the real one and on the own one, without an
 * index.
 */
export type Difference = {
  question: Question;
  ours: Told;
  real: Told;
  before: readonly Thing[];
  bare: () => Promise<Things>;
  own: () => Promise<Things>;
};

/**
 * Where the real server of these tests (PostgreSQL with DocumentDB) is not MongoDB, and its manual, or that server's own other answer,
 * decides. Each looks at the values, never at the words alone.
 */
const DECIDED: Readonly<Record<string, (difference: Difference) => boolean | Promise<boolean>>> = {
  // what is no number is not counted up (14): that server takes true for 1 and false for 0
  'counts true and false up': ({ question: { change = {} }, ours, before }) => {
    const [path] = Object.keys(change.$inc ?? change.$mul ?? {});
    return (
      ours.code === 14 && path !== undefined && before.some((doc) => typeof at(doc, path.split('.')) === 'boolean')
    );
  },
  // an index changes no answer: without it that server gives the same
  'differs by an index': async ({ question, ours, bare }) =>
    (await question.ask(await bare()).then(text, () => 'refused')) === ours.told,
  // a stage works on what the one before it gave: with one between them that lets everything pass that server gives the same
  'differs by the stages beside': async ({ question: { pipeline, ask }, ours, bare }) => {
    const apart = pipeline && kept(pipeline);
    const told = apart && (await ask(await bare(), apart).then(text, () => 'refused'));
    return told !== undefined && (told === ours.told || (isMoving(pipeline) && byName(told) === byName(ours.told)));
  },
  // what is no document is no root (40228), whatever a later stage leaves of it
  'looks at no root that a later stage leaves out': async ({ question: { pipeline = [], ask }, ours, bare }) => {
    const place = pipeline.findLastIndex((stage) => '$replaceRoot' in stage);
    if (ours.code !== 40_228 || place < 0) return false;
    return (await ask(await bare(), pipeline.slice(0, place + 1)).then(text, () => 'refused')) === 'refused';
  },
  // a field that becomes a document keeps its place (applyExpressionsToValue, MutableDocument::setField)
  'moves a field that becomes a document': ({ question: { pipeline }, ours, real }) =>
    isMoving(pipeline) && byName(ours.told) === byName(real.told),
  // $project and $replaceRoot give a document for each, also where nothing is left in it
  'leaves out documents of which nothing is left': ({ question: { pipeline }, ours, real }) =>
    /"\$(project|replaceRoot|replaceWith|unset)"/.test(text(pipeline ?? [])) &&
    withoutEmpty(ours.told) === JSON.stringify(opened(real.told, (part) => part)),
  // what is no document has no fields: null is what it has of any
  'takes a missing field of an element for none': ({ question: { elements }, ours, before }) =>
    ours.code === 28 &&
    elements !== undefined &&
    Object.entries(elements.test).some(([path, test]) => path.includes('.') && test === null) &&
    before.some((doc) => [at(doc, [elements.at])].flat().some((one) => Object(one) !== one)),
  // what meets a part of $or meets it
  'differs from the parts of $or': async ({ question: { where }, own, bare }) => {
    if (!Array.isArray(where.$or)) return false;
    const [things, ours] = [await bare(), await own()];
    const parts = await Promise.all(where.$or.map((part) => things.distinct('_id', part)));
    const [met, all, mine] = [parts.flat(), await things.distinct('_id', where), await ours.distinct('_id', where)];
    const isMet = (ids: number[]): boolean => text([...new Set(met)].toSorted()) === text(ids.toSorted());
    return isMet(mine) && !isMet(all);
  },
};

/** Whether a stage sets a field inside of another one. */
function isMoving(pipeline: readonly mongo.Document[] = []): boolean {
  return /"(\$set|\$addFields)":\{("\w+\.|.*,"\w+\.)/.test(text(pipeline));
}

/** A pipeline with a stage that lets everything pass after each one, in the parts of its `$facet` too. */
function kept(pipeline: readonly mongo.Document[]): mongo.Document[] {
  return pipeline.flatMap((stage) => [inParts(stage), { $limit: 1_000 }]);
}

function inParts({ $facet, ...stage }: mongo.Document): mongo.Document {
  if (!$facet) return stage;
  const parts = Object.entries<mongo.Document[]>($facet).map(([name, part]) => [name, kept(part)]);
  return { $facet: Object.fromEntries(parts) };
}

/** The value at a path that leads through documents and to places. */
function at(value: unknown, [part, ...rest]: string[]): unknown {
  return part === undefined ? value : at(Reflect.get(Object(value), part), rest);
}

/** A told answer with what is told in it opened, too, and each document and array as `change` makes it; documents come in any order. */
function opened(told: unknown, change: (part: object) => unknown): unknown {
  if (typeof told === 'string') return /^[{[]/.test(told) ? opened(JSON.parse(told), change) : told;
  if (!(told instanceof Object)) return told;
  if (!Array.isArray(told))
    return change(Object.fromEntries(Object.entries(told).map(([name, part]) => [name, opened(part, change)])));
  const parts = told.map((part) => opened(part, change));
  const areDocs = told.every((part) => typeof part === 'string' && part.startsWith('{'));
  return change(areDocs ? parts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : parts);
}

/** An answer with all fields in the order of their names. */
function byName(told: string): string {
  const named = (part: object): unknown =>
    Array.isArray(part) ? part : Object.fromEntries(Object.entries(part).toSorted());
  return JSON.stringify(opened(told, named));
}

/** An answer without the documents that have no field. */
function withoutEmpty(told: string): string {
  return JSON.stringify(
    opened(told, (part) => (Array.isArray(part) ? part.filter((each) => text(each) !== '{}') : part)),
  );
}

/** What the real server does otherwise, where that is known to be its own. */
export async function decided(difference: Difference): Promise<string | undefined> {
  for (const [name, decides] of Object.entries(DECIDED)) if (await decides(difference)) return name;
  return undefined;
}
