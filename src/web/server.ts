import { once } from 'node:events';
import { createServer } from 'node:http';
import { portTaken } from '@field/kit/startup';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Registry } from 'prom-client';
import { type ControlHandlers, controlRoutes } from './control.ts';
import { type HealthChecks, healthRoutes } from './health.ts';

export interface WebOptions {
  /** 0 lets the system choose one. */
  readonly port: number;
  /** The address to listen on: `127.0.0.1` in a demo. */
  readonly host: string;
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
  /** Stops taking requests, lets those under way end, and resolves when they have. */
  close(): Promise<void>;
}

/** Opens the bot's web: health, metrics, pages, and in a demo the control routes. Throws `port.taken` when it cannot listen. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const app = new Koa();
  app.on('error', (error: unknown) => {
    if (!isGone(error)) options.onError(error);
  });
  app.use(helmet());
  for (const router of routersOf(options)) app.use(router.routes()).use(router.allowedMethods());

  const answer = app.callback();
  const server = createServer(answer);
  server.requestTimeout = options.longestRequestMs ?? server.requestTimeout;
  server.on('checkContinue', (request, response) => {
    if (!request.url?.startsWith(ASKS_BEFORE)) response.writeContinue();
    void answer(request, response);
  });
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (error) {
    throw portTaken(options.port, 'PORT', error);
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

function routersOf({ health, metrics, control, pages = [] }: WebOptions): Router[] {
  return [healthRoutes(health), metricsRoutes(metrics), ...(control ? [controlRoutes(control)] : []), ...pages];
}

function metricsRoutes(metrics: Registry): Router {
  return new Router().get('/metrics', async (ctx) => {
    ctx.type = metrics.contentType;
    ctx.body = await metrics.metrics();
  });
}
