import { beforeAll, describe, expect, it, vi } from 'vitest';
import { writeOneByOne } from '../../models/database.ts';
import { Tasks } from '../../models/inspection-tasks.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { ownModels } from './own-models.ts';
import { ASKED, askAndTakeBack } from './queries/asked.ts';
import { queriesPage } from './queries/queries-page.ts';
import { ASKING, querySites, siteIn } from './queries/query-sites.ts';
import { type Explained, explained, type Search, searchesOf } from './queries/searches.ts';
import { FEW, seedEverything } from './queries/seed.ts';
import { useModels } from './store.ts';

await ownModels();

/**
 * A page of what is read, and what a search needs to find its place. The real server of the tests has no order from an index, and counts
 * by reading: there what is read is held against what matches.
 */
const SLACK = 20;
/** There its planner takes the index or reads all, by how old its statistics are: what it said was red now and then. */
const SOMETIMES: ReadonlySet<string> = new Set(['deadLetters', 'countDead']);

describe.each(servers())('the queries of models on the $name server', ({ name, uri }) => {
  useModels(uri, { watched: true });
  const found: (Search & Explained & { readonly by: string; readonly most: number })[] = [];
  const sites = new Set<string>();

  beforeAll(async () => {
    await seedEverything();
    // what goes with others is looked for the same way, and heard of by itself
    writeOneByOne();
    const prototype: Record<string, (...given: unknown[]) => unknown> = Object.getPrototypeOf(Tasks);
    const watched = ASKING.map((method) => {
      const asks = prototype[method];
      return vi.spyOn(prototype, method).mockImplementation(function (this: unknown, ...given) {
        const site = siteIn(new Error().stack);
        if (site !== undefined) sites.add(site);
        return asks?.apply(this, given);
      });
    });
    try {
      for (const asked of ASKED) {
        const searches = await searchesOf(() => askAndTakeBack(asked));
        const distinct = new Map(searches.map((search) => [`${search.collection} ${search.asks}`, search]));
        expect([asked.by, distinct.size > 0]).toEqual([asked.by, true]);
        for (const search of distinct.values()) {
          const { most = 0 } = asked.beyond ?? {};
          found.push({ ...search, ...(await explained(search)), by: asked.by, most });
        }
      }
    } finally {
      for (const spy of watched) spy.mockRestore();
    }
  });

  it('read an index, and little more than they give', async () => {
    const isNear = ({ by, collection, asks, index, returned, matching, examined, most }: (typeof found)[number]) => {
      if (Object.hasOwn(FEW, collection) || (name === 'real' && SOMETIMES.has(by))) return true;
      const given = name === 'real' ? matching : returned;
      const isFirst = asks === 'find: everything' && examined === 1;
      return (index !== undefined || isFirst) && examined <= 2 * given + SLACK + most;
    };
    let far = found.filter((one) => !isNear(one));
    const looksAgain = async (): Promise<readonly string[]> => {
      const anew = await Promise.all(far.map(async (one) => ({ ...one, ...(await explained(one)) })));
      far = anew.filter((one) => !isNear(one));
      return far.map((one) => `${one.by}: ${one.collection} ${one.asks} by ${one.index}: ${one.examined}`);
    };
    // the other server plans by what it has counted, and counts what was just seeded within some minutes
    await expect.poll(looksAgain, { interval: name === 'real' ? 5_000 : 50 }).toEqual([]);
  });

  it('are all asked here', () => {
    expect(querySites().filter((site) => !sites.has(site))).toEqual([]);
  });

  it.runIf(name === 'embedded')('stand on their page with the index that serves each', async () => {
    await expect(queriesPage(found)).toMatchFileSnapshot('../../docs/queries.md');
  });
});
