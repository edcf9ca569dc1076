import { expect, it } from 'vitest';
import { portsOfABlock } from './free-port.ts';

it('gives no port twice, and none of those that another run may have given to a part that is down', async () => {
  const [one, other] = [portsOfABlock(), portsOfABlock()];
  const theirs = new Set(await Promise.all(Array.from({ length: 300 }, one)));
  const ours = [];
  for (let count = 0; count < 300; count += 1) ours.push(await other());
  expect(ours.filter((port) => theirs.has(port))).toEqual([]);
  // the block begins again after fewer than 249, where others listen at some of them
  expect(new Set(ours.slice(0, 200)).size).toBe(200);
});
