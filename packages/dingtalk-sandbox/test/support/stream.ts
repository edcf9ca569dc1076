import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { TestSandbox } from './sandbox.ts';

export interface SeenFrame {
  readonly type: string;
  readonly headers: Record<string, string>;
  readonly data: Record<string, unknown>;
}

type Answer = { code?: number | undefined; data: unknown } | undefined;

const ALL = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
  { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
];

/**
 * A bare Stream client that answers frames as `answer` says (undefined: not at all), to test what no well-behaved SDK does.
 */
export async function aStream(
  sandbox: Pick<TestSandbox, 'ask'>,
  answer: (frame: SeenFrame) => Answer | Promise<Answer> = () => ({ data: { response: null } }),
  options: {
    subscriptions?: { type: string; topic: string }[] | undefined;
    clientId?: string | undefined;
    clientSecret?: string | undefined;
  } = {},
) {
  const { clientId = 'demo-client', clientSecret = 'demo-secret', subscriptions = ALL } = options;
  const opened = await sandbox.ask('POST', '/v1.0/gateway/connections/open', { clientId, clientSecret, subscriptions });
  const socket = new WebSocket(`${opened.body.endpoint}?ticket=${opened.body.ticket}`);
  const frames: SeenFrame[] = [];
  const listeners = new Set<() => void>();
  socket.on('message', async (raw: Buffer) => {
    const frame = JSON.parse(raw.toString()) as { type: string; headers: Record<string, string>; data: string };
    const seen = { ...frame, data: JSON.parse(frame.data) as Record<string, unknown> };
    if (frame.headers.topic === 'ping') return;
    frames.push(seen);
    for (const listener of listeners) listener();
    const given = await answer(seen);
    if (given === undefined) return;
    const headers = { contentType: 'application/json', messageId: frame.headers.messageId };
    socket.send(JSON.stringify({ code: given.code ?? 200, headers, message: 'OK', data: JSON.stringify(given.data) }));
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('error', reject);
  });
  onTestFinished(() => socket.terminate());
  /** Waits until so many frames have come. */
  const received = (count: number): Promise<SeenFrame[]> =>
    new Promise((resolve) => {
      const look = () => {
        if (frames.length < count) return;
        listeners.delete(look);
        resolve(frames);
      };
      listeners.add(look);
      look();
    });
  return { socket, frames, received, closed };
}
