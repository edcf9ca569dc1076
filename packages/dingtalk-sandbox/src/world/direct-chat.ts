import { createHash } from 'node:crypto';
import type { World } from './world.ts';

/** The id under which DingTalk speaks of a person's own chat with an app's robot. */
export function directChatId(clientId: string, userId: string): string {
  return `cid${shortHash(`${clientId} ${userId}`)}==`;
}

/** Whose chat with the app's robot an id means. */
export function ofDirectChat(world: World, clientId: string, conversationId: string): string | undefined {
  return world.people.all().find(({ userId }) => directChatId(clientId, userId) === conversationId)?.userId;
}

/** Ids that follow from what they are ids of. */
export function shortHash(of: string): string {
  return createHash('sha256').update(of).digest('base64url').slice(0, 22);
}
