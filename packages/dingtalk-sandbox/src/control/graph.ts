import { z } from 'zod';
import { SESSION_LIFE_MS, sessionText } from '../openapi/session.ts';
import { answerInTime } from '../push/answer-in-time.ts';
import type { Courier } from '../push/courier.ts';
import { GRAPH_TOPIC, newFrame } from '../push/frames.ts';
import type { World } from '../world/world.ts';
import { notFound, shaped } from './control-error.ts';

const graphSchema = z.strictObject({
  from: z.string(),
  app: z.string().optional(),
  method: z.string().default('POST'),
  uri: z.string().default('/'),
  body: z.record(z.string(), z.unknown()).default({}),
});

export interface GraphResult {
  readonly answered: boolean;
  readonly reason?: 'late' | 'noConnection' | 'notSubscribed' | undefined;
  readonly code?: number | undefined;
  readonly response?: unknown;
}

/** A person asks an AI assistant, and it calls the app: the frame and its answer as the SDKs have them; their chat is in the body. */
export async function invokeGraph(world: World, courier: Courier, asked: unknown): Promise<GraphResult> {
  const { from, app: clientId = world.seed.app.clientId, method, uri, body } = shaped(graphSchema, asked);
  if (world.people.find(from) === undefined) throw notFound(`person ${from}`);
  if (!world.apps.exists(clientId)) throw notFound(`app ${clientId}`);
  const session = sessionText({ conversationId: from, until: world.clock.now() + SESSION_LIFE_MS });
  const sessionWebhook = `${world.address.url}/robot/sendBySession?session=${session}`;
  const request = {
    requestLine: { method, uri },
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sessionWebhook, ...body }),
  };
  const frame = newFrame('CALLBACK', { topic: GRAPH_TOPIC }, JSON.stringify(request), world.clock.now());
  const sent = courier.put('message', clientId, from, frame);
  if (typeof sent.routed === 'string') return { answered: false, reason: sent.routed };
  return world.activity.during(`a graph call of ${from}`, async () => {
    const ack = await answerInTime(sent);
    if (ack === undefined) return { answered: false, reason: 'late' };
    return { answered: true, code: ack.code, response: json(ack.data) };
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
