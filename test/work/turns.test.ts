import { expect, test } from 'vitest';
import { createTurns } from '../../src/work/turns.ts';

/** Work that ends when it is told to; `order` says who has begun. */
function worker(order: string[]) {
  const ends = new Map<string, () => void>();
  return {
    work: (name: string) => async () => {
      order.push(name);
      await new Promise<void>((end) => ends.set(name, end));
    },
    end: (name: string) => ends.get(name)?.(),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('several work together; one alone waits for them, and those after it wait for that one', async () => {
  const turns = createTurns();
  const order: string[] = [];
  const { work, end } = worker(order);
  const all = [
    turns.together(work('a')),
    turns.together(work('b')),
    turns.alone(work('alone')),
    turns.together(work('c')),
    turns.together(work('d')),
  ];
  await settled();
  expect(order).toEqual(['a', 'b']);
  end('a');
  await settled();
  expect(order).toEqual(['a', 'b']);
  end('b');
  await settled();
  expect(order).toEqual(['a', 'b', 'alone']);
  end('alone');
  await settled();
  expect(order).toEqual(['a', 'b', 'alone', 'c', 'd']);
  end('c');
  end('d');
  await Promise.all(all);
});

test('work that fails leaves its turn, and says so to whoever asked for it', async () => {
  const turns = createTurns();
  await expect(turns.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.alone(async () => 'next')).toBe('next');
  expect(await turns.together(async () => 'and next')).toBe('and next');
});
