import { json } from 'node:stream/consumers';
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { z } from 'zod';

/** What a sandbox may ask of the bot that runs on it (architecture 9). */
export interface ControlHandlers {
  /** Whether nothing is in flight, as soon as that is so and at the latest `withinMs` from now; `left` names what is. */
  idle(withinMs: number): Promise<{ readonly idle: boolean; readonly left: readonly string[] }>;
  /** Moves the calendar to `now` (epoch ms); what falls due on the way happens in order before it resolves. */
  moveClock(now: number): Promise<void>;
  /** Forgets everything, as before the first start; the calendar begins at `now` (epoch ms), or at the machine's time. */
  reset(now?: number): Promise<void>;
  /** Runs the jobs that are due now. */
  runDue(): Promise<void>;
}

const IDLE = z.object({ withinMs: z.coerce.number().int().min(0).max(10_000).catch(0) });
const CLOCK = z.object({ now: z.number().int().nonnegative() });
const BEGINNING = z.object({ now: z.number().int().nonnegative().optional() });
const LOOPBACK_PEERS = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `GET /control/idle?withinMs=`, `POST /control/{clock,reset,run-due}`: JSON, for this machine only. */
export function controlRoutes(handlers: ControlHandlers): Router {
  return new Router({ prefix: '/control' })
    .use(thisMachineOnly)
    .get('/idle', async (ctx) => {
      ctx.body = await handlers.idle(IDLE.parse(ctx.query).withinMs);
    })
    .post('/clock', async (ctx) => {
      const body = CLOCK.safeParse(await json(ctx.req).catch(() => undefined));
      if (!body.success) {
        ctx.status = 400;
        ctx.body = { error: 'clock.malformed', message: 'Send {"now": <epoch milliseconds>}.' };
        return;
      }
      await handlers.moveClock(body.data.now);
      ctx.body = {};
    })
    .post('/reset', async (ctx) => {
      const body = BEGINNING.safeParse(await json(ctx.req).catch(() => ({})));
      await handlers.reset(body.data?.now);
      ctx.body = {};
    })
    .post('/run-due', async (ctx) => {
      await handlers.runDue();
      ctx.body = {};
    });
}

/** The peer must be here, and must have asked for here by name: a web page elsewhere can point its own name at this machine. */
const thisMachineOnly: Middleware = async (ctx, next) => {
  const peer = ctx.req.socket.remoteAddress ?? '';
  const host = (ctx.req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!LOOPBACK_PEERS.has(peer) || !LOOPBACK_HOSTS.has(host) || ctx.req.headers.origin !== undefined) {
    ctx.status = 403;
    ctx.body = { error: 'control.elsewhere', message: 'Only for the sandbox on this machine.' };
    return;
  }
  await next();
};
