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
}

export interface Web {
  readonly port: number;
  /** Stops taking requests, lets those under way end, and resolves when they have. */
  close(): Promise<void>;
}

/** Opens the bot's web: health, metrics, pages, and in a demo the control routes. Throws `port.taken` when it cannot listen. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const app = new Koa();
  app.on('error', options.onError);
  app.use(helmet());
  for (const router of routersOf(options)) app.use(router.routes()).use(router.allowedMethods());

  const server = createServer(app.callback());
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

function routersOf({ health, metrics, control, pages = [] }: WebOptions): Router[] {
  return [healthRoutes(health), metricsRoutes(metrics), ...(control ? [controlRoutes(control)] : []), ...pages];
}

function metricsRoutes(metrics: Registry): Router {
  return new Router().get('/metrics', async (ctx) => {
    ctx.type = metrics.contentType;
    ctx.body = await metrics.metrics();
  });
}
