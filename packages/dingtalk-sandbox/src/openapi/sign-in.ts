import { z } from 'zod';
import { oldApiError, requestId } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

/** `POST /topapi/v2/user/getuserinfo`: whose code it is that a web page got from the client. A code works once, for its own app. */
export function userByAuthCode(world: World, call: ApiCall): ApiAnswer {
  const asked = z.object({ code: z.string() }).safeParse(call.body);
  const userId = asked.success ? world.authCodes.redeem(asked.data.code, call.clientId) : undefined;
  const person = userId === undefined ? undefined : world.people.find(userId);
  if (person?.state !== 'joined') throw oldApiError(40078, '不存在的临时授权码');
  const result = {
    userid: person.userId,
    unionid: person.unionId,
    associated_unionid: person.unionId,
    device_id: `sandbox-${person.userId}`,
    name: person.name,
    sys: false,
    sys_level: 0,
  };
  return { body: { errcode: 0, errmsg: 'ok', result, request_id: requestId() }, forUsers: [] };
}
