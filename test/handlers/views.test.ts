import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { loadCard } from '../../handlers/views.ts';
import { addCard, type Card, findCard } from '../../models/cards.ts';
import { meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);

/** A card whose row names a view as some version of the product did. */
async function cardNamed(view: string): Promise<Card> {
  const card = { outTrackId: view, kind: 'working', view: 'menu', viewer: 'nok', line: undefined, at: 0 } as const;
  await inTransaction((tx) => addCard({ ...card, subject: { kind: 'person', id: 'nok' } }, tx));
  await mongoose.connection.collection<{ _id: string }>('cards').updateOne({ _id: view }, { $set: { view } });
  const found = await findCard(view);
  if (found === undefined) throw new Error(`no card ${view}`);
  return found;
}

it('a card of a view that this version does not know says that it is done', async () => {
  const nok = await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
  const old = await loadCard(await cardNamed('festival-lottery'), nok, 0);
  expect(old).toEqual({ name: 'notice', model: { kind: 'oldCard' }, version: 0 });
});
