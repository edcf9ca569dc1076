import { once } from 'node:events';
import { createServer } from 'node:http';
import { portTaken } from '@field/kit/startup';
import { isFromThisMachine } from '@field/kit/this-machine';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Registry } from 'prom-client';
import { type ControlHandlers, controlRoutes } from './control.ts';
import { type HealthChecks, healthRoutes, type MayKnow } from './health.ts';

export interface WebOptions {
  /** 0 lets the system choose one. */
  readonly port: number;
  /** The address to listen on: `127.0.0.1` in a demo. */
  readonly host: string;
  /** Health and metrics on an address of their own; absent: on this one, for this machine alone. */
  readonly admin?: { readonly port: number; readonly host: string } | undefined;
  readonly health: HealthChecks;
  readonly metrics: Registry;
  /** Told of what broke while a request was answered; the caller of the request reads only a 500. */
  readonly onError: (error: unknown) => void;
  /** Only in a demo: what the sandbox may ask of the bot. */
  readonly control?: ControlHandlers | undefined;
  /** Pages of other parts. */
  readonly pages?: readonly Router[] | undefined;
  /** How long a request may take to come in; five minutes unless it is said. */
  readonly longestRequestMs?: number | undefined;
}

/** What comes there may be large: it is sent once its headers were found right. */
const ASKS_BEFORE = '/feeds/';

export interface Web {
  readonly port: number;
  /** Of health and metrics, where they have an address of their own. */
  readonly adminPort?: number;
  /** Stops taking requests, lets those under way end, and resolves when they have. */
  close(): Promise<void>;
}

/**
 * Opens the bot's web: pages, in a demo the control routes, and for this machine, or on an address of its own, health and metrics. Throws
 * `port.taken` when it cannot listen.
 */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { admin, health, metrics, control, pages = [] } = options;
  const told = (mayKnow: MayKnow): Router[] => [healthRoutes(health, mayKnow), metricsRoutes(metrics, mayKnow)];
  const own = [...(control ? [controlRoutes(control)] : []), ...pages];
  if (admin === undefined) return await listen(options, [...told(isFromThisMachine), ...own]);
  const watched = await listen(
    { ...admin, onError: options.onError, setting: 'ADMIN_PORT' },
    told(() => true),
  );
  try {
    const web = await listen(options, [...told(() => false), ...own]);
    const close = async (): Promise<void> => void (await Promise.all([web.close(), watched.close()]));
    return { port: web.port, adminPort: watched.port, close };
  } catch (error) {
    await watched.close();
    throw error;
  }
}

type ListenOptions = Pick<WebOptions, 'port' | 'host' | 'onError' | 'longestRequestMs'> & { readonly setting?: string };

async function listen(options: ListenOptions, routers: readonly Router[]): Promise<Web> {
  const app = new Koa();
  app.on('error', (error: unknown) => {
    if (!isGone(error)) options.onError(error);
  });
  app.use(helmet());
  for (const router of routers) app.use(router.routes()).use(router.allowedMethods());

  const callback = app.callback();
  const server = createServer(callback);
  server.requestTimeout = options.longestRequestMs ?? server.requestTimeout;
  server.on('checkContinue', (request, response) => {
    if (!request.url?.startsWith(ASKS_BEFORE)) response.writeContinue();
    void callback(request, response);
  });
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (error) {
    throw portTaken(options.port, options.setting ?? 'PORT', error);
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** By the names of Node and its parser: whoever asked has gone away in the middle, and reads no answer. */
const GONE: ReadonlySet<unknown> = new Set(['HPE_INVALID_EOF_STATE', 'ECONNRESET', 'ECONNABORTED', 'EPIPE']);

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(error.code) && 'headerSent' in error;
}

function metricsRoutes(metrics: Registry, mayKnow: MayKnow): Router {
  return new Router().get('/metrics', async (ctx) => {
    if (!mayKnow(ctx.req)) return;
    ctx.type = metrics.contentType;
    ctx.body = await metrics.metrics();
  });
}
