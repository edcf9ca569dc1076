import { derivedId } from '@field/kit/ids';
import { describe, expect, it } from 'vitest';
import { imageKey } from '../../cards/params.ts';
import { translator } from '../../cards/text.ts';
import { render } from '../../cards/views.ts';
import { loadItem } from '../../handlers/review/load-item.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { addAppeal, changeAppeal, findAppeal } from '../../models/appeals.ts';
import { type Card, findCard } from '../../models/cards.ts';
import { changeItem, findItem } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { DATA_DATE, decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';

const tellStaff = createTellStaff(new StillClock(NOW), { timeZone: 'Asia/Shanghai', draftsDays: 180 });
const tell = (userId: string, dataDate = DATA_DATE) => tellStaff({ userId, isoId: 'iso', dataDate });
const cardOf = (...intent: string[]): Promise<Card | undefined> => findCard(derivedId('record', derivedId(...intent)));

async function drawn(card: Card | undefined, now = NOW) {
  const viewer = card && (await findPerson(card.viewer));
  if (!card || !viewer) throw new Error('no such card');
  return await loadCard(card, viewer, now);
}

describe('the results of a day', () => {
  useModels(process.env.REALDB_URI);

  it('are one card with that day’s decisions and what was sent by then and waits', async () => {
    await hire('nok');
    await submitShop('nok', 'coffee', { spots: 3 });
    await decide('coffee', 'APPROVED');
    await decide('coffee-1', 'APPROVED');
    await decide('coffee-2', 'APPROVED');
    await decide('coffee-2.posm', 'REJECTED');
    await tell('nok');
    const { model } = await drawn(await cardOf('resultDay', 'nok', DATA_DATE));
    expect(model).toMatchObject({
      stores: { promoted: 1, approved: 1, failed: 0, inReview: 0 },
      spots: { promoted: 3, approved: 1, failed: 1, inReview: 1 },
      failure: { itemRef: 'coffee-2.posm', reason: { code: 'SPOT_NOT_FIXED' } },
    });
  });

  it('have the picture ready that the card of the failure shows, so that a tap brings it at once', async () => {
    await hire('pia');
    await submitShop('pia', 'ready', { spots: 1 });
    await decide('ready-1', 'REJECTED', { reasons: ['SPOT_PHOTO_BLURRY'] });
    await tell('pia');
    const { soon } = await drawn(await cardOf('resultDay', 'pia', DATA_DATE));
    const pia = await findPerson('pia');
    if (pia === undefined) throw new Error('nobody is pia');
    const { name, model } = await loadItem('ready-1', pia, NOW);
    const { images = [] } = render(name, model as never, translator('en'));
    expect(images.map(imageKey)).toEqual([expect.stringMatching(/^sheet:.*~closeup$/)]);
    expect(soon?.map(imageKey)).toEqual(images.map(imageKey));
  });

  it('told again are the same card; another file of that day changes what it says (domain A.12-7)', async () => {
    const before = await cardOf('resultDay', 'nok', DATA_DATE);
    await tell('nok');
    await decide('coffee-3', 'REJECTED');
    await Promise.all([tell('nok'), tell('nok'), tell('nok')]);
    const after = await cardOf('resultDay', 'nok', DATA_DATE);
    expect(after?.wanted).toBeGreaterThan(before?.wanted ?? 0);
    expect((await drawn(after)).model).toMatchObject({ spots: { promoted: 3, approved: 1, failed: 2, inReview: 0 } });
  });

  it('of a day long past stay as they were told; the failure is as it stands now', async () => {
    await decide('coffee-2.posm', 'APPROVED', { dataDate: '20261124' });
    const card = await cardOf('resultDay', 'nok', DATA_DATE);
    expect((await drawn(card)).model).toMatchObject({ spots: { failed: 2 }, failure: { itemRef: 'coffee-3' } });
    const { model } = await drawn(card, NOW + 4 * 86_400_000);
    expect(model).toMatchObject({ spots: { failed: 2 }, failure: undefined });
  });

  it('tell what was sent again from what was promoted', async () => {
    await hire('mai');
    await submitShop('mai', 'tea', { spots: 2 });
    await inTransaction(async (tx) => {
      const item = await findItem('tea-2', tx);
      if (item === undefined) throw new Error('no item');
      await changeItem(item, { revision: 2 }, tx);
    });
    for (const itemRef of ['tea', 'tea-1', 'tea-1.posm', 'tea-2', 'tea-2.posm']) await decide(itemRef, 'APPROVED');
    await tell('mai');
    const { name, model } = await drawn(await cardOf('resultDay', 'mai', DATA_DATE));
    expect(model).toMatchObject({ stores: { promoted: 1, again: 0 }, spots: { promoted: 2, again: 1, approved: 2 } });
    const { body = [] } = render(name, model as never, translator('en'));
    expect(body).toContain('Spots: 1 new, 1 again, 2 approved.');
  });

  it('are nobody else’s, and go to nobody who has left the ISO', async () => {
    await hire('lek');
    const card = await cardOf('resultDay', 'nok', DATA_DATE);
    const lek = await findPerson('lek');
    if (!card || !lek) throw new Error('no card');
    expect(await loadCard(card, lek, NOW)).toMatchObject({ name: 'notice' });
    await hire('mali', 'other');
    await submitShop('mali', 'mart', { spots: 1 });
    await decide('mart', 'APPROVED');
    await tell('mali');
    expect(await cardOf('resultDay', 'mali', DATA_DATE)).toBeUndefined();
  });

  it('that decided nothing make no card', async () => {
    await tell('nok', '20261101');
    expect(await cardOf('resultDay', 'nok', '20261101')).toBeUndefined();
  });
});

describe('the answer to an appeal', () => {
  useModels(process.env.REALDB_URI);

  it('is a card of its own, once', async () => {
    await hire('nok');
    await submitShop('nok', 'coffee', { spots: 1 });
    await inTransaction((tx) =>
      addAppeal(
        {
          appealId: 'appeal',
          itemRef: 'coffee-1',
          isoId: 'iso',
          userId: 'nok',
          againstRevision: 1,
          againstReasonCodes: ['SPOT_NOT_FIXED'],
          programme: 1,
          startedAt: NOW,
        },
        tx,
      ),
    );
    await tell('nok');
    expect(await cardOf('appealAnswer', 'appeal')).toBeUndefined();
    const appeal = await findAppeal('appeal');
    if (appeal === undefined) throw new Error('no appeal');
    await inTransaction(async (tx) => {
      const filed = await changeAppeal(appeal, { state: 'FILED' }, tx);
      await changeAppeal(filed, { state: 'DENIED', decidedAt: NOW }, tx);
    });
    await Promise.all([tell('nok'), tell('nok')]);
    expect(await cardOf('appealAnswer', 'appeal')).toMatchObject({ viewer: 'nok', wanted: 1 });
  });
});
