import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import type { Conversation, MessageContent, MessageUpdate } from '../platform/update.ts';
import { visibleLine, visibleText } from '../platform/visible-text.ts';
import { parseJson, someCode, someTime } from './json.ts';
import { cut, LONGEST, MOST, named, someDownloadCode, someId, someLongText, someName } from './lengths.ts';

/** The month's Stream pushes are used up: what the person sent is missing (dingtalk 2.1, 5). */
const QUOTA_USED_UP = '20001';

const CONTENT = z.looseObject({
  downloadCode: someDownloadCode,
  pictureDownloadCode: someDownloadCode,
  fileName: someName,
  unknownMsgType: someName,
  /** What DingTalk made of a voice message. */
  recognition: someLongText,
  richText: z.array(z.unknown()).optional().catch(undefined),
});
type Content = z.infer<typeof CONTENT>;

const RICH_PART = z.looseObject({
  text: someLongText,
  downloadCode: someDownloadCode,
  pictureDownloadCode: someDownloadCode,
});

/** What a reply quotes (dingtalk 2.1): seen live, in no page of the documentation. */
const QUOTED = z.looseObject({
  msgType: someId,
  content: z.preprocess(parseJson, CONTENT).optional().catch(undefined),
});
type Quoted = z.infer<typeof QUOTED>;

const ROBOT_MESSAGE = z.looseObject({
  msgId: someId,
  msgtype: someId,
  conversationId: someId,
  conversationType: someCode,
  conversationTitle: someName,
  senderId: someId,
  senderStaffId: someId,
  senderUnionId: someId,
  senderNick: someName,
  chatbotCorpId: someId,
  createAt: someTime,
  errorCode: someCode,
  errCode: someCode,
  text: z
    .looseObject({ content: someLongText, repliedMsg: z.preprocess(parseJson, QUOTED).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  content: z.preprocess(parseJson, CONTENT).optional().catch(undefined),
});
type RobotMessage = z.infer<typeof ROBOT_MESSAGE>;

/**
 * The `data` of a robot message frame as an update (dingtalk 2.1). Whatever can be kept is kept; only what nobody sent, or
 * what belongs to no group, is `frame.malformed`. `frame` fills in for a missing `msgId` or `createAt`.
 */
export function parseMessage(data: string, frame: { messageId: string; at: number }): MessageUpdate {
  const parsed = ROBOT_MESSAGE.safeParse(parseJson(data));
  if (!parsed.success) throw new AppError('frame.malformed', { reason: 'notAMessage' });
  const message = parsed.data;
  const from = senderOf(message);
  return {
    kind: 'message',
    id: message.msgId ?? named(frame.messageId),
    at: message.createAt ?? frame.at,
    from,
    conversation: conversationOf(message, from.userId),
    corpId: message.chatbotCorpId,
    content: contentOf(message),
  };
}

/** People outside the organisation have no `senderStaffId`; they can be told apart, but no card reaches them. */
function senderOf(message: RobotMessage): MessageUpdate['from'] {
  const unionId = message.senderUnionId;
  const stranger = unionId ?? message.senderId;
  if (message.senderStaffId === undefined && stranger === undefined) {
    throw new AppError('frame.malformed', { reason: 'noSender' });
  }
  return {
    userId: message.senderStaffId ?? `outside:${stranger}`,
    outside: message.senderStaffId === undefined ? true : undefined,
    unionId,
    nick: message.senderNick === undefined ? undefined : visibleLine(message.senderNick),
  };
}

function conversationOf(message: RobotMessage, userId: string): Conversation {
  const id = message.conversationId;
  if (message.conversationType !== '2') return { kind: 'direct', id: id ?? userId };
  if (id === undefined) throw new AppError('frame.malformed', { reason: 'noConversation' });
  return { kind: 'group', id, title: visibleLine(message.conversationTitle ?? '') };
}

function contentOf(message: RobotMessage): MessageContent {
  const code = message.errorCode ?? message.errCode;
  if (code === QUOTA_USED_UP && message.text === undefined && message.content === undefined) {
    return { pictures: [], quotaUsedUp: true };
  }
  const inGroup = message.conversationType === '2';
  const content = message.content;
  switch (message.msgtype) {
    case 'text':
      return withText(message.text?.content, quotedPictures(message.text?.repliedMsg), inGroup);
    case 'richText':
      return richText(content?.richText ?? [], inGroup);
    case 'picture': {
      const downloadCode = codeOf(content);
      return downloadCode === undefined ? { pictures: [], other: 'picture' } : { pictures: [{ downloadCode }] };
    }
    case 'file': {
      const downloadCode = content?.downloadCode;
      if (downloadCode === undefined) return { pictures: [], other: 'file' };
      return { pictures: [], file: { downloadCode, fileName: content?.fileName ?? 'file' } };
    }
    case 'audio': {
      const spoken = withText(content?.recognition, [], inGroup);
      return spoken.text === undefined ? { pictures: [], other: 'audio' } : spoken;
    }
    default:
      return { pictures: [], other: content?.unknownMsgType ?? message.msgtype ?? 'unknown' };
  }
}

function codeOf(part: Pick<Content, 'downloadCode' | 'pictureDownloadCode'> | undefined): string | undefined {
  return part?.downloadCode ?? part?.pictureDownloadCode;
}

/** A reply to a picture means that picture; what else is quoted was said before. */
function quotedPictures(quoted: Quoted | undefined): MessageContent['pictures'] {
  switch (quoted?.msgType) {
    case 'picture': {
      const downloadCode = codeOf(quoted.content);
      return downloadCode === undefined ? [] : [{ downloadCode }];
    }
    case 'richText':
      return richText(quoted.content?.richText ?? [], false).pictures;
    default:
      return [];
  }
}

/** Text comes in pieces, cut where its style changes; only a picture between two pieces separates them. */
function richText(parts: readonly unknown[], inGroup: boolean): MessageContent {
  const pictures: { downloadCode: string }[] = [];
  let text = '';
  for (const part of parts) {
    const { data } = RICH_PART.safeParse(part);
    const downloadCode = codeOf(data);
    if (downloadCode !== undefined) {
      if (pictures.length < MOST.pictures) pictures.push({ downloadCode });
      if (text !== '' && !text.endsWith('\n')) text += '\n';
    } else {
      text += data?.text ?? '';
    }
  }
  return withText(text, pictures, inGroup);
}

function withText(
  raw: string | undefined,
  pictures: readonly { downloadCode: string }[],
  inGroup: boolean,
): MessageContent {
  const text = cleanText(raw ?? '', inGroup);
  return text === '' ? { pictures } : { text, pictures };
}

/** In a group DingTalk takes the @ of the bot out and leaves the blank; another @ in front of what is said may remain. */
function cleanText(raw: string, inGroup: boolean): string {
  const text = cut(visibleText(raw).trim(), LONGEST.text);
  return inGroup ? text.replace(/^(@[^\s]+(\s+|$))+/, '') : text;
}
