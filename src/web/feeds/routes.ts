import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { whyNotSaved } from '@field/kit/cannot-save';
import type { Logger } from '@field/kit/log';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { FeedSecret } from '../../config/feed-secrets.ts';
import { BodyTooSlow, discard, piecesOf } from './body.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { createSeenRequests } from './seen-requests.ts';
import { proved, type Signed } from './signature.ts';

/** A daily file that came in. */
export interface FeedFile {
  readonly name: string;
  readonly state: 'waiting' | 'landing' | 'done' | 'quarantined';
  readonly bytes: number;
  readonly sha256: string;
  readonly resultPath?: string | undefined;
}

type Taken =
  | { readonly became: 'taken' | 'same'; readonly file: FeedFile }
  | { readonly became: 'otherWaits' | 'busy' | 'notItsHash' | 'notItsSize' | 'tooLarge' };

export interface FeedsOptions {
  readonly secrets: readonly FeedSecret[];
  readonly isFileName: (name: string) => boolean;
  readonly intake: {
    readonly known: {
      latest(name: string): Promise<FeedFile | undefined>;
      withContent(name: string, sha256: string): Promise<FeedFile | undefined>;
    };
    take(coming: {
      readonly name: string;
      readonly by: 'https';
      readonly body: AsyncIterable<Buffer>;
      readonly sha256: string;
      readonly bytes: number | undefined;
    }): Promise<Taken>;
  };
  /** A file waits. */
  readonly taken: () => void;
  /** The machine's time, milliseconds. */
  readonly machine: () => number;
  readonly log: Logger;
  /** With nothing more of a body for so long its connection is ended. */
  readonly longestPauseMs?: number | undefined;
}

export interface Feeds {
  readonly router: Router;
  /** Ends what is coming in; its senders repeat it. */
  close(): void;
}

const LONGEST_PAUSE_MS = 30_000;

/**
 * `PUT /feeds/<name>`, `GET /feeds/<name>` and `GET /feeds/<name>/result`: daily files by HTTPS, signed (daily-data: HTTPS upload).
 * Nothing of a body is read, and nothing told, before the signature is proved. To repeat a request changes nothing.
 */
export function createFeeds(options: FeedsOptions): Feeds {
  const { intake, log, machine } = options;
  const seen = createSeenRequests(machine);
  const comingIn = new Set<IncomingMessage>();
  let unproved = 0;
  let toldAt = -Infinity;

  /** What the request proves, with a name of a daily file; else it has its answer. */
  async function admitted(ctx: Context, name: string, path: string): Promise<Signed | undefined> {
    const signed = proved({ method: ctx.method, path, headers: ctx.req.headers }, options.secrets, machine());
    if (typeof signed === 'string') {
      tellUnproved(signed);
      await refuse(ctx, REFUSALS.unproved);
      return undefined;
    }
    if (options.isFileName(name)) return signed;
    await refuse(ctx, REFUSALS.noName);
    return undefined;
  }

  /** Whoever tries many of them fills no log. */
  function tellUnproved(why: string): void {
    unproved += 1;
    if (machine() - toldAt < TOLD_EVERY_MS) return;
    log.warn({ why, times: unproved }, 'feed.refused');
    toldAt = machine();
    unproved = 0;
  }

  async function put(ctx: Context, name: string): Promise<void> {
    const signed = await admitted(ctx, name, name);
    if (signed === undefined) return;
    const { key, sha256, signature } = signed;
    const before = seen.has(signature) ? await intake.known.withContent(name, sha256) : undefined;
    if (before !== undefined) return await answerBefore(ctx, before);
    // it was taken, and an operator has it now
    if (seen.has(signature)) return await refuse(ctx, REFUSALS.replayed);
    const taken = await take(ctx, name, sha256);
    if ('status' in taken) {
      log.warn({ file: name, key, why: taken.error }, 'feed.notTaken');
      return await refuse(ctx, taken);
    }
    if (taken.became === 'same') return await answerBefore(ctx, taken.file);
    if (taken.became !== 'taken') {
      log.warn({ file: name, key, why: REFUSALS[taken.became].error }, 'feed.notTaken');
      return await refuse(ctx, REFUSALS[taken.became]);
    }
    seen.add(signature);
    log.info({ file: name, key, bytes: taken.file.bytes }, 'feed.taken');
    options.taken();
    ctx.status = 201;
    ctx.body = stateOf(taken.file);
  }

  async function take(ctx: Context, name: string, sha256: string): Promise<Taken | Refusal> {
    const { req } = ctx;
    async function* body(): AsyncGenerator<Buffer> {
      ctx.state.isBodyBegun = true;
      // only now does whoever asked before sending hear that it may
      if (req.headers.expect !== undefined) ctx.res.writeContinue();
      yield* piecesOf(req, options.longestPauseMs ?? LONGEST_PAUSE_MS);
    }
    comingIn.add(req);
    try {
      return await intake.take({ name, by: 'https', body: body(), sha256, bytes: bytesSaid(ctx) });
    } catch (thrown) {
      const why = whyNotSaved(thrown);
      if (why !== undefined) return REFUSALS[why];
      if (thrown instanceof BodyTooSlow) return REFUSALS.tooSlow;
      if (req.destroyed || req.errored !== null) return REFUSALS.cut;
      throw thrown;
    } finally {
      comingIn.delete(req);
    }
  }

  async function answerBefore(ctx: Context, file: FeedFile): Promise<void> {
    await discard(ctx.req);
    endWithAnswer(ctx);
    ctx.body = stateOf(file);
  }

  async function get(ctx: Context, name: string): Promise<void> {
    if ((await admitted(ctx, name, name)) === undefined) return;
    const file = await intake.known.latest(name);
    if (file === undefined) ctx.status = 404;
    ctx.body = file === undefined ? { name, state: 'unknown' } : stateOf(file);
  }

  async function getResult(ctx: Context, name: string): Promise<void> {
    if ((await admitted(ctx, name, `${name}/result`)) === undefined) return;
    const file = await intake.known.latest(name);
    if (file?.resultPath === undefined) return await refuse(ctx, REFUSALS.noResult);
    ctx.type = 'text/csv; charset=utf-8';
    ctx.body = createReadStream(file.resultPath);
  }

  const router = new Router({ prefix: '/feeds' })
    .put('/:name', (ctx) => put(ctx, ctx.params.name ?? ''))
    .get('/:name', (ctx) => get(ctx, ctx.params.name ?? ''))
    .get('/:name/result', (ctx) => getResult(ctx, ctx.params.name ?? ''));
  return {
    router,
    close() {
      for (const request of comingIn) request.destroy();
    },
  };
}

const TOLD_EVERY_MS = 60_000;

function bytesSaid(ctx: Context): number | undefined {
  const said = ctx.get('Content-Length');
  return said === '' ? undefined : Number(said);
}

function stateOf({ name, state, bytes, sha256 }: FeedFile): Omit<FeedFile, 'resultPath'> {
  return { name, state, bytes, sha256 };
}

async function refuse(ctx: Context, { status, error, message, retryAfterS }: Refusal): Promise<void> {
  if (ctx.state.isBodyBegun !== true) await discard(ctx.req);
  endWithAnswer(ctx);
  if (retryAfterS !== undefined) ctx.set('Retry-After', String(retryAfterS));
  ctx.status = status;
  ctx.body = { error, message };
}

/** What is left of a body is not read: the next request needs another connection. */
function endWithAnswer(ctx: Context): void {
  if (!ctx.req.complete) ctx.set('Connection', 'close');
}
