import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { oldApiError, requestId } from '../http/api-errors.ts';
import { unionIdOf } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

/** `POST /topapi/v2/user/get`: only people in the organisation are found. */
export function userGet(world: World, call: ApiCall): ApiAnswer {
  const { userid } = asked(z.object({ userid: z.string().min(1) }), call);
  const person = world.people.find(userid);
  if (person?.state !== 'joined') throw oldApiError(60121, '找不到该用户');
  return ok({
    userid: person.userId,
    unionid: person.unionId,
    name: person.name,
    mobile: person.mobile,
    active: true,
    admin: false,
    dept_id_list: [1],
  });
}

/** `POST /topapi/v2/user/getbymobile` */
export function userGetByMobile(world: World, call: ApiCall): ApiAnswer {
  const { mobile } = asked(z.object({ mobile: z.string() }), call);
  if (!/^\+?[\d -]{5,20}$/.test(mobile)) throw oldApiError(40104, '无效的手机号');
  const person = world.people.byMobile(mobile);
  if (person?.state !== 'joined') throw oldApiError(60121, '找不到该用户');
  return ok({ userid: person.userId });
}

/**
 * `POST /topapi/v2/user/create`. Nobody is simply put into the organisation: they are sent the *Org invitation* and must
 * accept it (40103, dingtalk 3.4); it stands in their chat until they do.
 */
export function userCreate(world: World, call: ApiCall): ApiAnswer {
  const { name, mobile, userid } = asked(
    z.object({
      name: z.string().min(1).max(80),
      mobile: z.string().regex(/^\+?[\d -]{5,20}$/),
      dept_id_list: z.string().min(1),
      userid: z.string().min(1).max(64).optional(),
    }),
    call,
  );
  const refused = world.faults.take('inviteRefused');
  if (refused !== undefined) throw oldApiError(refused.errcode ?? 40019, '该用户加入的组织过多');
  const known = world.people.byMobile(mobile);
  if (known?.state === 'joined') throw oldApiError(60104, '手机号码已存在');
  if (known === undefined && userid !== undefined && world.people.find(userid)) {
    throw oldApiError(60102, 'UserID在公司中已存在');
  }
  const userId = known?.userId ?? userid ?? `u${randomUUID().slice(0, 8)}`;
  if (known === undefined) {
    world.people.add({ userId, unionId: unionIdOf(userId), name, mobile, state: 'invited', about: 'invited' });
  } else {
    world.people.setState(userId, 'invited');
  }
  world.chat.add({
    conversationId: userId,
    kind: 'invitation',
    at: world.clock.now(),
    from: 'bot',
    text: 'Alipay Partners invites you to join the organisation.',
  });
  world.changes.announce('people');
  // An error in DingTalk's eyes too: the invitation is out, the person is not in.
  return { body: oldApiError(40103, '需要其同意才可添加，已向对方发送邀请').body, forUsers: [] };
}

function asked<Shape>(schema: z.ZodType<Shape>, call: ApiCall): Shape {
  const parsed = schema.safeParse(call.body);
  if (!parsed.success) throw oldApiError(400002, `无效的参数: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function ok(result: unknown): ApiAnswer {
  return { body: { errcode: 0, errmsg: 'ok', result, request_id: requestId() }, forUsers: [] };
}
