import { z } from 'zod';
import { EVENT, type EventUpdate } from '../src/platform/event.ts';
import type { MessageContent, MessageUpdate } from '../src/platform/update.ts';

/** What is recorded before it is acked: a message, or an event. */
export type Recorded = MessageUpdate | EventUpdate;

/** Every field, so that none is forgotten here that is recorded. */
type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

const text = z.string();
const someText = text.optional();

const FROM = {
  userId: text,
  outside: z.literal(true).optional(),
  unionId: someText,
  nick: someText,
} satisfies Shape<MessageUpdate['from']>;

const CONTENT = {
  text: someText,
  pictures: z.array(z.object({ downloadCode: text })),
  file: z.object({ downloadCode: text, fileName: text }).optional(),
  other: someText,
  quotaUsedUp: z.literal(true).optional(),
} satisfies Shape<MessageContent>;

const CONVERSATION = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct'), id: text }),
  z.object({ kind: z.literal('group'), id: text, title: text }),
]);

const MESSAGE = z.object({
  kind: z.literal('message'),
  id: text,
  at: z.number(),
  from: z.object(FROM),
  conversation: CONVERSATION,
  corpId: someText,
  content: z.object(CONTENT),
} satisfies Shape<MessageUpdate>);

const RECORDED = z.discriminatedUnion('kind', [MESSAGE, EVENT]);

/** What stands in the inbox, read again. Undefined where it says what this release does not know. */
export function recordedUpdate(stored: unknown): Recorded | undefined {
  return RECORDED.safeParse(stored).data;
}
