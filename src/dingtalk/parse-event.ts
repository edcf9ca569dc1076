import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import type { EventUpdate } from '../platform/update.ts';
import type { Frame } from './frames.ts';
import { parseJson, someText, someTime } from './json.ts';

const someIds = z
  .union([z.string().transform((id) => [id]), z.array(z.unknown())])
  .optional()
  .catch(undefined);

const BODY = z.looseObject({ userId: someIds, staffId: someIds, openConversationId: someText }).catch({
  userId: undefined,
  staffId: undefined,
  openConversationId: undefined,
});

/** An EVENT frame as an update: kind and ids stand in its headers, the people in its body (dingtalk 2.4). */
export function parseEvent(frame: Frame, receivedAt: number): EventUpdate {
  const { eventId, eventType, eventBornTime, time, messageId } = frame.headers;
  if (!eventType) throw new AppError('frame.malformed', { reason: 'noEventType' });
  const body = BODY.parse(parseJson(frame.data));
  const userIds = [...(body.userId ?? []), ...(body.staffId ?? [])];
  return {
    kind: 'event',
    id: eventId || messageId,
    type: eventType,
    at: someTime.parse(eventBornTime) ?? someTime.parse(time) ?? receivedAt,
    userIds: userIds.filter((id) => typeof id === 'string' && id !== '') as string[],
    openConversationId: body.openConversationId,
  };
}
