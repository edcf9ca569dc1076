import type { IncomingMessage } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { Middleware } from 'koa';
import { ApiError, newApiError, oldApiError } from '../http/api-errors.ts';
import { BodyError, isForm, isMultipart, readForm, readJson, readMultipart } from '../http/body.ts';
import type { Gateway } from '../push/gateway.ts';
import { viewerOf } from '../store/cards.ts';
import type { World } from '../world/world.ts';
import { APIS } from './apis.ts';
import type { Api, ApiCall } from './call.ts';
import { RateLimit } from './rate-limit.ts';

const GATEWAY_OPEN = '/v1.0/gateway/connections/open';
const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

/** The platform's HTTP side, both hosts by path (dingtalk 7). What it does not know is left to the next middleware. */
export function openApi(world: World, gateway: Gateway): Middleware {
  const limit = new RateLimit(world.clock);
  const gatewayOpen: Api = {
    method: 'POST',
    path: GATEWAY_OPEN,
    token: 'none',
    billed: false,
    run: (_world, call) => ({ body: gateway.open(call.body), forUsers: [] }),
  };
  const apis = new Map([...APIS, gatewayOpen].map((api) => [`${api.method} ${api.path}`, api]));
  return async (ctx, next) => {
    const api = apis.get(`${ctx.method} ${ctx.path}`);
    if (api === undefined) return next();
    try {
      ctx.body = await world.activity.during(`${ctx.method} ${ctx.path}`, () =>
        answer(world, limit, api, ctx.req, ctx.URL.searchParams),
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

async function answer(
  world: World,
  limit: RateLimit,
  api: Api,
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<unknown> {
  const multipart = isMultipart(request) ? await readMultipart(request, MAX_UPLOAD_BYTES) : undefined;
  const body = multipart === undefined ? await readFields(api, request) : {};
  const clientId = authenticated(world, api, request, query);
  const name = `${api.method} ${api.path}`;
  const subject = { path: api.path, method: api.method, userId: concerned(world, body) };
  const caller = clientId || appNamed(body, query);
  if (!limit.allows(`${caller} ${name}`) || world.faults.take('qps', subject)) {
    world.counters.throttled();
    throw tooFast(api);
  }
  if (world.faults.take('apiQuota', subject)) throw usedUp(api);
  const call: ApiCall = { clientId, query, body, multipart };
  const timeout = world.faults.take('gatewayTimeout', subject);
  if (timeout === undefined) return carryOut(world, api, call, name);
  if (timeout.done === true) carryOut(world, api, call, name);
  await after(timeout.delayMs ?? 0);
  throw newApiError(504, 'ServiceTimeout', 'gateway time-out');
}

/** The calls of `oapi` take JSON and, as in their official examples, form-urlencoded fields; those of `api` JSON only. */
function readFields(api: Api, request: IncomingMessage): Promise<unknown> {
  return api.token === 'old' && isForm(request) ? readForm(request) : readJson(request);
}

function carryOut(world: World, api: Api, call: ApiCall, name: string): unknown {
  return world.db.transaction(() => {
    const { body, forUsers } = api.run(world, call);
    world.counters.call(name, api.billed);
    for (const userId of forUsers) world.counters.callFor(userId, name, api.billed);
    return body;
  });
}

function authenticated(world: World, api: Api, request: IncomingMessage, query: URLSearchParams): string {
  if (api.token === 'none') return '';
  const header = request.headers['x-acs-dingtalk-access-token'];
  const token = api.token === 'old' ? query.get('access_token') : typeof header === 'string' ? header : '';
  const clientId = world.apps.byToken(token ?? '');
  if (clientId !== undefined) return clientId;
  throw api.token === 'old'
    ? oldApiError(40014, '不合法的access_token')
    : newApiError(400, 'InvalidAuthentication', '不合法的access_token');
}

function appNamed(body: unknown, query: URLSearchParams): string {
  const named = (body ?? {}) as { clientId?: unknown; appKey?: unknown };
  return String(named.clientId ?? named.appKey ?? query.get('appkey') ?? '');
}

/** Whom a call is about, as far as its body tells: for faults that are meant for one person. */
function concerned(world: World, body: unknown): string | undefined {
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
  return api.token === 'old' || api.path === '/gettoken'
    ? oldApiError(90018, '您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了')
    : newApiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'the app calls this api too often');
}

function usedUp(api: Api): ApiError {
  return api.token === 'old'
    ? oldApiError(90020, 'the monthly number of calls is used up')
    : newApiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'the monthly number of calls is used up');
}

function bodyTooLarge(old: boolean, message: string): ApiError {
  const { body } = old
    ? oldApiError(40006, `不合法的文件大小: ${message}`)
    : newApiError(413, 'RequestEntityTooLarge', message);
  return new ApiError(413, body, message);
}

function asApiError(world: World, api: Api, thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const old = api.token === 'old' || api.path === '/gettoken';
  if (thrown instanceof BodyError) {
    if (thrown.tooBig) return bodyTooLarge(old, thrown.message);
    return old ? oldApiError(40035, thrown.message) : newApiError(400, 'invalidParameter', thrown.message);
  }
  world.log.error({ path: api.path, problem: String(thrown) }, 'openapi.failed');
  return old ? oldApiError(-1, '系统繁忙') : newApiError(500, 'system.busy');
}
