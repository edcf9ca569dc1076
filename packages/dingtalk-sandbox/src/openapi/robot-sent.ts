import { z } from 'zod';
import { newApiError } from '../http/api-errors.ts';
import type { SentMessage } from '../store/sent-messages.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

/** For a day a message can be asked for and recalled. */
const DAY_MS = 86_400_000;
const MOST_KEYS = 20;
const MOST_RESULTS = 200;

const recallSchema = z.object({
  robotCode: z.string().default(''),
  openConversationId: z.string().default(''),
  processQueryKeys: z.array(z.string()).default([]),
});
const querySchema = z.object({
  robotCode: z.string().optional(),
  openConversationId: z.string().optional(),
  processQueryKey: z.string().default(''),
  maxResults: z.int().optional(),
});

/** `GET /v1.0/robot/oToMessages/readStatus?robotCode=&processQueryKey=`: who has read a message; whoever wrote after it has. */
export function readStatus(world: World, call: ApiCall): ApiAnswer {
  const robotCode = call.query.get('robotCode') ?? '';
  if (robotCode === '') throw newApiError(400, 'invalidParameter.robotCode.missing');
  if (robotCode !== call.clientId) throw newApiError(400, 'invalidParameter.robotCode.notExsit');
  const sent = asked(world, call.clientId, call.query.get('processQueryKey') ?? '');
  const messageReadInfoList = sent.places.map(({ conversationId: userId, pos }) => ({
    name: world.people.find(userId)?.name ?? '',
    userId,
    readStatus: readersOf(world, userId, pos).includes(userId) ? 'READ' : 'UNREAD',
    readTimestamp: 0,
  }));
  return { body: { sendStatus: statusOf(sent), messageReadInfoList }, forUsers: [] };
}

/** `POST /v1.0/robot/groupMessages/query`: the members of a group who have read a message. */
export function groupQuery(world: World, call: ApiCall): ApiAnswer {
  const query = shaped(querySchema, call.body);
  if ((query.maxResults ?? 0) > MOST_RESULTS) throw newApiError(400, 'invalidParameter.pageSize.invalid');
  if (query.robotCode !== undefined && query.robotCode !== call.clientId) {
    throw newApiError(400, 'invalidParameter.robotCode.notExsit');
  }
  const sent = asked(world, call.clientId, query.processQueryKey);
  const [place] = sent.places;
  if (place === undefined || (query.openConversationId ?? place.conversationId) !== place.conversationId) {
    throw newApiError(400, 'invalid.openConversationId');
  }
  const readUserIds = readersOf(world, place.conversationId, place.pos);
  return { body: { sendStatus: statusOf(sent), readUserIds, hasMore: false, nextToken: '' }, forUsers: [] };
}

/** `POST /v1.0/robot/otoMessages/batchRecall` */
export function batchRecall(world: World, call: ApiCall): ApiAnswer {
  const { robotCode, processQueryKeys } = recallAsked(call);
  if (robotCode !== call.clientId) throw newApiError(400, 'invalidParameter.robotCode');
  return recalled(world, call.clientId, processQueryKeys, () => true);
}

/** `POST /v1.0/robot/groupMessages/recall` */
export function groupRecall(world: World, call: ApiCall): ApiAnswer {
  const { robotCode, processQueryKeys, openConversationId } = recallAsked(call);
  if (openConversationId === '') throw newApiError(400, 'miss.openConversationId');
  if (world.people.findGroup(openConversationId) === undefined) throw newApiError(400, 'invalid.openConversationId');
  if (robotCode !== call.clientId) throw newApiError(400, 'invalidParameter.robotCode');
  return recalled(world, call.clientId, processQueryKeys, (sent) =>
    sent.places.some(({ conversationId }) => conversationId === openConversationId),
  );
}

function recallAsked(call: ApiCall): z.infer<typeof recallSchema> {
  const asked = shaped(recallSchema, call.body);
  if (asked.processQueryKeys.length === 0) throw newApiError(400, 'invalidParameter.processQueryKey.missing');
  if (asked.processQueryKeys.length > MOST_KEYS) throw newApiError(400, 'invalidParameter.processQueryKeys.overMax');
  return asked;
}

/** A 200 that says of each message whether it is gone, or why not. */
function recalled(
  world: World,
  clientId: string,
  keys: readonly string[],
  isMeant: (sent: SentMessage) => boolean,
): ApiAnswer {
  const successResult: string[] = [];
  const failedResult: Record<string, string> = {};
  for (const key of keys) {
    const sent = world.sent.find(key);
    if (sent?.clientId !== clientId || !isMeant(sent)) failedResult[key] = 'invalid.processQueryKey';
    else if (sent.at < world.clock.now() - DAY_MS) failedResult[key] = 'robot.processQueryKey.expired';
    else {
      for (const { conversationId, pos } of sent.places) world.chat.recall(conversationId, pos);
      world.sent.recall(key);
      successResult.push(key);
    }
  }
  return { body: { successResult, failedResult }, forUsers: [] };
}

function asked(world: World, clientId: string, processQueryKey: string): SentMessage {
  if (processQueryKey === '') throw newApiError(400, 'invalidParameter.processQueryKey.missing');
  const sent = world.sent.find(processQueryKey);
  if (sent?.clientId !== clientId) throw newApiError(400, 'invalid.processQueryKey');
  if (sent.at < world.clock.now() - DAY_MS) throw newApiError(400, 'processQueryKey.expireTime');
  return sent;
}

function readersOf(world: World, conversationId: string, pos: number): string[] {
  const later = world.chat.after(conversationId, 0).filter((entry) => entry.pos > pos && entry.from !== 'bot');
  return [...new Set(later.map(({ from }) => from))];
}

function statusOf({ isRecalled }: SentMessage): 'SUCCESS' | 'RECALLED' {
  return isRecalled ? 'RECALLED' : 'SUCCESS';
}

function shaped<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw newApiError(400, 'invalidParameter.param.invalid', z.prettifyError(parsed.error));
  return parsed.data;
}
