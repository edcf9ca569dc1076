import { expect, test } from 'vitest';
import { createRoom } from '../../src/work/room.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('work begins in order as soon as there is room for it; what is larger than all has it alone', async () => {
  const room = createRoom(10);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const hold = (name: string, size: number) =>
    room.holding(size, async () => {
      begun.push(name);
      await new Promise<void>((end) => ends.set(name, end));
    });
  const all = [hold('a', 4), hold('b', 4), hold('large', 8), hold('c', 1), hold('huge', 50), hold('d', 1)];
  await settled();
  expect(begun).toEqual(['a', 'b']);
  ends.get('a')?.();
  await settled();
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')?.();
  await settled();
  expect(begun).toEqual(['a', 'b', 'large', 'c']);
  ends.get('large')?.();
  await settled();
  expect(begun).toEqual(['a', 'b', 'large', 'c']);
  ends.get('c')?.();
  await settled();
  expect(begun).toEqual(['a', 'b', 'large', 'c', 'huge']);
  ends.get('huge')?.();
  await settled();
  expect(begun.at(-1)).toBe('d');
  ends.get('d')?.();
  await Promise.all(all);
});

test('work that fails gives its room back', async () => {
  const room = createRoom(1);
  await expect(room.holding(1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await room.holding(1, async () => 'next')).toBe('next');
});
