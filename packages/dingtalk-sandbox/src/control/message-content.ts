import type { EntryFile } from '../store/chat.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound } from './control-error.ts';
import { lwcp } from './message-envelope.ts';
import type { NewMessage } from './new-message.ts';

export type Kind = 'text' | 'picture' | 'richText' | 'file' | 'audio' | 'video' | 'unknown';

/** What a message is; throws where DingTalk's client has no such message (dingtalk 2.1). */
export function kindOf(message: NewMessage, inGroup: boolean): Kind {
  const { parts } = message;
  const hasText = Boolean(message.text?.trim());
  if (message.unknown !== undefined) {
    if (parts.length > 0 || hasText) throw new ControlError(400, 'badRequest', 'a message of an unknown type is alone');
    return 'unknown';
  }
  const other = parts.find(({ name }) => name !== 'picture');
  if (other !== undefined) {
    if (parts.length > 1 || hasText) throw new ControlError(400, 'badRequest', `a ${nameOf(other.name)} is sent alone`);
    if (inGroup) {
      throw new ControlError(400, 'badRequest', `${nameOf(other.name)}s cannot be sent to the bot in a group`);
    }
    return other.name === 'audio' || other.name === 'video' ? other.name : 'file';
  }
  if (parts.length === 0 && !hasText) throw new ControlError(400, 'badRequest', 'the message is empty');
  if (parts.length === 0) return 'text';
  return parts.length === 1 && !hasText ? 'picture' : 'richText';
}

function nameOf(part: string): string {
  return part === 'audio' ? 'voice message' : part;
}

/** The body of a robot message by its type. */
export function contentOf(
  kind: Kind,
  { recognition, durationMs: duration = 4_000, unknown }: NewMessage,
  text: string | undefined,
  files: readonly EntryFile[],
): Record<string, unknown> {
  const [first] = files;
  const downloadCode = first?.downloadCode;
  switch (kind) {
    case 'text':
      return { text: { content: text ?? '' } };
    case 'picture':
      return { content: { downloadCode, pictureDownloadCode: downloadCode } };
    case 'file':
      return { content: { fileName: first?.fileName, downloadCode } };
    case 'audio':
      return { content: { duration, downloadCode, recognition } };
    case 'video':
      return { content: { duration, videoType: 'mp4', downloadCode } };
    case 'unknown':
      return { content: { unknownMsgType: unknown } };
    case 'richText':
      return { content: { richText: [...(text === undefined ? [] : [{ text }]), ...files.map(pictureIn)] } };
  }
}

function pictureIn({ downloadCode }: EntryFile): Record<string, unknown> {
  return { type: 'picture', downloadCode, pictureDownloadCode: downloadCode };
}

/** A message as it was pushed, as far as a reply to it repeats it. */
interface Pushed {
  readonly conversationId: string;
  readonly msgtype: Kind;
  readonly createAt: number;
  readonly text?: { readonly content: string } | undefined;
  readonly content?: {
    readonly downloadCode?: string | undefined;
    readonly fileName?: string | undefined;
    readonly richText?: readonly { readonly text?: string | undefined; readonly downloadCode?: string | undefined }[];
  };
}

/**
 * What stands beside the words of a reply (observed: SOIMY, in no official page): `isReplyMsg` and the message that is quoted, with
 * its own download codes. Only messages of the same chat with the same robot can be quoted.
 */
export function quoted(world: World, msgId: string, conversationId: string): Record<string, unknown> {
  const push = world.pushes.find(msgId);
  const pushed = push?.kind === 'message' ? (JSON.parse(push.data) as Pushed) : undefined;
  if (push === undefined || pushed?.conversationId !== conversationId) throw notFound(`message ${msgId} in this chat`);
  const repliedMsg = {
    msgType: pushed.msgtype === 'unknown' ? 'unknownMsgType' : pushed.msgtype,
    msgId,
    senderId: lwcp(push.userId),
    createdAt: pushed.createAt,
    content: quotedContent(pushed),
  };
  return { isReplyMsg: true, repliedMsg };
}

function quotedContent({ text, content }: Pushed): Record<string, unknown> {
  if (text !== undefined) return { text: text.content };
  const richText = content?.richText?.map((part) =>
    part.text === undefined
      ? { msgType: 'picture', downloadCode: part.downloadCode }
      : { msgType: 'text', content: part.text },
  );
  return richText === undefined ? { downloadCode: content?.downloadCode, fileName: content?.fileName } : { richText };
}
