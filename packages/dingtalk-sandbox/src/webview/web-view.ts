import type { Context, Middleware } from 'koa';
import { readBody } from '../http/body.ts';
import { WEB_VIEW } from '../protocol/web-view.ts';
import type { World } from '../world/world.ts';
import { policyWithBridge, USER_AGENT, withBridge } from './bridge.ts';

const MAX_BODY_BYTES = 1_000_000;
const ANSWERS_WITHIN_MS = 20_000;
/** What a page is told of the client's request, and what the client keeps of its answer. */
const SENT = ['accept', 'accept-language', 'content-type', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'];
const METHODS: readonly string[] = ['GET', 'POST', 'PUT'];
const KEPT = ['content-type', 'cache-control', 'content-language', 'retry-after'];

/**
 * `/sandbox/web/<userId>/<origin>/…`: a page of a bot on this machine, as this person's client shows it: with the client's name, its
 * bridge and the person's own cookies. Only what the robot's quick entries or a card lead to is shown, so that this is no way to elsewhere.
 */
export function webView(world: World): Middleware {
  return async (ctx, next) => {
    const asked = WEB_VIEW.exec(ctx.path);
    if (asked === null || !METHODS.includes(ctx.method)) return next();
    const [, viewer = '', encoded = '', path = ''] = asked;
    const userId = decodeURIComponent(viewer);
    const origin = Buffer.from(encoded, 'base64url').toString('utf8');
    if (world.people.find(userId)?.state !== 'joined' || !isLedTo(world, origin)) return next();
    await world.activity.during('a web page', () => show(world, ctx, { userId, origin, path }));
  };
}

interface Shown {
  readonly userId: string;
  readonly origin: string;
  readonly path: string;
}

async function show(world: World, ctx: Context, { userId, origin, path }: Shown): Promise<void> {
  const body = ctx.method === 'GET' ? null : new Uint8Array(await readBody(ctx.req, MAX_BODY_BYTES));
  const headers: Record<string, string> = Object.fromEntries(
    SENT.map((name) => [name, ctx.get(name)] as const).filter(([, value]) => value),
  );
  // what names this server's address names the page's own to it
  if (ctx.get('origin') === world.address.url) headers.origin = origin;
  let answer: Response;
  try {
    answer = await fetch(`${origin}${path}${ctx.search}`, {
      method: ctx.method,
      body,
      headers: { ...headers, 'user-agent': USER_AGENT, cookie: world.cookieJars.header(userId, origin) },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
  } catch {
    ctx.status = 502;
    ctx.body = 'The page does not answer. Is the bot running?';
    return;
  }
  world.cookieJars.take(userId, origin, answer.headers.getSetCookie());
  ctx.status = answer.status;
  for (const name of KEPT) {
    const value = answer.headers.get(name);
    if (value !== null) ctx.set(name, value);
  }
  const scope = answer.headers.get('service-worker-allowed');
  const below = ctx.path.slice(0, ctx.path.length - path.length);
  if (scope !== null) ctx.set('Service-Worker-Allowed', `${below}${scope}`);
  ctx.set('Content-Security-Policy', policyWithBridge(answer.headers.get('content-security-policy') ?? ''));
  ctx.remove('X-Frame-Options');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
  ctx.body = isPage ? withBridge(bytes.toString('utf8')) : bytes;
}

function isLedTo(world: World, origin: string): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.origin !== origin || !['127.0.0.1', 'localhost'].includes(url.hostname)) return false;
  const isOfAnEntry = world.quickEntries
    .of(world.seed.app.clientId)
    .some(
      ({ mobileUrl }) => mobileUrl !== undefined && URL.canParse(mobileUrl) && new URL(mobileUrl).origin === origin,
    );
  return isOfAnEntry || (origin !== world.address.url && world.cards.leadTo(origin));
}
