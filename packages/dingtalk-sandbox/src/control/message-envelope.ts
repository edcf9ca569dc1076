import { SESSION_LIFE_MS, sessionText } from '../openapi/session.ts';
import type { SandboxGroup, SandboxPerson } from '../store/people.ts';
import { directChatId, shortHash } from '../world/direct-chat.ts';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';

export interface Sending {
  readonly clientId: string;
  readonly msgId: string;
  readonly person: SandboxPerson;
  readonly group: SandboxGroup | undefined;
  /** Whom the message names besides the robot. */
  readonly at: readonly SandboxPerson[];
  /** Written by somebody who is not of the organisation, or before the app was published: no staffId. */
  readonly outside: boolean;
}

/** The chat's id as DingTalk names it to an app. */
export function conversationIdOf({ clientId, person, group }: Pick<Sending, 'clientId' | 'person' | 'group'>): string {
  return group?.conversationId ?? directChatId(clientId, person.userId);
}

/** The fields that every robot message carries (dingtalk 2.1); a knob leaves out those that not every official sample has. */
export function envelope(world: World, sending: Sending): Record<string, unknown> {
  const { clientId, msgId, person, group, outside } = sending;
  const now = world.clock.now();
  const until = now + SESSION_LIFE_MS;
  const session = sessionText({ conversationId: group?.conversationId ?? person.userId, until });
  const chatbotUserId = lwcp(`robot ${clientId}`);
  const isSparse = world.faults.take('sparseMessage', { userId: person.userId }) !== undefined;
  const isBare = outside || isSparse;
  return {
    msgId,
    conversationId: conversationIdOf(sending),
    conversationType: group === undefined ? '1' : '2',
    conversationTitle: group?.title,
    atUsers: group && [{ dingtalkId: chatbotUserId }, ...sending.at.map((named) => atUser(named, isSparse))],
    isInAtList: group && true,
    senderId: lwcp(person.userId),
    senderNick: person.name,
    senderPlatform: 'Android',
    senderStaffId: outside ? undefined : person.userId,
    senderCorpId: outside ? undefined : CORP_ID,
    senderUnionId: isBare ? undefined : person.unionId,
    isAdmin: isBare ? undefined : false,
    chatbotUserId,
    chatbotCorpId: CORP_ID,
    robotCode: clientId,
    createAt: now,
    sessionWebhook: `${world.address.url}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: until,
  };
}

/** People from outside are named without a staffId. */
function atUser({ userId, unionId, state }: SandboxPerson, isSparse: boolean): Record<string, unknown> {
  const dingtalkId = lwcp(userId);
  if (isSparse) return { dingtalkId };
  return state === 'joined' ? { dingtalkId, staffId: userId, unionId } : { dingtalkId, unionId };
}

/** An id as DingTalk encrypts it. */
export function lwcp(of: string): string {
  return `$:LWCP_v1:$${shortHash(of)}`;
}
