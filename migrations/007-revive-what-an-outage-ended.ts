import { present } from '@field/kit/present';
import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface OutboxRow {
  readonly _id: string;
  readonly state: string;
  readonly outTrackId?: string;
  readonly error?: string;
  readonly dueAt: number;
}

interface Card {
  readonly _id: string;
  readonly kind: string;
  readonly view: string;
  readonly viewer: string;
  readonly folded?: object;
}

interface Collections {
  readonly outbox: mongoose.mongo.Collection<OutboxRow>;
  readonly cards: mongoose.mongo.Collection<Card>;
  readonly people: mongoose.mongo.Collection<{ readonly _id: string; readonly workingCard?: string }>;
}

const AT_ONCE = 200;
/** What may work later; the releases before gave it up after twelve tries. */
const MAY_WORK = [
  'dingtalk.unreachable',
  'dingtalk.busy',
  'dingtalk.failed',
  'dingtalk.tokenExpired',
  'dingtalk.undelivered',
  'store.transient',
  'subject.lostRace',
  'bug.unexpected',
];
/** Of these only the newest of a chat is wanted. */
const ONE_AFTER_ANOTHER = ['review.day', 'digest'];

/**
 * An outage of DingTalk of some minutes made dead letters of what could not be sent. What of it is still wanted is pending again; what
 * something newer says is dropped. What waits has the name of whom it is for, which a row without it lacks: it is sent all the same,
 * as those are that the release before still writes.
 */
export const reviveWhatAnOutageEnded: Migration = {
  id: 7,
  name: 'revive-what-an-outage-ended',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const all: Collections = {
      outbox: db.collection('outbox'),
      cards: db.collection('cards'),
      people: db.collection('peoples'),
    };
    for (let last = checkpoint; ; ) {
      const open = { _id: { $gt: last }, state: { $in: ['PENDING', 'DEAD'] } };
      const batch = await all.outbox.find(open).sort({ _id: 1 }).limit(AT_ONCE).toArray();
      for (const row of batch) await mend(row, all);
      const next = batch.at(-1)?._id;
      if (next === undefined) return;
      last = next;
      await reached(last);
    }
  },
};

async function mend(row: OutboxRow, all: Collections): Promise<void> {
  const { _id, state, error = '', outTrackId } = row;
  const card = outTrackId === undefined ? undefined : await all.cards.findOne({ _id: outTrackId });
  const series = card && ONE_AFTER_ANOTHER.includes(card.view) ? `${card.view}/${card.viewer}` : undefined;
  const named = present({ to: card?.viewer, series });
  const isDead = state === 'DEAD';
  if (!isDead || !MAY_WORK.includes(error)) {
    const change = present({ ...named, deadAt: isDead ? row.dueAt : undefined });
    if (Object.keys(change).length > 0) await all.outbox.updateOne({ _id, state }, { $set: change });
    return;
  }
  const why = outTrackId === undefined ? undefined : await whyNotWanted(row, card ?? undefined, all);
  const now = why === undefined ? { state: 'PENDING', tries: 0, leaseUntil: 0 } : { state: 'DROPPED', error: why };
  await all.outbox.updateOne({ _id, state }, { $set: { ...named, ...now } });
}

async function whyNotWanted(row: OutboxRow, card: Card | undefined, all: Collections): Promise<string | undefined> {
  if (card === undefined) return 'gone';
  if (card.folded !== undefined) return 'overtaken';
  if (card.kind === 'line') return 'late';
  const { view, viewer } = card;
  if (card.kind === 'working') {
    const person = await all.people.findOne({ _id: viewer });
    return person?.workingCard === card._id ? undefined : 'overtaken';
  }
  if (!ONE_AFTER_ANOTHER.includes(view)) return undefined;
  const others = await all.cards.find({ view, viewer }).project<{ _id: string }>({ _id: 1 }).toArray();
  const names = others.map(({ _id }) => _id);
  const newer = await all.outbox.findOne({ _id: { $in: names }, dueAt: { $gt: row.dueAt } });
  return newer === null ? undefined : 'overtaken';
}
