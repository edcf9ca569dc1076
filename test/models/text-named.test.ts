import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { addAppeal, findAppeal } from '../../models/appeals.ts';
import { addCard, findCard } from '../../models/cards.ts';
import { addToOutbox, claimSend } from '../../models/outbox.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from './store.ts';

useModels(undefined);

const NOW = 1_800_000_000_000;
const GONE = { key: 'line.gone' };
const OLD = { key: 'notice.oldCard' };
/** A text of another version of the product, with the values that it took. */
const OTHER = { key: 'line.festival', args: { shop: 'Baan' } };

/** Puts into a row what this version would not write. */
async function plant(collection: string, id: string, fields: Record<string, unknown>): Promise<void> {
  const { matchedCount } = await mongoose.connection
    .collection<{ _id: string }>(collection)
    .updateOne({ _id: id }, { $set: fields });
  expect(matchedCount).toBe(1);
}

it('a card reads lines that this version does not know as ones that it knows', async () => {
  const line = { key: 'line.taskExpired', args: { shop: 'Baan' } } as const;
  const card = { outTrackId: 'c1', kind: 'line', view: 'line', viewer: 'nok', line, at: 0 } as const;
  await inTransaction((tx) => addCard({ ...card, subject: { kind: 'person', id: 'nok' } }, tx));
  expect((await findCard('c1'))?.line).toEqual(line);
  await plant('cards', 'c1', { line: OTHER, folded: OTHER });
  expect(await findCard('c1')).toMatchObject({ line: OLD, folded: { key: 'folded.continued' } });
  expect((await findCard('c1'))?.line).toEqual(OLD);
});

it('so does the pending move of a card', async () => {
  await inTransaction(async (tx) => {
    await meetPerson('nok', 'Nok', tx);
    await changePerson('nok', { move: { dueAt: NOW, since: NOW, id: 'm1', photos: 0 } }, tx);
  });
  await plant('peoples', 'nok', { 'move.line': OTHER, 'move.belowForm': OTHER });
  expect((await findPerson('nok'))?.move).toMatchObject({ id: 'm1', line: GONE, belowForm: GONE });
});

it('so does a delivery that folds a card', async () => {
  const folds = { outTrackId: 'c1', line: { key: 'folded.continued' } } as const;
  await inTransaction((tx) =>
    addToOutbox({ intent: 'i1', outTrackId: 'c2', folds, priority: 'answer', dueAt: NOW }, tx),
  );
  await plant('outbox', 'i1', { 'folds.line': OTHER });
  expect(await claimSend('token', NOW, NOW)).toMatchObject({ folds });
});

it('so does the note of an appeal', async () => {
  const about = { itemRef: 'i', isoId: 'iso', userId: 'nok', againstRevision: 1, againstReasonCodes: [], programme: 1 };
  await inTransaction((tx) => addAppeal({ appealId: 'a1', ...about, startedAt: NOW }, tx));
  await plant('appeals', 'a1', { note: OTHER.key });
  expect((await findAppeal('a1'))?.note).toBe('note.photoUnreadable');
});

it('a kind of subject that this version does not know is one that nothing is done to', async () => {
  const festival = { kind: 'festival', id: 'f1' };
  const gone = { kind: 'gone', id: 'f1' };
  const card = { outTrackId: 'c3', kind: 'working', view: 'menu', viewer: 'lek', line: undefined, at: 0 } as const;
  await inTransaction(async (tx) => {
    await addCard({ ...card, subject: { kind: 'person', id: 'lek' } }, tx);
    await meetPerson('lek', 'Lek', tx);
    await changePerson('lek', { move: { dueAt: NOW, since: NOW, id: 'm2', photos: 0 } }, tx);
  });
  await plant('cards', 'c3', { subject: festival });
  await plant('peoples', 'lek', { inHand: festival, 'move.content': { view: 'menu', subject: festival } });
  expect((await findCard('c3'))?.subject).toEqual(gone);
  expect(await findPerson('lek')).toMatchObject({
    currentWork: gone,
    move: { content: { view: 'menu', subject: gone } },
  });
});
