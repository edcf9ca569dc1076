import type { ViewName } from '../cards/views.ts';
import type { Subject } from '../src/platform/subject.ts';
import { Cards, findCard } from './cards.ts';
import { Outbox } from './outbox.ts';

/**
 * What is given up, since DingTalk does not take it, or `failing` for a reason of ours, which is tried on: a card that was never sent, one
 * that shows something else than it should (`redraw`), or a job for the contacts or a chat.
 */
export interface DeadLetter {
  readonly id: string;
  readonly what: 'card' | 'redraw' | 'invitation' | 'lookup' | 'file' | 'todo';
  readonly failing: boolean;
  /** Of a card. */
  readonly view?: ViewName | undefined;
  /** What it is about; for a job the request or the userId. */
  readonly about: Subject | string;
  /** A userId, or a group's conversation. */
  readonly to?: string | undefined;
  /** By `clock.now()`. */
  readonly since: number;
  /** Our name of the failure, and DingTalk's. */
  readonly why: string;
  readonly answered?: string | undefined;
}

const SENDS = ['intent', 'outTrackId', 'job', 'to', 'state', 'error', 'answered', 'deadAt', 'dueAt'] as const;
const DEAD = { state: 'DEAD' } as const;
const FAILING = { state: 'PENDING', error: 'bug.unexpected' } as const;

/** All of them, the newest first. */
export async function deadLetters(): Promise<readonly DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const row of [...(await Outbox.find(DEAD, { only: SENDS })), ...(await Outbox.find(FAILING, { only: SENDS }))]) {
    const { intent: id, job, to, deadAt, dueAt, error: why = '', answered } = row;
    const known = { id, failing: row.state === 'PENDING', to, since: deadAt ?? dueAt, why, answered };
    if (job !== undefined) letters.push({ ...known, what: job.kind, about: job.id });
    const card = row.outTrackId === undefined ? undefined : await findCard(row.outTrackId);
    if (card !== undefined)
      letters.push({ ...known, what: 'card', view: card.view, about: card.subject, to: card.viewer });
  }
  for (const card of await refusedCards()) {
    const { outTrackId: id, view, subject: about, viewer: to, refused } = card;
    if (refused === undefined) continue;
    const { at: since, error: why, answered } = refused;
    letters.push({ id, what: 'redraw', failing: false, view, about, to, since, why, answered });
  }
  return letters.sort((one, other) => other.since - one.since);
}

/** How many there are, and why the newest of those that are dead is. */
export async function countDead(): Promise<{ readonly count: number; readonly newest?: string | undefined }> {
  const [dead, failing] = [await Outbox.count(DEAD), await Outbox.count(FAILING)];
  const refused = await refusedCards();
  const count = dead + failing + refused.length;
  if (count === 0) return { count };
  const [send] = await Outbox.find(DEAD, { only: ['error', 'answered', 'deadAt'], sort: { deadAt: -1 }, limit: 1 });
  const put = refused.map((card) => card.refused).reduce((a, b) => ((b?.at ?? 0) > (a?.at ?? 0) ? b : a), undefined);
  const newest = (put?.at ?? 0) > (send?.deadAt ?? 0) ? put : (send ?? put);
  return {
    count,
    newest: newest === undefined ? FAILING.error : [newest.error, newest.answered].filter(Boolean).join(' '),
  };
}

/** Tries one once more; answers whether there is such a one. */
export async function reviveLetter(id: string): Promise<boolean> {
  const again = { state: 'PENDING', dueAt: 0, tries: 0, error: null, deadAt: null } as const;
  const send = await Outbox.update({ intent: id, ...DEAD }, { set: again });
  const bug = await Outbox.update({ intent: id, ...FAILING }, { set: again });
  const put = await Cards.update(
    { outTrackId: id, ...REFUSED },
    { set: { stale: true, quietUntil: 0, refused: null } },
  );
  return send.matchedCount + bug.matchedCount + put.matchedCount > 0;
}

/** Forgets one: it is never sent; a card that is in the chat stays as it is. Answers whether there was such a one. */
export async function dropLetter(id: string): Promise<boolean> {
  const dropped = { state: 'DROPPED', error: 'byOperator', waitsFor: null } as const;
  const send = await Outbox.update({ intent: id, ...DEAD }, { set: dropped });
  const bug = await Outbox.update({ intent: id, ...FAILING }, { set: dropped });
  const put = await Cards.update({ outTrackId: id, ...REFUSED }, { set: { refused: null } });
  return send.matchedCount + bug.matchedCount + put.matchedCount > 0;
}

const REFUSED = { 'refused.at': { $exists: true } } as const;

async function refusedCards() {
  return await Cards.find(REFUSED, { only: ['outTrackId', 'view', 'subject', 'viewer', 'refused'] });
}
