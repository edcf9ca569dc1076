import { DAY_MS } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import {
  countWebhooks,
  findWebhook,
  replayWebhook,
  replayWebhooksOf,
  replayWebhooksSince,
  type StoredWebhook,
  skipWebhook,
  webhooksInState,
  webhooksOfItem,
} from '../../../models/webhook-events.ts';
import { type CommandGroup, command, OP } from '../command.ts';
import { howMany } from '../how-many.ts';

const STATES = ['waiting', 'sent', 'skipped'] as const;
const MOST_LISTED = 100;

const EVENT_ID = {
  called: 'eventId',
  what: `the event, as ${OP} webhooks list names it (webhook-id)`,
  schema: z.string().min(1, 'is empty: write the id of an event.'),
};
const ITEM_REF = {
  called: 'itemRef',
  what: 'the item, as hand-over files name it',
  schema: z.string().min(1, 'is empty: write the itemRef of an item.'),
};
const TIME = {
  called: 'time',
  what: 'from when on, as 2026-05-04T00:00:00Z',
  schema: z.iso
    .datetime({ offset: true, error: 'must be a time with its zone, as 2026-05-04T00:00:00Z or …+08:00.' })
    .transform((time) => Date.parse(time)),
};

const list = command({
  name: 'list',
  what: 'lists what waits for the receiver of webhooks, or what was sent or skipped since yesterday, the oldest first',
  takes: {},
  options: {
    state: {
      called: 'state',
      what: `${STATES.join(', ')}; waiting unless it is said`,
      schema: z.enum(STATES, `must be one of ${STATES.join(', ')}.`).default('waiting'),
    },
    since: { ...TIME, what: 'from when on, as 2026-05-04T00:00:00Z', schema: TIME.schema.optional() },
    item: { ...ITEM_REF, what: 'all of one item, whatever its state', schema: ITEM_REF.schema.optional() },
  },
  run: (asked, { onStore, now }) =>
    onStore(async () => {
      const state = storedState(asked.state);
      const since = asked.since ?? (state === 'WAITING' ? 0 : now() - DAY_MS);
      const listed = { since, most: MOST_LISTED };
      const rows = asked.item === undefined ? await webhooksInState(state, listed) : await webhooksOfItem(asked.item);
      const [waiting, sent, skipped] = await Promise.all(STATES.map((each) => countWebhooks(storedState(each))));
      return { events: rows.map(lineOf), counts: { waiting, sent, skipped } };
    }),
  say({ events, counts: { waiting, sent, skipped } }) {
    const lines = events.map(({ eventId, type, itemRef, revision, state, at, tries, answered }) =>
      [
        `${at}  ${eventId}  ${type} ${itemRef}#${revision}`,
        state,
        tries > 0 ? howMany(tries, 'try', 'tries') : '',
        answered ?? '',
      ]
        .filter((part) => part !== '')
        .join('  '),
    );
    return [...lines, `${waiting} waiting, ${sent} sent, ${skipped} skipped.`].join('\n');
  },
});

const show = command({
  name: 'show',
  what: 'shows an event: how it stands, and what is sent',
  takes: { eventId: EVENT_ID },
  options: {},
  run: ({ eventId }, { onStore }) =>
    onStore(async () => {
      const event = await findWebhook(eventId);
      if (event === undefined) throw unknown(eventId);
      const body: unknown = JSON.parse(event.body);
      return { ...lineOf(event), dueAt: timeOf(event.dueAt), sentAt: event.sentAt && timeOf(event.sentAt), body };
    }),
  say({ body, ...event }) {
    const facts = Object.entries(event).filter(([, value]) => value !== undefined);
    return [...facts.map(([name, value]) => `${name}: ${value}`), JSON.stringify(body, null, 2)].join('\n');
  },
});

const replayEvent = command({
  name: 'event',
  what: 'sends an event again, under its id; one that waits is tried at once',
  takes: { eventId: EVENT_ID },
  options: {},
  run: ({ eventId }, { onStore }) =>
    onStore(async () => {
      if (!(await replayWebhook(eventId))) throw unknown(eventId);
      return { eventId };
    }),
  say: ({ eventId }) => `${eventId} is sent again.`,
});

const replayItem = command({
  name: 'item',
  what: 'sends all of an item again, in its order, but for what was skipped',
  takes: { itemRef: ITEM_REF },
  options: {},
  run: ({ itemRef }, { onStore }) => onStore(async () => ({ events: await replayWebhooksOf(itemRef) })),
  say: sayReplayed,
});

const replaySince = command({
  name: 'since',
  what: 'sends all again that happened from a time on and was sent, each item in its order',
  takes: { time: TIME },
  options: {},
  run: ({ time }, { onStore, now }) => onStore(async () => ({ events: await replayWebhooksSince(time, now()) })),
  say: sayReplayed,
});

const skip = command({
  name: 'skip',
  what: 'never sends an event that the receiver cannot take; what waits behind it of its item goes on',
  takes: { eventId: EVENT_ID },
  options: {},
  run: ({ eventId }, { onStore }) =>
    onStore(async () => {
      if (!(await skipWebhook(eventId))) throw unknown(eventId, `${eventId} waits`);
      return { eventId };
    }),
  say: ({ eventId }) => `${eventId} is not sent.`,
});

export const webhooks: CommandGroup = {
  name: 'webhooks',
  what: 'what the receiver of webhooks is told',
  commands: [
    list,
    show,
    { name: 'replay', what: 'sends again what was sent', commands: [replayEvent, replayItem, replaySince] },
    skip,
  ],
};

function lineOf({ eventId, type, itemRef, isoId, revision, state, at, tries, answered }: StoredWebhook) {
  return { eventId, type, itemRef, revision, isoId, state: state.toLowerCase(), at: timeOf(at), tries, answered };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}

function storedState(state: (typeof STATES)[number]): StoredWebhook['state'] {
  return ({ waiting: 'WAITING', sent: 'SENT', skipped: 'SKIPPED' } as const)[state];
}

function sayReplayed({ events }: { readonly events: number }): string {
  return events === 0 ? 'Nothing of that was sent.' : `${events} are sent again.`;
}

function unknown(eventId: string, which = eventId): AppError {
  return new AppError('webhook.unknown', { eventId, say: `No such event ${which}. See: ${OP} webhooks list` });
}
