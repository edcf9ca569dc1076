import { derivedId } from '@field/kit/ids';
import { type WebhookEvent, type WebhookType, webhookBody } from '../src/domain/webhook-event.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

/** `SKIPPED`: an operator said that it is not to be sent. */
export type WebhookState = 'WAITING' | 'SENT' | 'SKIPPED';

const Events = collection('webhookevents', {
  /** The `webhook-id`: it follows from the event, and is the same at every try and when it is sent again. */
  id: 'eventId',
  fields: {
    type: text<WebhookType>(),
    itemRef: text(),
    isoId: text(),
    revision: number(),
    step: number(),
    /** By `clock.now()`. */
    at: number(),
    /** JSON, as it is signed and sent. */
    body: text(),
    state: text<WebhookState>(),
    /** When it is tried next, by `clock.now()`. */
    dueAt: number(),
    /** How often it failed while others got through. */
    tries: number(),
    /** What the receiver answered last, or what became of the call; absent until it was tried. */
    answered: text().optional(),
    /** When the receiver took it last, by `clock.now()`. */
    sentAt: number().optional(),
  },
  indexes: [[{ state: 1, dueAt: 1 }], [{ state: 1, at: 1 }], [{ itemRef: 1, state: 1, revision: 1, step: 1 }]],
});

export interface StoredWebhook extends RecordOf<typeof Events> {}

const WAITING = { state: 'WAITING' } as const;
/** Before everything else: an operator asks for it, however the receiver is left alone. */
const AT_ONCE_AT = 0;
/** Of those of before so many at a time. */
const A_PAGE = 500;

let isOn = false;

/** Whether anybody is told of events: else none is recorded, and nothing is asked of the store for it. Told once at the start. */
export function recordWebhooks(on: boolean): void {
  isOn = on;
}

/** Records what is to be told in the transaction that does it, in one command: so none is lost, and none tells of what never was. */
export async function addWebhookEvents(
  events: () => readonly (WebhookEvent | undefined)[],
  tx: Transaction,
): Promise<void> {
  if (!isOn) return;
  const rows = events().flatMap((event) => (event === undefined ? [] : [rowOf(event)]));
  await Events.addWithOthers(rows, tx);
}

function rowOf(event: WebhookEvent): StoredWebhook {
  const { type, itemRef, isoId, revision, step, at } = event;
  const eventId = `msg_${derivedId('webhook', type, itemRef, revision, step).slice(0, 32)}`;
  return {
    eventId,
    type,
    itemRef,
    isoId,
    revision,
    step,
    at,
    body: webhookBody(event),
    ...WAITING,
    dueAt: at,
    tries: 0,
  };
}

/** Items of which something is due, those first that waited longest. */
export async function itemsWithDueWebhooks(now: number, most: number): Promise<readonly string[]> {
  const rows = await Events.find(
    { ...WAITING, dueAt: { $lte: now } },
    { only: ['itemRef'], sort: { dueAt: 1 }, limit: most },
  );
  return [...new Set(rows.map(({ itemRef }) => itemRef))];
}

/** When something is due after that, by `clock.now()`. */
export async function nextWebhookAt(now: number): Promise<number | undefined> {
  const next = await Events.findOne({ ...WAITING, dueAt: { $gt: now } }, { only: ['dueAt'], sort: { dueAt: 1 } });
  return next?.dueAt;
}

/** The event that the receiver is to take next of this item: nothing of it goes before. */
export async function firstWaitingOf(itemRef: string): Promise<StoredWebhook | undefined> {
  return await Events.findOne({ itemRef, ...WAITING }, { sort: { revision: 1, step: 1 } });
}

/** What waits of an item waits until `dueAt` at least, as the event before it does. */
export async function waitBehind(itemRef: string, dueAt: number): Promise<void> {
  await Events.updateAll({ itemRef, ...WAITING }, { max: { dueAt } });
}

/** The receiver took it. */
export async function noteWebhookSent(
  eventId: string,
  { sentAt, answered }: { readonly sentAt: number; readonly answered: string },
): Promise<void> {
  await Events.update({ eventId, ...WAITING }, { set: { state: 'SENT', sentAt, answered } });
}

/** It waits until `dueAt`, by `clock.now()`. */
export async function noteWebhookFailed(
  eventId: string,
  failed: { readonly dueAt: number; readonly tries: number; readonly answered: string },
): Promise<void> {
  await Events.update({ eventId, ...WAITING }, { set: failed });
}

/** How many wait, and since when the oldest, by `clock.now()`. */
export async function waitingWebhooks(): Promise<{
  readonly count: number;
  readonly since?: number | undefined;
}> {
  const [count, oldest] = await Promise.all([
    Events.count(WAITING),
    Events.findOne(WAITING, { only: ['at'], sort: { at: 1 } }),
  ]);
  return { count, since: oldest?.at };
}

export async function findWebhook(eventId: string): Promise<StoredWebhook | undefined> {
  return await Events.get(eventId);
}

/** All that is kept of an item, in its order. */
export async function webhooksOfItem(itemRef: string): Promise<readonly StoredWebhook[]> {
  const rows = await Events.find({ itemRef });
  return rows.toSorted((one, other) => one.revision - other.revision || one.step - other.step);
}

/** Those in this state that happened from a time on, the oldest first, at most some. */
export async function webhooksInState(
  state: WebhookState,
  { since, most }: { readonly since: number; readonly most: number },
): Promise<readonly StoredWebhook[]> {
  return await Events.find({ state, at: { $gte: since } }, { sort: { at: 1 }, limit: most });
}

export async function countWebhooks(state: WebhookState): Promise<number> {
  return await Events.count({ state });
}

/** What waits for a later time is due now, as where a process begins. */
export async function hurryWebhooks(now: number): Promise<void> {
  await Events.updateAll({ ...WAITING, dueAt: { $gt: now } }, { set: { dueAt: now } });
}

/** Whether an operator asked for something since it was asked last; that is due now. */
export async function takeWebhooksAskedFor(now: number): Promise<boolean> {
  const asked = { ...WAITING, dueAt: { $lte: AT_ONCE_AT } } as const;
  if ((await Events.findOne(asked, { only: ['eventId'] })) === undefined) return false;
  await Events.updateAll(asked, { set: { dueAt: now } });
  return true;
}

/** Has one sent again, or tried at once where it waits; answers whether there is such a one. */
export async function replayWebhook(eventId: string): Promise<boolean> {
  const { matchedCount } = await Events.update({ eventId }, { set: { ...WAITING, dueAt: AT_ONCE_AT, tries: 0 } });
  return matchedCount > 0;
}

/** Has all of an item sent again, in its order, but for what was skipped; answers how many. */
export async function replayWebhooksOf(itemRef: string): Promise<number> {
  const sent = { itemRef, state: { $in: ['SENT', 'WAITING'] } } as const;
  const { matchedCount } = await Events.updateAll(sent, { set: { ...WAITING, dueAt: AT_ONCE_AT, tries: 0 } });
  return matchedCount;
}

/** Has all sent again that happened from then on and was sent, each item in its order, `most` at a time; answers how many. */
export async function replayWebhooksSince(since: number, now: number, most = A_PAGE): Promise<number> {
  let count = 0;
  for (let from = since; ; ) {
    const sent = { state: 'SENT', at: { $gte: from } } as const;
    const page = await Events.find(sent, { only: ['at'], sort: { at: 1 }, limit: most });
    const last = page.at(-1);
    if (last === undefined) return count;
    // all of that moment, of which the page may have the first only
    const replayed = { set: { ...WAITING, dueAt: now, tries: 0 } };
    count += (await Events.updateAll({ ...sent, at: { $gte: from, $lte: last.at } }, replayed)).matchedCount;
    from = last.at + 1;
  }
}

/** It is not to be sent: what comes after it goes on. Answers whether it waited. */
export async function skipWebhook(eventId: string): Promise<boolean> {
  const { matchedCount } = await Events.update({ eventId, ...WAITING }, { set: { state: 'SKIPPED' } });
  return matchedCount > 0;
}

/** Forgets what was recorded before this, the oldest first, some at a time and all of one moment; answers how many went. */
export async function forgetWebhooks(state: WebhookState, before: number, most: number): Promise<number> {
  const oldest = await Events.find({ state, at: { $lt: before } }, { only: ['at'], sort: { at: 1 }, limit: most });
  const last = oldest.at(-1);
  return last === undefined ? 0 : await Events.removeAll({ state, at: { $lte: last.at } });
}
