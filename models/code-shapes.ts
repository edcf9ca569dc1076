import { derivedId } from '@field/kit/ids';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

const Shapes = collection('codeshapes', {
  /** As an operator writes it. */
  id: 'shapeId',
  fields: {
    /** How its codes read, which says nothing of any of them (`shapeOf`). */
    shape: text(),
    product: text(),
    /** When the first code of it was submitted, milliseconds. */
    firstAt: number(),
    /** The operator was told of it. */
    told: mark(),
  },
  indexes: [[{ told: 1 }]],
});

/** A kind of codes that no pattern knew when one of them was submitted. */
export interface ShapeOfCodes extends RecordOf<typeof Shapes> {}

/** The name of a shape of a product's codes: `code-1f0c9a`. */
export function shapeIdOf(shape: string, product: string): string {
  return `code-${derivedId('codeShape', shape, product)
    .replace(/[^a-z0-9]/gi, '')
    .slice(0, 8)
    .toLowerCase()}`;
}

/** Notes a shape; the first time alone counts. */
export async function noteShape(seen: Omit<ShapeOfCodes, 'shapeId' | 'told'>, tx: Transaction): Promise<string> {
  const shapeId = shapeIdOf(seen.shape, seen.product);
  if ((await Shapes.get(shapeId, { only: ['shapeId'], tx })) === undefined)
    await Shapes.update({ shapeId }, { setOnInsert: seen }, { upsert: true, tx });
  return shapeId;
}

export async function findShape(shapeId: string): Promise<ShapeOfCodes | undefined> {
  return await Shapes.get(shapeId);
}

export async function shapesOfCodes(): Promise<readonly ShapeOfCodes[]> {
  return await Shapes.find({}, { sort: { firstAt: 1 } });
}

/** The next shape that the operator was not told of, from now on told: one process has it. */
export async function shapeToTell(): Promise<ShapeOfCodes | undefined> {
  const untold = { told: { $exists: false } } as const;
  // asked every few seconds, and nearly always there is none: to write would wait for its turn
  if ((await Shapes.findOne(untold, { only: ['shapeId'] })) === undefined) return undefined;
  return await Shapes.change(untold, { set: { told: true } }, { sort: { firstAt: 1 } });
}

/** How these read is not known any more: nothing of it stands anywhere. */
export async function forgetShapes(shapeIds: readonly string[]): Promise<void> {
  await Shapes.removeAll({ shapeId: { $in: shapeIds } });
}
