import { randomUUID } from 'node:crypto';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import type { Courier } from './courier.ts';

/**
 * Records that somebody joined or left the organisation, for the app of the seed, within the caller's transaction; `go` sends it once
 * that is committed. What the docs print around `data` are headers on the wire (dingtalk 2.4).
 */
export function memberEvent(world: World, courier: Courier, eventType: string, userId: string): { go: () => void } {
  const eventId = randomUUID().replaceAll('-', '');
  const at = String(world.clock.now());
  return courier.record({
    id: eventId,
    clientId: world.seed.app.clientId,
    kind: 'event',
    userId,
    headers: {
      topic: '*',
      eventId,
      eventType,
      eventBornTime: at,
      eventCorpId: CORP_ID,
      eventUnifiedAppId: world.seed.app.clientId,
    },
    data: JSON.stringify({ timeStamp: at, userId: [userId] }),
  });
}
