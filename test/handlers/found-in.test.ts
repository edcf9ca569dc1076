import { describe, expect, it } from 'vitest';
import { foundIn } from '../../handlers/team/lists.ts';
import type { Card } from '../../models/cards.ts';

const onPage = (page: number) => ({ subject: { kind: 'page', id: String(page) } }) as Card;

/** A list of so many, of which each `every`th is found; how far it was read. */
function listOf(length: number, every: number) {
  const list = { read: 0, search: (page: number) => foundIn(some, (n) => n % every === 0, onPage(page)) };
  async function some({ skip, limit }: Readonly<Record<'skip' | 'limit', number>>): Promise<readonly number[]> {
    const rows = Array.from({ length: Math.max(0, Math.min(limit, length - skip)) }, (_, n) => skip + n);
    list.read += rows.length;
    return rows;
  }
  return list;
}

describe('what is searched in a list', () => {
  it('is all of it where it is short', async () => {
    expect(await listOf(30, 2).search(1)).toEqual({ rows: [0, 2, 4, 6, 8, 10], page: 1, pages: 3, count: 15 });
    expect(await listOf(2_000, 900).search(1)).toEqual({
      rows: [0, 900, 1_800],
      page: 1,
      pages: 1,
      count: 3,
      searched: 2_000,
    });
    expect(await listOf(1_999, 900).search(1)).toEqual({ rows: [0, 900, 1_800], page: 1, pages: 1, count: 3 });
  });

  it('is no more than fills the page, however long it is, and the next page goes on', async () => {
    const list = listOf(100_000, 3);
    expect(await list.search(1)).toEqual({ rows: [0, 3, 6, 9, 12, 15], page: 1, pages: 3, count: 14, searched: 40 });
    expect(list.read).toBe(40);
    const third = await list.search(3);
    expect(third).toMatchObject({ rows: [36, 39, 42, 45, 48, 51], page: 3, searched: 120 });
    expect((await list.search(10_000)).searched).toBe(2_000);
  });

  it('ends at two thousand where little is found', async () => {
    const list = listOf(100_000, 1_500);
    expect(await list.search(1)).toEqual({ rows: [0, 1_500], page: 1, pages: 1, count: 2, searched: 2_000 });
    expect(list.read).toBe(2_000);
  });
});
