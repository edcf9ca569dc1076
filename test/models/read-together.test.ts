import { expect, it } from 'vitest';
import { readTogether } from '../../models/read-together.ts';

const question = { collection: 'things', filter: {} };

it('who cannot even ask is told so, and whoever asks beside them has an answer', async () => {
  const broken = () => {
    throw new Error('no such thing');
  };
  await expect(readTogether(question, broken)).rejects.toThrow('no such thing');
  // all together cannot be asked without a database: each is asked alone then
  const [refused, answered] = await Promise.allSettled([
    readTogether(question, broken),
    readTogether(question, async () => [{ _id: 'a' }]),
  ]);
  expect([refused.status, answered]).toEqual(['rejected', { status: 'fulfilled', value: [{ _id: 'a' }] }]);
});
