import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import type { Clock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { vi } from 'vitest';
import { addCard } from '../../models/cards.ts';
import { addToOutbox } from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { watchCalls } from '../../src/delivery/call-watch.ts';
import type { CardImages } from '../../src/delivery/card-images.ts';
import { createDelivery } from '../../src/delivery/delivery.ts';
import type { Renderer } from '../../src/delivery/renderer.ts';
import { createOpenApi } from '../../src/dingtalk/open-api.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { createInFlight, type InFlight } from '../../src/work/in-flight.ts';
import { logLines } from '../support/log-lines.ts';
import { NO_TODOS } from '../support/no-todos.ts';
import { StillClock } from '../support/still-clock.ts';
import { inOrder } from '../support/world/chat-text.ts';

export const CREATE = 'POST /v1.0/card/instances/createAndDeliver';
export const DELIVER = 'POST /v1.0/card/instances/deliver';
export const UPDATE = 'PUT /v1.0/card/instances';

/** How long what must come is looked for: a guard against waiting for ever, on which no proof rests. */
export const PATIENCE = { timeout: 250_000, interval: 20 };

/** Draws a card as the view and the version that it should show. */
export const plain: Renderer = {
  async render(card) {
    const title = card.folded === undefined ? `${card.view} ${card.wanted}` : 'folded';
    const drawn = { params: { title }, preview: title, alert: title, version: card.wanted, hash: title, payer: 'iso' };
    return { ...drawn, formOpen: false, redrawAt: undefined, soon: [] };
  },
  working: async () => ({}),
  withoutWords: async () => ({ title: 'Not shown' }),
  othersCard: async () => ({}),
};

/** What cards are drawn with, and what that is made of. */
interface Drawing {
  readonly renderer: Renderer;
  readonly images: Pick<CardImages, 'prepare'>;
}
export interface Services {
  readonly platform: Platform;
  readonly clock: Clock;
  readonly log: Logger;
  readonly inFlight: InFlight;
}
const withoutPictures: Drawing = { renderer: plain, images: { prepare: () => undefined } };

/** Delivery as the product runs it, on a sandbox of its own; its calendar is moved by hand. The models must be connected. */
export async function aDelivery(drawing: (services: Services) => Drawing = () => withoutPictures) {
  const sandbox = await aSandbox({ clock: new StillClock() });
  const { clock } = sandbox;
  const { log, text } = logLines();
  const api = createOpenApi({
    clientId: 'demo-client',
    clientSecret: 'demo-secret',
    robotCode: 'demo-client',
    templateId: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema',
    apiBase: sandbox.url,
    oapiBase: sandbox.url,
    clock,
    log,
  });
  const inFlight = createInFlight();
  const random = (): number => 0;
  const platform = watchCalls(api, { clock, log, random, lifted: () => delivery.wake() });
  const filesOf = () => Promise.reject(new Error('a list was asked for'));
  const said = { recorded: () => undefined, picturesHurried: () => undefined };
  const services = { platform, clock, log, inFlight, ...said, filesOf, ...NO_TODOS };
  const delivery = createDelivery({ ...services, ...drawing(services), ids: systemIds, random });

  const fault = (kind: string, more: object = {}) =>
    sandbox.control('POST', '/faults', { kind, times: 1, ...more }).then(({ status }) => {
      if (status >= 300) throw new Error(`no fault ${kind}`);
    });
  /** How often each path was called. */
  const calls = async (): Promise<Record<string, number>> =>
    (await sandbox.control<{ apiCalls: { byPath: Record<string, number> } }>('GET', '/stats')).body.apiCalls.byPath;
  /** Cards in the chat of `staff1`, from top to bottom. */
  const chat = async (): Promise<string[]> => {
    const { body } = await sandbox.control<Entry[]>('GET', '/conversations/staff1?viewer=staff1');
    return inOrder(body).flatMap(({ outTrackId }) => outTrackId ?? []);
  };
  const shown = async (outTrackId: string): Promise<unknown> => {
    const { body } = await sandbox.control<{ data: { title: string } }>('GET', `/cards/${outTrackId}?viewer=staff1`);
    return body.data?.title;
  };
  /** A new card and its delivery, in one transaction as a handler's effects do it. */
  const send = async (
    outTrackId: string,
    { folds, viewer = 'staff1', about = viewer }: { folds?: string; viewer?: string; about?: string } = {},
  ): Promise<void> => {
    await inTransaction(async (tx) => {
      const fold =
        folds === undefined ? undefined : ({ outTrackId: folds, line: { key: 'folded.continued' } } as const);
      const subject = { kind: 'person', id: about } as const;
      await addToOutbox(
        { intent: outTrackId, outTrackId, to: viewer, folds: fold, priority: 'answer', dueAt: clock.now() },
        tx,
      );
      await addCard({ outTrackId, kind: 'working', view: 'menu', subject, viewer, line: undefined, at: 0 }, tx);
    });
    delivery.wake();
  };
  /** Waits until nothing runs any more; what waits for its time stays. */
  const rest = async (): Promise<void> => {
    await vi.waitFor(() => {
      if (inFlight.left().length > 0) throw new Error(inFlight.left().join());
    }, PATIENCE);
  };
  /** Moves the calendar and waits for what became due. */
  const later = async (ms: number): Promise<void> => {
    clock.moveTo(clock.now() + ms);
    await rest();
  };
  /** Waits until nothing is pending any more, retries and the redraw after a quiet time included: meanwhile the calendar goes on. */
  const untilDelivered = async (): Promise<void> => {
    await vi.waitFor(async () => {
      clock.moveTo(clock.now() + PATIENCE.interval);
      const left = [...inFlight.left(), ...(await delivery.left())];
      if (left.length > 0) throw new Error(left.join());
    }, PATIENCE);
  };
  return { ...services, sandbox, delivery, untilDelivered, fault, calls, chat, shown, send, rest, later, logged: text };
}
