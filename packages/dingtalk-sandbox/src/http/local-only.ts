import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isFromThisMachine } from '@field/kit/this-machine';
import type { Middleware } from 'koa';

const MESSAGE =
  'Only for this machine, by 127.0.0.1 or localhost and this port, without a proxy, and for no other page.';

/** Whether a request was made on this machine, and by no page but our own: apps send no `Origin`, browsers cannot leave it out. */
export function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'] ?? 'none';
  const isForeignPart =
    !['none', 'same-origin'].includes(String(site)) && request.headers['sec-fetch-mode'] !== 'navigate';
  const isOwn = origin === undefined || origin.toLowerCase() === `http://${host?.toLowerCase()}`;
  return isFromThisMachine(request) && isOwn && !isForeignPart;
}

/** Lets only local requests through; stands before every part of the sandbox. */
export const localOnly: Middleware = async (ctx, next) => {
  if (isLocal(ctx.req)) return next();
  ctx.status = 403;
  ctx.body = { code: 'notLocal', error: 'notLocal', message: MESSAGE };
};

/** The same for what asks for a WebSocket: true when it was turned away. */
export function turnedAway(request: IncomingMessage, socket: Duplex): boolean {
  if (isLocal(request)) return false;
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  return true;
}
