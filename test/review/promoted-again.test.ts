import { expect, it } from 'vitest';
import { lapseItems } from '../../handlers/review/lapse-items.ts';
import { findAppeal } from '../../models/appeals.ts';
import { changeItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { onAppeal, onItem, tap } from './thumb.ts';

useModels(undefined);

/** A store that has failed, and somebody promotes the shop again: revision 2 is under review. */
async function promotedAgain(storeId: string, by: string): Promise<void> {
  const item = await itemOf(storeId);
  const again = { state: 'PENDING', revision: 2, staffId: by, deadlineAt: null } as const;
  await inTransaction((tx) => changeItem(item, again, tx));
}

const lapse = () => lapseItems(new StillClock(NOW), () => undefined).run(NOW);

it.each(['nok', 'lek'])('an appeal that nobody sent ends when %s promotes the shop again', async (by) => {
  const storeId = `unsent-${by}`;
  for (const userId of ['nok', 'lek']) await hire(userId);
  await submitShop('nok', storeId, { spots: 1 });
  await decide(storeId, 'REJECTED');
  await tap('review.appeal', await onItem(storeId));
  const { appealId } = await onAppeal(storeId);
  await promotedAgain(storeId, by);
  await lapse();
  expect((await findAppeal(appealId))?.state).toBe('EXPIRED');
  expect(await itemOf(storeId)).toMatchObject({ state: 'PENDING', revision: 2 });
});

it('of two appeals the older answers for what it was against: to withdraw it leaves the newer one alone', async () => {
  await hire('nok');
  await submitShop('nok', 'twice', { spots: 1 });
  await decide('twice', 'REJECTED');
  await tap('review.appeal', await onItem('twice'));
  const why = await onAppeal('twice');
  await tap('review.appealSay', { params: { ...why.params, form: { why: 'It is fixed.' } } });
  await tap('review.sendAppeal', await onAppeal('twice'));
  const { appealId, ...older } = await onAppeal('twice');
  await promotedAgain('twice', 'nok');
  await decide('twice', 'REJECTED');
  await tap('review.appeal', { ...(await onItem('twice')), at: NOW + 1 });
  expect(await tap('review.withdraw', older)).toBe('review.item item.cannotNow');
  expect((await findAppeal(appealId))?.state).toBe('FILED');
  expect((await itemOf('twice')).state).toBe('APPEALING');
});
