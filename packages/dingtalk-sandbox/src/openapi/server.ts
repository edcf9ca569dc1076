import type { IncomingMessage } from 'node:http';
import { setTimeout as elapsed } from 'node:timers/promises';
import type { Middleware } from 'koa';
import { ApiError, newApiError, oldApiError, oldGatewayError } from '../http/api-errors.ts';
import { BodyError, isForm, isMultipart, type Multipart, readForm, readJson, readMultipart } from '../http/body.ts';
import type { Courier } from '../push/courier.ts';
import type { Gateway } from '../push/gateway.ts';
import { viewerOf } from '../store/cards.ts';
import type { FaultOf } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { APIS } from './apis.ts';
import type { Api, ApiCall } from './call.ts';
import { RateLimit } from './rate-limit.ts';

const GATEWAY_OPEN = '/v1.0/gateway/connections/open';
const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;
const OLD_WITHOUT_TOKEN = ['/gettoken', '/robot/sendBySession'];

/** The platform's HTTP side, both hosts by path (dingtalk 7). What it does not know is left to the next middleware. */
export function openApi(world: World, gateway: Gateway, courier: Courier): Middleware {
  const parts: Parts = { world, courier, limit: new RateLimit(world.clock) };
  const gatewayOpen: Api = {
    method: 'POST',
    path: GATEWAY_OPEN,
    token: 'none',
    billed: false,
    run: (_world, call) => ({ body: gateway.open(call.body), forUsers: [] }),
  };
  const apis = [...APIS, gatewayOpen];
  const exact = new Map(apis.map((api) => [`${api.method} ${api.path}`, api]));
  const open = apis
    .filter(({ path }) => path.includes('{'))
    .map((api) => ({ api, path: new RegExp(`^${api.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) }));
  return async (ctx, next) => {
    const found = open.find((one) => one.api.method === ctx.method && one.path.test(ctx.path));
    const api = exact.get(`${ctx.method} ${ctx.path}`) ?? found?.api;
    if (api === undefined) return next();
    const params = { ...found?.path.exec(ctx.path)?.groups };
    try {
      ctx.body = await world.activity.during(`${ctx.method} ${ctx.path}`, () =>
        answer(parts, api, ctx.req, { query: ctx.URL.searchParams, params }),
      );
    } catch (thrown) {
      const refusal = asApiError(world, api, thrown);
      world.log.info({ path: api.path, refusal: refusal.message }, 'openapi.refused');
      ctx.status = refusal.status;
      ctx.body = refusal.body;
    }
  };
}

/** The last middleware: an address that DingTalk does not have. */
export const unknownAddress: Middleware = (ctx) => {
  const { body } = newApiError(404, 'InvalidAction.NotFound', 'Specified api is not found, please check your url.');
  ctx.status = 404;
  ctx.body = body;
};

interface Parts {
  readonly world: World;
  readonly courier: Courier;
  readonly limit: RateLimit;
}

async function answer(
  parts: Parts,
  api: Api,
  request: IncomingMessage,
  { query, params }: Pick<ApiCall, 'query' | 'params'>,
): Promise<unknown> {
  const { world } = parts;
  const multipart = isMultipart(request) ? await readMultipart(request, MAX_UPLOAD_BYTES) : undefined;
  const body = multipart === undefined ? await readFields(api, request) : {};
  const name = `${api.method} ${api.path}`;
  const userId = concerned(world, body, params);
  const back = world.traffic.begin({ kind: 'call', name, userId, sent: multipart ? partsOf(multipart) : body });
  try {
    const clientId = authenticated(world, api, tokenOf(api, request, query, body));
    const given = await respond(parts, api, { clientId, query, params, body, multipart }, userId);
    back('200', given);
    return given;
  } catch (thrown) {
    const { status, body: refusal } = asApiError(world, api, thrown);
    back(String(status), refusal);
    throw thrown;
  }
}

async function respond(parts: Parts, api: Api, call: ApiCall, userId: string | undefined): Promise<unknown> {
  const { world, limit } = parts;
  const name = `${api.method} ${api.path}`;
  const subject = { path: api.path, method: api.method, userId };
  const caller = call.clientId || appNamed(call.body, call.query);
  if (!limit.allows(`${caller} ${name}`) || world.faults.take('qps', subject)) {
    world.counters.throttled();
    throw tooFast(api);
  }
  if (world.faults.take('apiQuota', subject)) throw usedUp(api);
  const refusal = world.faults.take('refusal', subject);
  if (refusal !== undefined) throw refused(api, refusal);
  const timeout = world.faults.take('gatewayTimeout', subject);
  if (timeout === undefined) return carryOut(parts, api, call, name);
  if (timeout.done === true) carryOut(parts, api, call, name);
  await elapsed(timeout.delayMs ?? 0);
  throw newApiError(504, 'ServiceTimeout', 'gateway time-out');
}

/** What an upload holds, without its bytes. */
function partsOf({ fields, files }: Multipart): Readonly<Record<string, unknown>> {
  const named = files.map(({ name, fileName, bytes }) => ({ name, fileName, bytes: bytes.length }));
  return { ...Object.fromEntries(fields), files: named };
}

/** The calls of `oapi` take JSON and, as in their official examples, form-urlencoded fields; those of `api` JSON only. */
function readFields(api: Api, request: IncomingMessage): Promise<unknown> {
  return isOld(api) && isForm(request) ? readForm(request) : readJson(request);
}

function carryOut({ world, courier }: Parts, api: Api, call: ApiCall, name: string): unknown {
  const { body, after: send } = world.db.transaction(() => {
    const answered = api.run(world, call, courier);
    world.counters.call(name, api.billed);
    for (const userId of answered.forUsers) world.counters.callFor(userId, name, api.billed);
    return answered;
  });
  send?.();
  return body;
}

/** In a header at the new host; in the query at the old one, or as a field of the form, as the official examples send it. */
function tokenOf(api: Api, request: IncomingMessage, query: URLSearchParams, body: unknown): unknown {
  if (api.token !== 'old') return request.headers['x-acs-dingtalk-access-token'];
  return query.get('access_token') ?? (isForm(request) ? (body as { access_token?: unknown }).access_token : undefined);
}

function authenticated(world: World, api: Api, token: unknown): string {
  if (api.token === 'none') return '';
  const clientId = typeof token === 'string' ? world.apps.byToken(token) : undefined;
  if (clientId !== undefined) return clientId;
  throw api.token === 'old'
    ? ofOldGateway(api, 40014, '不合法的access_token')
    : newApiError(400, 'InvalidAuthentication', '不合法的access_token');
}

function appNamed(body: unknown, query: URLSearchParams): string {
  const named = (body ?? {}) as { clientId?: unknown; appKey?: unknown };
  return String(named.clientId ?? named.appKey ?? query.get('appkey') ?? '');
}

/** Whom a call is about, as far as its body or path tells: for faults that are meant for one person. */
function concerned(world: World, body: unknown, { unionId }: ApiCall['params']): string | undefined {
  if (unionId !== undefined) return world.people.byUnionId(unionId)?.userId;
  const named = (body ?? {}) as {
    openSpaceId?: unknown;
    outTrackId?: unknown;
    userIds?: unknown;
    downloadCode?: unknown;
  };
  const [, userId] = /im_robot\.([^;]+)/i.exec(String(named.openSpaceId ?? '')) ?? [];
  if (userId !== undefined) return userId;
  if (typeof named.downloadCode === 'string') return world.files.senderOf(named.downloadCode);
  if (Array.isArray(named.userIds)) return String(named.userIds[0]);
  const card = typeof named.outTrackId === 'string' ? world.cards.find(named.outTrackId) : undefined;
  return card && viewerOf(card);
}

function tooFast(api: Api): ApiError {
  return isOld(api)
    ? ofOldGateway(api, 90018, '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了')
    : newApiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'the app calls this api too often');
}

function usedUp(api: Api): ApiError {
  return isOld(api)
    ? ofOldGateway(api, 90020, 'the monthly number of calls is used up')
    : newApiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'the monthly number of calls is used up');
}

/** Only `topapi` has that gateway before it; of `media/upload` nobody says so. */
function ofOldGateway({ path }: Api, code: number, message: string): ApiError {
  return path.startsWith('/topapi/') ? oldGatewayError(code, message) : oldApiError(code, message);
}

/** The refusal that a knob says, in the shape of its host; DingTalk's statuses follow from its codes unless the knob names one. */
function refused(api: Api, { code, status, message = String(code), body }: FaultOf<'refusal'>): ApiError {
  if (isOld(api)) {
    const refusal = oldApiError(Number(code), message);
    return new ApiError(status ?? 200, { ...refusal.body, ...body }, message);
  }
  const usual = /^(system|unknown)\./.test(String(code)) ? 500 : /^Forbidden\./.test(String(code)) ? 403 : 400;
  const refusal = newApiError(status ?? usual, String(code), message);
  return new ApiError(refusal.status, { ...refusal.body, ...body }, message);
}

/** Whether an API is of the old host, `oapi.dingtalk.com`. */
function isOld(api: Api): boolean {
  return api.token === 'old' || OLD_WITHOUT_TOKEN.includes(api.path);
}

function bodyTooLarge(old: boolean, message: string): ApiError {
  const { body } = old
    ? oldApiError(40006, `不合法的文件大小: ${message}`)
    : newApiError(413, 'RequestEntityTooLarge', message);
  return new ApiError(413, body, message);
}

function asApiError(world: World, api: Api, thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const old = isOld(api);
  if (thrown instanceof BodyError) {
    if (thrown.tooBig) return bodyTooLarge(old, thrown.message);
    return old ? oldApiError(40035, thrown.message) : newApiError(400, 'invalidParameter', thrown.message);
  }
  world.log.error({ path: api.path, problem: String(thrown) }, 'openapi.failed');
  return old ? oldApiError(-1, '系统繁忙') : newApiError(500, 'system.busy');
}
