import { z } from 'zod';
import { newApiError } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

export const QUICK_ENTRY_PATHS = {
  set: '/v1.0/robot/plugins/set',
  query: '/v1.0/robot/plugins/query',
  clear: '/v1.0/robot/plugins/clear',
} as const;

/** There is a limit (`exceededMaximumLimit`), which no page tells: chosen. */
const MOST_ENTRIES = 10;

const address = z
  .string()
  .regex(/^(https?|dingtalk):\/\//)
  .optional();
const entrySchema = z.object({
  name: z.string().min(1),
  icon: z.string().min(1),
  pcUrl: address,
  mobileUrl: address,
});
const robotSchema = z.object({ robotCode: z.string().optional() });
const setSchema = z.object({ pluginInfoList: z.array(entrySchema).default([]) });

/** `POST /v1.0/robot/plugins/set`: the entries of a robot's single chats, for everybody; they replace those that were there. */
export function setQuickEntries(world: World, call: ApiCall): ApiAnswer {
  ownRobot(call, false);
  const asked = setSchema.safeParse(call.body);
  if (!asked.success) throw newApiError(400, 'param.illegal', z.prettifyError(asked.error));
  const entries = asked.data.pluginInfoList;
  if (entries.length > MOST_ENTRIES) throw newApiError(400, 'invalidRequest.exceededMaximumLimit');
  for (const { name } of entries) assertReadable(name);
  return replaced(world, call.clientId, entries);
}

/** `POST /v1.0/robot/plugins/query` */
export function queryQuickEntries(world: World, call: ApiCall): ApiAnswer {
  ownRobot(call, true);
  return { body: { pluginInfoList: world.quickEntries.of(call.clientId) }, forUsers: [] };
}

/** `POST /v1.0/robot/plugins/clear` */
export function clearQuickEntries(world: World, call: ApiCall): ApiAnswer {
  ownRobot(call, true);
  return replaced(world, call.clientId, []);
}

function replaced(world: World, clientId: string, entries: Parameters<World['quickEntries']['set']>[1]): ApiAnswer {
  world.quickEntries.set(clientId, entries);
  world.changes.announce('quickEntries');
  return { body: { result: true }, forUsers: [] };
}

function ownRobot({ body, clientId }: ApiCall, needed: boolean): void {
  const { data } = robotSchema.safeParse(body);
  const robotCode = data?.robotCode ?? '';
  if (robotCode === '' && needed) throw newApiError(400, 'param.illegal', 'robotCode is missing');
  if (robotCode !== '' && robotCode !== clientId) throw newApiError(400, 'invalidRequest.robotCodeNotMatch');
}

/** A name in several languages is JSON; this spelling of its refusal is DingTalk's. */
function assertReadable(name: string): void {
  if (!name.trimStart().startsWith('{')) return;
  try {
    z.record(z.string(), z.string()).parse(JSON.parse(name));
  } catch {
    throw newApiError(400, 'invalidRequest.jsonFormatErroj', 'json格式错误');
  }
}
