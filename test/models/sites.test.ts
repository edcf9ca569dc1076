import { beforeEach, describe, expect, it } from 'vitest';
import {
  addSite,
  countSites,
  findSite,
  forgetSites,
  noteSubmitted,
  releaseSite,
  type Site,
  shareSite,
  siteIdOf,
  sitesOver,
} from '../../models/sites.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { insist, useModels } from './store.ts';

const PERIOD = '2026-11';
const NOW = Date.UTC(2026, 10, 23, 9);

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('sites of an ISO on %s', (_, uri) => {
  useModels(uri);
  let isos = 0;
  let isoId = '';
  beforeEach(() => {
    isos += 1;
    isoId = `iso-${isos}`;
  });

  /** As a draft that says a shop does it: the site of that shop is shared, or begun. */
  async function holds(draftId: string, shop: string, tx: Transaction): Promise<string> {
    const siteId = siteIdOf(isoId, PERIOD, shop);
    const known = await findSite(siteId, tx);
    if (known === undefined) await addSite(site(siteId, [draftId]), tx);
    else await shareSite(known, draftId, tx);
    return siteId;
  }
  const site = (siteId: string, draftIds: readonly string[], number = 1): Site => ({
    siteId,
    isoId,
    period: PERIOD,
    number,
    at: NOW,
    draftIds: [...draftIds],
  });
  const used = () => countSites({ isoId, period: PERIOD });
  const holdersOf = async (shop: string) => (await findSite(siteIdOf(isoId, PERIOD, shop)))?.draftIds.toSorted();
  const drafts = (count: number) => Array.from({ length: count }, (_one, index) => `draft${index}`);

  it('are one a shop, however many promoters say it at once, and all of them hold it', async () => {
    await Promise.all(drafts(8).map((draft) => insist((tx) => holds(draft, 'baan', tx))));
    expect(await used()).toBe(1);
    expect(await holdersOf('baan')).toEqual(drafts(8));
  });

  it('are free only when the last who held it lets go, all of them at once', async () => {
    for (const draft of drafts(8)) await inTransaction((tx) => holds(draft, 'baan', tx));
    const siteId = siteIdOf(isoId, PERIOD, 'baan');
    const [last, ...others] = drafts(8);
    await Promise.all(others.map((draft) => insist((tx) => releaseSite(siteId, draft, tx))));
    expect(await holdersOf('baan')).toEqual([last]);
    await Promise.all([last ?? '', 'nobody'].map((draft) => insist((tx) => releaseSite(siteId, draft, tx))));
    expect(await used()).toBe(0);
  });

  it('lose nobody where one lets go while the other takes hold', async () => {
    for (let round = 0; round < 10; round += 1) {
      const shop = `shop${round}`;
      const siteId = await inTransaction((tx) => holds('nok', shop, tx));
      await Promise.all([
        insist((tx) => releaseSite(siteId, 'nok', tx)),
        insist(async (tx) => await holds('lek', shop, tx)),
      ]);
      expect(await holdersOf(shop)).toEqual(['lek']);
    }
    expect(await used()).toBe(10);
  });

  it('that two promoters swap at once are held by one each', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [`a${round}`, `b${round}`];
      const [siteA, siteB] = [
        await inTransaction((tx) => holds('nok', a, tx)),
        await inTransaction((tx) => holds('lek', b, tx)),
      ];
      const moves = (draft: string, from: string, to: string) =>
        insist(async (tx) => {
          await releaseSite(from, draft, tx);
          await holds(draft, to, tx);
        });
      await Promise.all([moves('nok', siteA, b), moves('lek', siteB, a)]);
      expect([await holdersOf(a), await holdersOf(b)]).toEqual([['lek'], ['nok']]);
    }
    expect(await used()).toBe(20);
  });

  it('stay once submitted, whoever lets go meanwhile, and the first submission stands', async () => {
    for (const draft of ['nok', 'lek']) await inTransaction((tx) => holds(draft, 'baan', tx));
    const siteId = siteIdOf(isoId, PERIOD, 'baan');
    const submits = (itemRef: string, isOver: boolean) =>
      insist(async (tx) => {
        const held = await findSite(siteId, tx);
        if (held !== undefined) await noteSubmitted(held, { itemRef, submittedAt: NOW, isOver }, tx);
      });
    await Promise.all([submits('first', true), insist((tx) => releaseSite(siteId, 'lek', tx))]);
    await insist((tx) => releaseSite(siteId, 'nok', tx));
    await submits('second', false);
    expect(await findSite(siteId)).toMatchObject({ itemRef: 'first', over: true, draftIds: [] });
    expect(await used()).toBe(1);
    expect(await sitesOver(isoId, NOW - 1)).toMatchObject([{ siteId }]);
    expect(await sitesOver(isoId, NOW)).toEqual([]);
  });

  it('are counted by who came first, and forgotten a batch at a time, the oldest first', async () => {
    for (let number = 1; number <= 4; number += 1)
      await inTransaction((tx) => addSite({ ...site(`s${isoId}${number}`, ['nok'], number), at: number }, tx));
    expect(await countSites({ isoId, period: PERIOD, before: 3 })).toBe(2);
    expect(await countSites({ isoId, period: '2026-12' })).toBe(0);
    expect(await forgetSites(4, 2)).toBe(2);
    expect(await used()).toBe(2);
    expect(await forgetSites(4, 10)).toBe(1);
    expect(await used()).toBe(1);
  });
});
