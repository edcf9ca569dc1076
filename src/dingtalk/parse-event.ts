import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { ORGANISATION_EVENTS, type OrganisationEvent } from '../platform/event.ts';
import type { Frame } from './frames.ts';
import { parseJson, someTime } from './json.ts';
import { anId, named } from './lengths.ts';

const someIds = z
  .union([z.string().transform((id) => [id]), z.array(z.unknown())])
  .optional()
  .catch(undefined);

const BODY = z.looseObject({ userId: someIds }).catch({ userId: undefined });

/**
 * What an EVENT frame says: its type and ids stand in the headers, the people in the body (dingtalk 2.4). Undefined where it is of a type
 * that nobody here has a use for: a new one of DingTalk's, or one that was ticked by mistake.
 */
export function parseEvent(frame: Frame, receivedAt: number): OrganisationEvent | undefined {
  const { eventId, eventType, eventBornTime, time, messageId } = frame.headers;
  if (!eventType) throw new AppError('frame.malformed', { reason: 'noEventType' });
  const type = ORGANISATION_EVENTS.find((known) => known === eventType);
  if (type === undefined) return undefined;
  const { userId = [] } = BODY.parse(parseJson(frame.data));
  return {
    kind: 'event',
    type,
    id: named(eventId || messageId),
    at: someTime.parse(eventBornTime) ?? someTime.parse(time) ?? receivedAt,
    userIds: userId.flatMap((id) => anId.safeParse(id).data ?? []),
  };
}
