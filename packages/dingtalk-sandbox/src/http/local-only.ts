import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';

/**
 * Whether a request comes from this machine and means this machine: no name that a foreign page could point at loopback, and
 * no page of another origin.
 */
export function isLocal(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

/** Lets only local requests through. */
export const localOnly: Middleware = async (ctx, next) => {
  if (isLocal(ctx.req)) return next();
  ctx.status = 403;
  ctx.body = { error: 'notLocal', message: 'only from this machine' };
};
