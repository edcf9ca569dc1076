import type { IncomingMessage } from 'node:http';
import { isFromThisMachine } from '@field/kit/this-machine';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';

/** What a sandbox may ask of the bot that runs on it (architecture 9). */
export interface ControlHandlers {
  /**
   * Whether nothing is in flight, as soon as that is so and at the latest `withinMs` from now; `left` names what is. `changes` counts
   * what has happened; given back as `since` by whoever read that nothing was left, it spares another look while nothing has.
   */
  idle(asked: {
    readonly withinMs: number;
    readonly since?: number | undefined;
  }): Promise<{ readonly idle: boolean; readonly left: readonly string[]; readonly changes: number }>;
  /** Moves the calendar to `now` (epoch ms); what falls due on the way happens in order before it resolves. */
  moveClock(now: number): Promise<void>;
  /** Forgets everything, as before the first start; the calendar begins at `now` (epoch ms), or at the machine's time. */
  reset(now?: number): Promise<void>;
  /** Runs the jobs that are due now. */
  runDue(): Promise<void>;
}

const IDLE = z.object({
  withinMs: z.coerce.number().int().min(0).max(10_000).catch(0),
  since: z.coerce.number().int().optional().catch(undefined),
});
const CLOCK = z.object({ now: z.number().int().nonnegative() });
const BEGINNING = z.object({ now: z.number().int().nonnegative().optional() });
/** One number; whatever is larger is nothing that a sandbox asks. */
const LARGEST_BYTES = 1024;
const TOO_LARGE = { error: 'body.tooLarge', message: `A body has up to ${LARGEST_BYTES} bytes.` };

/** `GET /control/idle?withinMs=&since=`, `POST /control/{clock,reset,run-due}`: JSON, for this machine only. */
export function controlRoutes(handlers: ControlHandlers): Router {
  return new Router({ prefix: '/control' })
    .use(thisMachineOnly)
    .get('/idle', async (ctx) => {
      ctx.body = await handlers.idle(IDLE.parse(ctx.query));
    })
    .post('/clock', async (ctx) => {
      const text = await readShort(ctx.req);
      if (text === undefined) return refuse(ctx, 413, TOO_LARGE);
      const body = CLOCK.safeParse(asJson(text));
      if (!body.success) {
        return refuse(ctx, 400, { error: 'clock.malformed', message: 'Send {"now": <epoch milliseconds>}.' });
      }
      await handlers.moveClock(body.data.now);
      ctx.body = {};
    })
    .post('/reset', async (ctx) => {
      const text = await readShort(ctx.req);
      if (text === undefined) return refuse(ctx, 413, TOO_LARGE);
      const body = BEGINNING.safeParse(asJson(text));
      await handlers.reset(body.data?.now);
      ctx.body = {};
    })
    .post('/run-due', async (ctx) => {
      await handlers.runDue();
      ctx.body = {};
    });
}

/** No web page, whatever its name and its origin, and nothing that a proxy on this machine passes on. */
const thisMachineOnly: Middleware = async (ctx, next) => {
  if (!isFromThisMachine(ctx.req) || ctx.req.headers.origin !== undefined) {
    refuse(ctx, 403, { error: 'control.elsewhere', message: 'Only for the sandbox on this machine.' });
    return;
  }
  await next();
};

function refuse(ctx: Context, status: number, body: { readonly error: string; readonly message: string }): void {
  ctx.status = status;
  ctx.body = body;
}

/** A body's text, undefined when it is too large; read to its end, so that the answer is read too, but kept only while it is short. */
async function readShort(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BYTES) chunks.push(chunk);
  }
  return bytes > LARGEST_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
