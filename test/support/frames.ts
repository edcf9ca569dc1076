import { randomUUID } from 'node:crypto';

/** A frame as DingTalk pushes it (dingtalk 1.3), before it is made text. */
export interface PushedFrame {
  specVersion: string;
  type: string;
  headers: Record<string, string>;
  data: string;
}

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

const AT = 1_763_000_000_000;

/** A robot message's `data` as real ones look: more fields than anybody reads. */
export function robotMessage(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    conversationId: 'cidDirect1==',
    conversationType: '1',
    msgId: `msg-${randomUUID()}`,
    senderId: '$:LWCP_v1:$stranger',
    senderStaffId: 'staff1',
    senderUnionId: 'union1',
    senderNick: 'Sunan K.',
    senderCorpId: 'demo-corp',
    senderPlatform: 'Android',
    isAdmin: false,
    chatbotUserId: '$:LWCP_v1:$bot',
    chatbotCorpId: 'demo-corp',
    robotCode: 'demo-client',
    createAt: AT,
    sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=secret-session',
    sessionWebhookExpiredTime: AT + 5_400_000,
    msgtype: 'text',
    text: { content: 'hi' },
    ...fields,
  };
}

export function textMessage(content: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return robotMessage({ msgtype: 'text', text: { content }, ...fields });
}

/** A message of another kind: its `content`, and no `text`. */
export function messageOf(msgtype: string, content: unknown, fields: Record<string, unknown> = {}) {
  const { text: _, ...rest } = robotMessage(fields);
  return { ...rest, msgtype, content };
}

/** What comes when the month's pushes are used up (dingtalk 2.1): nothing of what was sent. */
export function quotaMessage(error: Record<string, unknown>): Record<string, unknown> {
  const { text: _, ...rest } = robotMessage();
  return { ...rest, ...error };
}

/** A card callback's `data` (dingtalk 2.2): the action is JSON in JSON. */
export function cardCallback(params: unknown, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'actionCallback',
    outTrackId: 'track-1',
    corpId: 'demo-corp',
    userId: 'staff1',
    userIdType: 1,
    spaceType: 'IM_ROBOT',
    spaceId: 'staff1',
    extension: '{}',
    content: JSON.stringify({ cardPrivateData: { actionIds: ['submit'], params } }),
    ...fields,
  };
}

export function callbackFrame(topic: string, data: unknown, messageId: string = randomUUID()): PushedFrame {
  return {
    specVersion: '1.0',
    type: 'CALLBACK',
    headers: {
      topic,
      messageId,
      contentType: 'application/json',
      time: String(AT + 5),
      appId: 'app-1',
      connectionId: 'c-1',
    },
    data: typeof data === 'string' ? data : JSON.stringify(data),
  };
}

export function eventFrame(eventType: string, data: unknown, headers: Record<string, string> = {}): PushedFrame {
  const frame = callbackFrame('*', data);
  const event = { eventType, eventId: `event-${randomUUID()}`, eventBornTime: String(AT), eventCorpId: 'demo-corp' };
  return { ...frame, type: 'EVENT', headers: { ...frame.headers, ...event, ...headers } };
}

export function systemFrame(topic: string, data: unknown = {}): PushedFrame {
  return { ...callbackFrame(topic, data), type: 'SYSTEM' };
}
