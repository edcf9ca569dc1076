import { randomUUID } from 'node:crypto';

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
/** What an AI assistant asks its plug-in. */
export const GRAPH_TOPIC = '/v1.0/graph/api/invoke';
export const CARD_TOPIC = '/v1.0/card/instances/callback';
export const DYNAMIC_DATA_TOPIC = '/v1.0/card/dynamicData/get';

/** A downstream frame (dingtalk 1.3). */
export interface Frame {
  readonly specVersion: '1.0';
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What the app answered to a frame (dingtalk 1.4). */
export interface Ack {
  readonly code: number;
  readonly data: string;
}

/** A frame with a new messageId unless one is given; `own` are the headers of the thing itself, topic among them. */
export function newFrame(
  type: Frame['type'],
  own: Readonly<Record<string, string>>,
  data: string,
  at: number,
  messageId: string = randomUUID().replaceAll('-', ''),
): Frame {
  return {
    specVersion: '1.0',
    type,
    headers: { ...own, messageId, contentType: 'application/json', time: String(at) },
    data,
  };
}

/** An upstream frame as text, or undefined when it is not one. */
export function parseAck(text: string): (Ack & { messageId: string }) | undefined {
  try {
    const frame = JSON.parse(text) as {
      code?: unknown;
      headers?: { messageId?: unknown } | undefined;
      data?: unknown;
    } | null;
    const messageId = frame?.headers?.messageId;
    if (typeof messageId !== 'string') return undefined;
    return {
      messageId,
      code: typeof frame?.code === 'number' ? frame.code : 0,
      data: typeof frame?.data === 'string' ? frame.data : '',
    };
  } catch {
    return undefined;
  }
}
