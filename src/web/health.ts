import type { IncomingMessage } from 'node:http';
import Router from '@koa/router';
import { within } from '../work/within.ts';

/** How each part of the bot is, by name: `store`, `disk`, `connection`. */
export type Health = Readonly<Record<string, PartHealth>>;

export interface PartHealth {
  readonly ok: boolean;
  readonly detail?: string | undefined;
  /** `false`: an operator should know, but everything else works without it. */
  readonly essential?: false | undefined;
}

/** What tells how a part is, by its name. */
export type HealthChecks = Readonly<Record<string, () => PartHealth | Promise<PartHealth>>>;

/** Nobody who asks how the bot is waits for a store that says nothing: that it does is told by a part of its own. */
const TOLD_WITHIN_MS = 1_000;
const NOT_TOLD: PartHealth = { ok: false, detail: 'Not known now.', essential: false };

/** Whether whoever asks may know how the bot is. */
export type MayKnow = (request: IncomingMessage) => boolean;

/**
 * `/healthz` says that the process answers, and how its parts are (always 200: a lost connection mends itself, a restart would not
 * help). `/readyz` is 503 while any essential part is not ready. Who may not know reads nothing there but whether it is ready.
 */
export function healthRoutes(checks: HealthChecks, mayKnow: MayKnow): Router {
  return new Router()
    .get('/healthz', async (ctx) => {
      if (mayKnow(ctx.req)) ctx.body = { ok: true, parts: await stateOf(checks) };
    })
    .get('/readyz', async (ctx) => {
      const parts = await stateOf(checks);
      const ok = isReady(parts);
      ctx.status = ok ? 200 : 503;
      ctx.body = mayKnow(ctx.req) ? { ok, parts } : { ok };
    });
}

function isReady(parts: Health): boolean {
  return Object.values(parts).every(({ ok, essential }) => ok || essential === false);
}

/** All parts, asked at once. */
async function stateOf(checks: HealthChecks): Promise<Health> {
  const told = Object.entries(checks).map(async ([name, check]) => [
    name,
    await within(TOLD_WITHIN_MS, outcomeOf(check), NOT_TOLD),
  ]);
  return Object.fromEntries(await Promise.all(told));
}

/** A check that fails is itself the finding; its words stay inside, for the page is public. */
async function outcomeOf(check: HealthChecks[string]): Promise<PartHealth> {
  try {
    return await check();
  } catch {
    return { ok: false };
  }
}
