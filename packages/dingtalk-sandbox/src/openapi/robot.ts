import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newApiError, oldApiError } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import { type Content, contentOf } from './robot-content.ts';
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

const downloadSchema = z
  .object({ downloadCode: z.string().catch(''), robotCode: z.string().catch('') })
  .catch({ downloadCode: '', robotCode: '' });

type Send = z.infer<typeof sendSchema>;

/** `POST /v1.0/robot/oToMessages/batchSend`: a 200 that can hide failures in `invalidStaffIdList`. */
export function batchSend(world: World, call: ApiCall): ApiAnswer {
  const send = checkedSend(call);
  if (send.userIds.length === 0) throw refused('userIds.empty');
  if (send.userIds.length > MAX_USERS) throw refused('userIds.overMax');
  const content = contentOf(world, send.msgKey, send.msgParam);
  const known = send.userIds.filter((userId) => world.people.find(userId)?.state === 'joined');
  if (known.length === 0) throw newApiError(400, 'staffId.notExisted', 'no such user');
  return {
    body: {
      processQueryKey: put(world, call.clientId, known, content),
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
  const content = contentOf(world, send.msgKey, send.msgParam);
  const processQueryKey = put(world, call.clientId, [send.openConversationId], content);
  return { body: { processQueryKey }, forUsers: [] };
}

/** `POST /v1.0/robot/messageFiles/download` */
export function messageFileDownload(world: World, call: ApiCall): ApiAnswer {
  const { robotCode, downloadCode } = downloadSchema.parse(call.body);
  if (robotCode === '' || downloadCode === '') throw refused('robotCode.empty');
  const file = world.files.find(downloadCode);
  const isForeign = robotCode !== call.clientId || (file !== undefined && file.clientId !== call.clientId);
  if (isForeign) throw refused('robotCode.auth');
  if (file === undefined || world.faults.take('codeExpired', { userId: file.sender })) {
    throw refused('robotCode.downloadCode');
  }
  const expired = world.faults.take('linkExpired', { userId: file.sender }) !== undefined;
  const { token, until } = world.files.link(downloadCode, expired);
  const downloadUrl = `${world.address.url}/download/${token}?Expires=${Math.ceil(until / 1000)}`;
  return { body: { downloadUrl }, forUsers: [file.sender] };
}

const webhookSchema = z.object({
  msgtype: z.enum(['text', 'markdown', 'link', 'actionCard', 'feedCard', 'empty']),
  text: z.object({ content: z.string() }).optional(),
  markdown: z.object({ title: z.string(), text: z.string() }).optional(),
});
/** As the SDKs' handlers of graph calls answer: a card of a template that DingTalk shares. */
const aiCardSchema = z.object({
  contentType: z.literal('ai_card'),
  content: z.object({ templateId: z.string(), cardData: z.object({ content: z.string() }).loose() }),
});
const sessionBodySchema = z.union([webhookSchema, aiCardSchema]);

/** `POST /robot/sendBySession?session=`: an answer into the chat that a message came from, for 90 minutes. */
export function sendBySession(world: World, call: ApiCall): ApiAnswer {
  const session = openSession(call.query.get('session') ?? '');
  if (session === undefined || session.until < world.clock.now()) throw oldApiError(300005, 'session.expired');
  const body = sessionBodySchema.safeParse(call.body);
  if (!body.success) throw oldApiError(400105, 'unsupported msgtype');
  const text = 'contentType' in body.data ? body.data.content.cardData.content : textOf(body.data);
  const isEmpty = 'msgtype' in body.data && body.data.msgtype === 'empty';
  if (!isEmpty)
    world.chat.add({ conversationId: session.conversationId, at: world.clock.now(), from: 'bot', kind: 'text', text });
  const direct = world.people.find(session.conversationId) !== undefined;
  return { body: { errcode: 0, errmsg: 'ok' }, forUsers: direct ? [session.conversationId] : [] };
}

function textOf({ msgtype, text, markdown }: z.infer<typeof webhookSchema>): string {
  return text?.content ?? markdown?.text ?? msgtype;
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

/** Shows a message in chats; the answer is the key by which it is queried and recalled. */
function put(world: World, clientId: string, conversationIds: readonly string[], content: Content): string {
  const processQueryKey = randomUUID();
  const at = world.clock.now();
  const places = conversationIds.map((conversationId) => {
    world.chat.add({ conversationId, at, from: 'bot', ...content });
    return { conversationId, pos: world.chat.last(conversationId)?.pos ?? 0 };
  });
  world.sent.add({ processQueryKey, clientId, at, places });
  return processQueryKey;
}

function refused(what: string): ReturnType<typeof newApiError> {
  return newApiError(400, `invalidParameter.${what}`);
}
