import Router from '@koa/router';

/** How each part of the bot is, by name: `store`, `disk`, `connection`. */
export type Health = Readonly<Record<string, PartHealth>>;

export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string | undefined;
  /** `false`: an operator should know, but everything else works without it. */
  readonly essential?: false | undefined;
}

export type HealthCheck = () => Health | Promise<Health>;

/**
 * `/healthz` says that the process answers, and how its parts are (always 200: a lost connection mends itself, a restart would not
 * help). `/readyz` is 503 while any essential part is not ready.
 */
export function healthRoutes(check: HealthCheck): Router {
  return new Router()
    .get('/healthz', async (ctx) => {
      ctx.body = { ok: true, parts: await stateOf(check) };
    })
    .get('/readyz', async (ctx) => {
      const parts = await stateOf(check);
      const ok = Object.values(parts).every(({ ok, essential }) => ok || essential === false);
      ctx.status = ok ? 200 : 503;
      ctx.body = { ok, parts };
    });
}

/** A check that fails is itself the finding; its words stay inside, for the page is public. */
async function stateOf(check: HealthCheck): Promise<Health> {
  try {
    return await check();
  } catch {
    return { check: { ok: false } };
  }
}
