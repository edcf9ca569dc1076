import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newApiError, oldApiError } from '../http/api-errors.ts';
import type { EntryFile } from '../store/chat.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import { openSession } from './session.ts';

const MAX_USERS = 20;
const MAX_MSG_PARAM_BYTES = 15_000;

const sendSchema = z.object({
  robotCode: z.string().default(''),
  msgKey: z.string().default(''),
  msgParam: z.string().default(''),
  userIds: z.array(z.string()).default([]),
  openConversationId: z.string().default(''),
});

type Send = z.infer<typeof sendSchema>;

/** `POST /v1.0/robot/oToMessages/batchSend`: a 200 that can hide failures in `invalidStaffIdList`. */
export function batchSend(world: World, call: ApiCall): ApiAnswer {
  const send = checkedSend(call);
  if (send.userIds.length === 0) throw refused('userIds.empty');
  if (send.userIds.length > MAX_USERS) throw refused('userIds.overMax');
  const content = messageContent(world, send);
  const known = send.userIds.filter((userId) => world.people.find(userId)?.state === 'joined');
  if (known.length === 0) throw newApiError(400, 'staffId.notExisted', 'no such user');
  for (const userId of known) put(world, userId, content);
  return {
    body: {
      processQueryKey: randomUUID(),
      invalidStaffIdList: send.userIds.filter((userId) => !known.includes(userId)),
      flowControlledStaffIdList: [],
    },
    forUsers: known,
  };
}

/** `POST /v1.0/robot/groupMessages/send` */
export function groupSend(world: World, call: ApiCall): ApiAnswer {
  const send = checkedSend(call);
  if (send.openConversationId === '') throw newApiError(400, 'miss.openConversationId');
  if (world.people.findGroup(send.openConversationId) === undefined) {
    throw newApiError(400, 'invalid.openConversationId');
  }
  put(world, send.openConversationId, messageContent(world, send));
  return { body: { processQueryKey: randomUUID() }, forUsers: [] };
}

/** `POST /v1.0/robot/messageFiles/download` */
export function messageFileDownload(world: World, call: ApiCall): ApiAnswer {
  const asked = z.object({ downloadCode: z.string(), robotCode: z.string() }).safeParse(call.body);
  if (!asked.success) throw refused('robotCode.downloadCode');
  const { downloadCode, robotCode } = asked.data;
  const file = world.files.find(downloadCode);
  const usable = file !== undefined && file.clientId === call.clientId && robotCode === call.clientId;
  if (!usable || world.faults.take('codeExpired', { userId: file.sender })) throw refused('robotCode.downloadCode');
  const expired = world.faults.take('linkExpired', { userId: file.sender }) !== undefined;
  const { token, until } = world.files.link(downloadCode, expired);
  const downloadUrl = `${world.address.url}/download/${token}?Expires=${Math.ceil(until / 1000)}`;
  return { body: { downloadUrl }, forUsers: [file.sender] };
}

/** `POST /robot/sendBySession?session=`: an answer into the chat that a message came from, for 90 minutes. */
export function sendBySession(world: World, call: ApiCall): ApiAnswer {
  const session = openSession(call.query.get('session') ?? '');
  if (session === undefined || session.until < world.clock.now()) throw oldApiError(300005, 'session.expired');
  const body = z
    .object({
      msgtype: z.enum(['text', 'markdown', 'link', 'actionCard', 'feedCard', 'empty']),
      text: z.object({ content: z.string() }).optional(),
      markdown: z.object({ title: z.string(), text: z.string() }).optional(),
    })
    .safeParse(call.body);
  if (!body.success) throw oldApiError(400105, 'unsupported msgtype');
  const text = body.data.text?.content ?? body.data.markdown?.text ?? body.data.msgtype;
  if (body.data.msgtype !== 'empty') put(world, session.conversationId, { kind: 'text', text });
  const direct = world.people.find(session.conversationId) !== undefined;
  return { body: { errcode: 0, errmsg: 'ok' }, forUsers: direct ? [session.conversationId] : [] };
}

interface Content {
  readonly kind: 'text' | 'picture' | 'file';
  readonly text?: string | undefined;
  readonly files?: readonly EntryFile[] | undefined;
}

function checkedSend(call: ApiCall): Send {
  const parsed = sendSchema.safeParse(call.body);
  if (!parsed.success) throw newApiError(400, 'invalidParameter', z.prettifyError(parsed.error));
  const send = parsed.data;
  if (send.robotCode === '') throw refused('robotCode.empty');
  if (send.robotCode !== call.clientId) throw refused('robotCode.notExsit');
  if (send.msgKey === '') throw refused('msgKey.empty');
  if (Buffer.byteLength(send.msgParam) > MAX_MSG_PARAM_BYTES) throw refused('msgParam.tooLong');
  return send;
}

/** What a msgKey and its msgParam show (dingtalk 3.3). */
function messageContent(world: World, send: Send): Content {
  const param = msgParam(send.msgParam);
  const of = (name: string): string => {
    const value = param[name];
    if (typeof value !== 'string' || value === '') throw refused('msgParam.invalid');
    return value;
  };
  if (send.msgKey === 'sampleText') return { kind: 'text', text: of('content') };
  if (send.msgKey === 'sampleMarkdown') return { kind: 'text', text: of('text') };
  if (send.msgKey === 'sampleImageMsg')
    return { kind: 'picture', files: [shown(world, of('photoURL'), 'picture.jpg')] };
  if (send.msgKey === 'sampleFile') {
    of('fileType');
    return { kind: 'file', files: [shown(world, of('mediaId'), of('fileName'))] };
  }
  if (/^sample(Link|ActionCard[2-6]?)$/.test(send.msgKey))
    return { kind: 'text', text: `${of('title')}\n${of('text')}` };
  throw refused('msgKey.invalid');
}

function shown(world: World, mediaId: string, fileName: string): EntryFile {
  const media = world.files.media(mediaId);
  if (media === undefined && !/^https?:/.test(mediaId)) throw refused('msgParam.invalid');
  return { downloadCode: mediaId, fileName, image: media?.type === 'image' };
}

function put(world: World, conversationId: string, content: Content): void {
  world.chat.add({ conversationId, at: world.clock.now(), from: 'bot', ...content });
}

function msgParam(text: string): Record<string, unknown> {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (parsed !== null && typeof parsed === 'object') return parsed as Record<string, unknown>;
  } catch {
    // refused below
  }
  throw refused('msgParam.invalid');
}

function refused(what: string): ReturnType<typeof newApiError> {
  return newApiError(400, `invalidParameter.${what}`);
}
