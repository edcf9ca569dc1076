import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
}
interface CardRow extends Row {
  readonly folded?: object | undefined;
}
interface OutboxRow extends Row {
  readonly dueAt: number;
}

const AT_ONCE = 500;

/**
 * What is over is removed from now on: a photo says that its bytes are kept, a card since when it stands there. That of the release before
 * is known by its delivery; one that is folded counts as folded just now. A bot of that release writes neither, and what it wrote
 * meanwhile is kept until a later step.
 */
export const noteWhatIsKept: Migration = {
  id: 6,
  name: 'note-what-is-kept',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const [part, last] = checkpoint.startsWith('cards/') ? ['cards', checkpoint.slice(6)] : ['photos', checkpoint];
    const photos = db.collection<Row>('photos');
    if (part === 'photos')
      await batchByBatch(photos, {}, last, async (rows, at) => {
        await photos.updateMany({ _id: { $in: rows.map(({ _id }) => _id) } }, { $set: { stored: true } });
        await reached(at);
      });
    const cards = db.collection<CardRow>('cards');
    const outbox = db.collection<OutboxRow>('outbox');
    const [newest] = await outbox.find({}).sort({ dueAt: -1 }).limit(1).toArray();
    const unknown = { at: { $exists: false } };
    await batchByBatch(cards, unknown, part === 'cards' ? last : '', async (rows, at) => {
      const sent = await outbox.find({ _id: { $in: rows.map(({ _id }) => _id) } }).toArray();
      const due = new Map(sent.map(({ _id, dueAt }) => [_id, dueAt]));
      await cards.bulkWrite(
        rows.map(({ _id, folded }) => {
          const since = (folded === undefined ? due.get(_id) : undefined) ?? newest?.dueAt ?? 0;
          return { updateOne: { filter: { _id, ...unknown }, update: { $set: { at: since } } } };
        }),
      );
      await reached(`cards/${at}`);
    });
  },
};

async function batchByBatch<R extends Row>(
  rows: mongoose.mongo.Collection<R>,
  which: object,
  after: string,
  change: (batch: readonly R[], last: string) => Promise<void>,
): Promise<void> {
  for (let last = after; ; ) {
    const found = rows.find(Object({ ...which, _id: { $gt: last } }));
    const batch = (await found.sort({ _id: 1 }).limit(AT_ONCE).toArray()).map((row) => Object(row) as R);
    const end = batch.at(-1)?._id;
    if (end === undefined) return;
    await change(batch, end);
    last = end;
  }
}
