import { MovableClock } from '@field/kit/clock';
import { onTestFinished } from 'vitest';
import type { StreamHandlers } from '../../src/dingtalk/frame-receiver.ts';
import { type Stream, type StreamOptions, startStream } from '../../src/dingtalk/stream.ts';
import type { OrganisationEvent } from '../../src/platform/event.ts';
import type { MessageUpdate, TapUpdate } from '../../src/platform/update.ts';
import { type LogLines, logLines } from '../support/log-lines.ts';
import { RawGateway } from '../support/raw-gateway.ts';

export const SECRET = 'the-app-secret-of-this-test';

export interface Peer {
  readonly gateway: RawGateway;
  readonly stream: Stream;
  readonly lines: LogLines;
  readonly messages: MessageUpdate[];
  readonly taps: TapUpdate[];
  readonly events: OrganisationEvent[];
}

/** A bot that only notes what it gets, connected to a peer that does what the test tells it. */
export async function connectedPeer(
  handlers: Partial<StreamHandlers> = {},
  options: Partial<StreamOptions> = {},
): Promise<Peer> {
  const gateway = await new RawGateway().listen();
  const peer = startPeer(gateway, handlers, options);
  await peer.stream.ready(5_000);
  await gateway.until(() => gateway.sockets.length > 0);
  return peer;
}

/** The same, without waiting for the connection. */
export function startPeer(
  gateway: RawGateway,
  handlers: Partial<StreamHandlers> = {},
  options: Partial<StreamOptions> = {},
): Peer {
  const lines = logLines();
  const noted = { messages: [] as MessageUpdate[], taps: [] as TapUpdate[], events: [] as OrganisationEvent[] };
  const stream = startStream({
    clientId: 'app-1',
    clientSecret: SECRET,
    apiBase: gateway.base,
    connections: 1,
    random: () => 0.5,
    clock: new MovableClock(),
    log: lines.log,
    handlers: {
      message: async (update, trace, reply) => {
        noted.messages.push(update);
        gateway.changed();
        await handlers.message?.(update, trace, reply);
      },
      tap: async (update, trace) => {
        noted.taps.push(update);
        gateway.changed();
        return (await handlers.tap?.(update, trace)) ?? {};
      },
      event: async (update, trace) => {
        noted.events.push(update);
        gateway.changed();
        await handlers.event?.(update, trace);
      },
    },
    ...options,
  });
  onTestFinished(async () => {
    await stream.close();
    await gateway.close();
  });
  return { gateway, stream, lines, ...noted };
}

/** Something a test opens by hand. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
