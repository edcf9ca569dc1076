import { createHash, randomUUID } from 'node:crypto';
import type { FilePart } from '../http/body.ts';
import { SESSION_LIFE_MS, sessionText } from '../openapi/session.ts';
import type { Courier } from '../push/courier.ts';
import { ROBOT_TOPIC } from '../push/frames.ts';
import type { EntryFile } from '../store/chat.ts';
import type { SandboxGroup, SandboxPerson } from '../store/people.ts';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound } from './control-error.ts';

export interface NewMessage {
  readonly from: string;
  /** A group's conversation id; without it the message goes to the bot. */
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  readonly pictures: readonly FilePart[];
  readonly files: readonly FilePart[];
  /** The app whose robot is spoken to; the demo's unless said otherwise. */
  readonly app?: string | undefined;
}

type Kind = 'text' | 'picture' | 'richText' | 'file';

/** A person's message: stored, shown in the chat, and pushed to the app. Answers its `msgId`. */
export function sendMessage(world: World, courier: Courier, message: NewMessage): { msgId: string } {
  const person = world.people.find(message.from);
  if (person === undefined) throw notFound(`person ${message.from}`);
  if (person.state !== 'joined') throw new ControlError(403, 'notJoined', `${person.name} is outside the organisation`);
  const group = message.to === undefined ? undefined : world.people.findGroup(message.to);
  if (message.to !== undefined && group === undefined) throw notFound(`group ${message.to}`);
  if (group !== undefined && !group.members.includes(person.userId)) {
    throw new ControlError(403, 'notMember', `${person.name} is not in ${group.title}`);
  }
  const clientId = message.app ?? world.seed.app.clientId;
  if (!world.apps.exists(clientId)) throw notFound(`app ${clientId}`);
  const kind = kindOf(message, group !== undefined);
  const msgId = `msg${randomUUID().replaceAll('-', '')}`;
  const { go } = world.db.transaction(() => {
    const parts = kind === 'file' ? message.files : message.pictures;
    const files = parts.map((part): EntryFile => {
      const image = part.name === 'picture';
      const { fileName, bytes } = part;
      return {
        downloadCode: world.files.add({ clientId, sender: person.userId, fileName, image, bytes }),
        fileName,
        image,
      };
    });
    const text = message.text?.trim() ? message.text : undefined;
    world.chat.add({
      conversationId: group?.conversationId ?? person.userId,
      kind,
      at: world.clock.now(),
      from: person.userId,
      text,
      files: files.length > 0 ? files : undefined,
    });
    const quota = world.faults.take('quotaUsedUp', { userId: person.userId }) !== undefined;
    const content = quota
      ? { errorCode: '20001', errorMessage: 'the monthly number of pushes is used up' }
      : frameContent(kind, group === undefined ? text : ` ${text ?? ''}`, files);
    return courier.record({
      id: msgId,
      clientId,
      kind: 'message',
      userId: person.userId,
      headers: { topic: ROBOT_TOPIC },
      data: JSON.stringify({ ...envelope(world, clientId, msgId, person, group), msgtype: kind, ...content }),
    });
  });
  go();
  return { msgId };
}

/** Contract 2.1: groups cannot send files to the bot; one picture is a picture, more (or with text) are a richText. */
function kindOf(message: NewMessage, inGroup: boolean): Kind {
  const hasText = Boolean(message.text?.trim());
  if (message.files.length > 0) {
    const alone = message.files.length === 1 && message.pictures.length === 0 && !hasText;
    if (!alone) throw new ControlError(400, 'badRequest', 'a file is sent alone');
    if (inGroup) throw new ControlError(400, 'badRequest', 'files cannot be sent to the bot in a group');
    return 'file';
  }
  if (message.pictures.length === 0 && !hasText) throw new ControlError(400, 'badRequest', 'the message is empty');
  if (message.pictures.length === 0) return 'text';
  return message.pictures.length === 1 && !hasText ? 'picture' : 'richText';
}

function frameContent(kind: Kind, text: string | undefined, files: readonly EntryFile[]): Record<string, unknown> {
  const [first] = files;
  switch (kind) {
    case 'text':
      return { text: { content: text ?? '' } };
    case 'picture':
      return { content: { downloadCode: first?.downloadCode, pictureDownloadCode: first?.downloadCode } };
    case 'file':
      return { content: { fileName: first?.fileName, downloadCode: first?.downloadCode } };
    case 'richText': {
      const pictures = files.map(({ downloadCode }) => ({
        type: 'picture',
        downloadCode,
        pictureDownloadCode: downloadCode,
      }));
      return { content: { richText: [...(text === undefined ? [] : [{ text }]), ...pictures] } };
    }
  }
}

/** The fields that every robot message carries (dingtalk 2.1). */
function envelope(
  world: World,
  clientId: string,
  msgId: string,
  person: SandboxPerson,
  group: SandboxGroup | undefined,
): Record<string, unknown> {
  const now = world.clock.now();
  const until = now + SESSION_LIFE_MS;
  const session = sessionText({ conversationId: group?.conversationId ?? person.userId, until });
  const chatbotUserId = lwcp(`robot ${clientId}`);
  return {
    msgId,
    conversationId: group?.conversationId ?? `cid${digest(`${clientId} ${person.userId}`)}==`,
    conversationType: group === undefined ? '1' : '2',
    conversationTitle: group?.title,
    atUsers: group && [{ dingtalkId: chatbotUserId }],
    isInAtList: group && true,
    senderId: lwcp(person.userId),
    senderStaffId: person.userId,
    senderUnionId: person.unionId,
    senderNick: person.name,
    senderCorpId: CORP_ID,
    senderPlatform: 'Android',
    isAdmin: false,
    chatbotUserId,
    chatbotCorpId: CORP_ID,
    robotCode: clientId,
    createAt: now,
    sessionWebhook: `${world.address.url}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: until,
  };
}

function lwcp(of: string): string {
  return `$:LWCP_v1:$${digest(of)}`;
}

function digest(of: string): string {
  return createHash('sha256').update(of).digest('base64url').slice(0, 22);
}
