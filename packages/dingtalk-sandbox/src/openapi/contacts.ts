import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { oldApiError, requestId } from '../http/api-errors.ts';
import type { Courier } from '../push/courier.ts';
import { memberEvent } from '../push/member-events.ts';
import { unionIdOf } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import { inTwo, isMobile, isMobileToAdd } from './mobile.ts';

/** DKB 0055: ids with commas between them, up to a hundred; the official examples also send them in quotes. */
const DEPARTMENTS = /^\\?"?(\d+(?:,\d+){0,99})\\?"?$/;

/** `POST /topapi/v2/user/get`: only people in the organisation are found. A knob answers the number as DKB 0056 has it, in two. */
export function userGet(world: World, call: ApiCall): ApiAnswer {
  const { userid } = asked(z.object({ userid: z.string().min(1) }), call);
  const person = world.people.find(userid);
  if (person?.state !== 'joined') throw oldApiError(60121, '找不到该用户');
  const isBare = world.faults.take('bareMobile', { userId: userid }) !== undefined;
  const number = isBare ? inTwo(person.mobile) : { mobile: person.mobile };
  return ok({
    userid: person.userId,
    unionid: person.unionId,
    name: person.name,
    ...number,
    active: true,
    admin: false,
    dept_id_list: [1],
  });
}

/** `POST /topapi/v2/user/getbymobile` */
export function userGetByMobile(world: World, call: ApiCall): ApiAnswer {
  const { mobile } = asked(z.object({ mobile: z.string() }), call);
  if (!isMobile(mobile)) throw oldApiError(40104, '企业中无效的手机号');
  const person = world.people.byMobile(mobile);
  if (person?.state !== 'joined') throw oldApiError(60121, '找不到该用户');
  return ok({ userid: person.userId });
}

/**
 * `POST /topapi/v2/user/create`. Nobody is simply put into the organisation, unless a knob says so: they are sent the *Org invitation*
 * and must accept it (40103, dingtalk 3.4); it stands in their chat until they do.
 */
export function userCreate(world: World, call: ApiCall, courier: Courier): ApiAnswer {
  const wanted = asked(
    z.object({
      name: z.string().min(1).max(80),
      mobile: z.string().min(1),
      dept_id_list: z.string().min(1),
      userid: z.string().min(1).max(64).optional(),
    }),
    call,
  );
  if (!isMobileToAdd(world, wanted.mobile)) throw oldApiError(40104, '电话号码无效');
  if (!DEPARTMENTS.test(wanted.dept_id_list)) throw oldApiError(40066, '不合法的部门列表');
  const refused = world.faults.take('inviteRefused');
  if (refused !== undefined) throw oldApiError(refused.errcode ?? 40019, '该用户加入的组织过多');
  if (world.people.byMobile(wanted.mobile)?.state === 'joined') throw oldApiError(60104, '手机号码已存在');
  const isAtOnce = world.faults.take('memberAtOnce') !== undefined;
  const { userId, unionId } = recorded(world, wanted, isAtOnce ? 'joined' : 'invited');
  world.changes.announce('people');
  if (isAtOnce) {
    const { go } = memberEvent(world, courier, 'user_add_org', userId);
    return { ...ok({ userid: userId, unionId }), after: go };
  }
  world.chat.add({
    conversationId: userId,
    kind: 'invitation',
    at: world.clock.now(),
    from: 'bot',
    text: 'Alipay Partners invites you to join the organisation.',
  });
  // An error in DingTalk's eyes too: the invitation is out, the person is not in.
  return { body: oldApiError(40103, '需要其同意才可添加，已向对方发送邀请').body, forUsers: [] };
}

/** `GET /v1.0/contact/invites/infos`: whether and how people are invited by a link. */
export function inviteInfo(world: World): ApiAnswer {
  const body = {
    inviteSwitch: true,
    linkInvite: true,
    inviteUrl: `${world.address.url}/`,
    auditType: 1,
    searchNameInvite: false,
    orgApplyCodeInvite: false,
    empApplyJoinDept: false,
  };
  return { body, forUsers: [] };
}

/** The person by their number, known before or not, in a new state. */
function recorded(
  world: World,
  { name, mobile, userid }: { name: string; mobile: string; userid?: string | undefined },
  state: 'joined' | 'invited',
): { userId: string; unionId: string } {
  const known = world.people.byMobile(mobile);
  if (known !== undefined) {
    world.people.setState(known.userId, state);
    return known;
  }
  if (userid !== undefined && world.people.find(userid)) throw oldApiError(60102, 'UserID在公司中已存在');
  const userId = userid ?? `u${randomUUID().slice(0, 8)}`;
  const unionId = unionIdOf(userId);
  world.people.add({ userId, unionId, name, mobile, state, about: state === 'joined' ? 'new here' : 'invited' });
  return { userId, unionId };
}

function asked<Shape>(schema: z.ZodType<Shape>, call: ApiCall): Shape {
  const parsed = schema.safeParse(call.body);
  if (!parsed.success) throw oldApiError(400002, `无效的参数: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function ok(result: unknown): ApiAnswer {
  return { body: { errcode: 0, errmsg: 'ok', result, request_id: requestId() }, forUsers: [] };
}
