import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { startEmbeddedStore } from '../../src/embedded/start.ts';

it('mongoose works', async () => {
  const s = await startEmbeddedStore({ dataDir: mkdtempSync(join(tmpdir(), 'em-')) });
  const c = await mongoose.createConnection(s.uri, {serverSelectionTimeoutMS: 3000}).asPromise();
  const schema = new mongoose.Schema({ name: String, n: Number, tags: [String], at: Date }, { timestamps: true });
  schema.index({ name: 1 }, { unique: true, partialFilterExpression: { n: 1 } });
  const M = c.model('Thing', schema);
  await M.init();
  await M.create({ name: 'a', n: 1, tags: ['x', 'y'], at: new Date() });
  await expect(M.create({ name: 'a', n: 1 })).rejects.toMatchObject({ code: 11000, keyPattern: { name: 1 }, keyValue: { name: 'a' } });
  await M.create({ name: 'a', n: 2 });
  expect(await M.countDocuments({ name: 'a' })).toBe(2);
  expect((await M.find({ tags: 'x' }).lean())[0]?.name).toBe('a');
  const r = await M.findOneAndUpdate({ name: 'a', n: 2 }, { $inc: { n: 5 }, $push: { tags: 'z' } }, { returnDocument: 'after' });
  expect(r?.n).toBe(7);
  await c.transaction(async (session) => {
    await M.updateOne({ n: 7 }, { $set: { n: 8 } }, { session });
    expect(await M.countDocuments({ n: 8 })).toBe(0);
    expect(await M.countDocuments({ n: 8 }).session(session)).toBe(1);
  });
  expect(await M.countDocuments({ n: 8 })).toBe(1);
  expect(await M.distinct('tags')).toEqual(['x', 'y', 'z']);
  expect(await M.aggregate([{ $group: { _id: '$name', s: { $sum: '$n' } } }])).toEqual([{ _id: 'a', s: 9 }]);
  const up = await M.updateOne({ name: 'q' }, { $setOnInsert: { n: 3 } }, { upsert: true });
  expect(up.upsertedCount).toBe(1);
  await c.close();
  await s.close();
});
