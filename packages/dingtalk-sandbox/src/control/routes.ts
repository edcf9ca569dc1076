import Router from '@koa/router';
import type { Middleware } from 'koa';
import { BodyError } from '../http/body.ts';
import { chatRoutes } from './chat-routes.ts';
import { ControlError } from './control-error.ts';
import type { SandboxExtension } from './extension.ts';
import type { ControlParts } from './parts.ts';
import { stateRoutes } from './state-routes.ts';

/** `/sandbox/api/…`, for tests, scripts and the chat page (architecture 9). */
export function controlApi(parts: ControlParts, extension: SandboxExtension): Middleware {
  const router = new Router({ prefix: '/sandbox/api' });
  router.use(asControlErrors(parts));
  chatRoutes(router, parts, extension);
  stateRoutes(router, parts, extension);
  extension.routes?.(router);
  router.all('/{*rest}', (ctx) => {
    ctx.status = 404;
    ctx.body = { error: 'notFound', message: `there is no ${ctx.method} ${ctx.path}` };
  });
  return router.routes() as Middleware;
}

function asControlErrors({ world }: ControlParts): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const { status, error, message } = asControlError(thrown);
      if (status >= 500 && status !== 501)
        world.log.error({ path: ctx.path, problem: String(thrown) }, 'control.failed');
      ctx.status = status;
      ctx.body = { error, message };
    }
  };
}

function asControlError(thrown: unknown): { status: number; error: string; message: string } {
  if (thrown instanceof ControlError) return { status: thrown.status, error: thrown.error, message: thrown.message };
  if (thrown instanceof BodyError) {
    return { status: thrown.tooBig ? 413 : 400, error: 'badRequest', message: thrown.message };
  }
  return { status: 500, error: 'bug', message: String(thrown) };
}
