import type { DWClientDownStream } from 'dingtalk-stream';
import { z } from 'zod';
import { parseJson } from './json.ts';
import { anId, LONGEST } from './lengths.ts';

/** Headers are text, but a number in place of one is no reason to lose a frame; what is longer than any is none. */
const header = z.coerce.string().max(LONGEST.id).catch('');

const FRAME = z.object({
  specVersion: z.string().catch('1.0'),
  type: z.string(),
  headers: z.object({
    topic: anId,
    messageId: z.string().max(LONGEST.id).catch(''),
    contentType: header.default('application/json'),
    time: header.default(''),
    appId: header.default(''),
    connectionId: header.default(''),
    eventId: header.default(''),
    eventType: header.default(''),
    eventBornTime: header.default(''),
  }),
  data: z.string().catch(''),
});

/** What DingTalk pushes over the WebSocket (dingtalk 1.3). `data` is JSON text that nobody has read yet. */
export type Frame = DWClientDownStream;

/** A pushed text as a frame, or undefined when it is none: nothing that comes over the wire may throw here. */
export function readFrame(pushed: unknown): Frame | undefined {
  return FRAME.safeParse(parseJson(String(pushed))).data;
}

/** The answer to a frame as it goes over the wire (dingtalk 1.4). */
export function ackText(messageId: string, data: unknown): string {
  return JSON.stringify({
    code: 200,
    headers: { contentType: 'application/json', messageId },
    message: 'OK',
    data: JSON.stringify(data),
  });
}
