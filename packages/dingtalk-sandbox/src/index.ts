import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { MovableClock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { type BotAddress, BotControl } from './control/bot.ts';
import type { Extend } from './control/extension.ts';
import { sendFile } from './control/files.ts';
import { controlApi } from './control/routes.ts';
import { localOnly, turnedAway } from './http/local-only.ts';
import { page } from './http/page.ts';
import { Live } from './live/live.ts';
import { openApi, unknownAddress } from './openapi/server.ts';
import { Connections } from './push/connections.ts';
import { Courier } from './push/courier.ts';
import { Gateway } from './push/gateway.ts';
import { samples } from './samples/route.ts';
import { webView } from './webview/web-view.ts';
import { plant } from './world/plant.ts';
import { DEFAULT_SEED, type Seed } from './world/seed.ts';
import { openWorld, type SandboxLog, type World } from './world/world.ts';

export { cardAsSeen, entriesFor } from './chat/viewing.ts';
export { moveClock } from './control/clock.ts';
export { ControlError, shaped } from './control/control-error.ts';
export type { Cast, SandboxExtension } from './control/extension.ts';
export type { ControlParts } from './control/parts.ts';
export { readJson } from './http/body.ts';
export type { Standing } from './protocol/page-protocol.ts';
export type { Tap } from './push/taps.ts';
export { CORP_ID, DEFAULT_SEED, type Seed } from './world/seed.ts';
export type { World } from './world/world.ts';

/** The chat page as the build leaves it, beside this file. */
export const BUILT_PAGE = fileURLToPath(new URL('./page', import.meta.url));

export interface SandboxOptions {
  /** 0: any free one. */
  readonly port: number;
  /** The folder of all state. */
  readonly dataDir: string;
  /** Who is there at first; three people, one outside and a group unless said otherwise. */
  readonly seed?: Seed | undefined;
  readonly clock?: MovableClock | undefined;
  /** Where the bot's control interface is; without it idle, clock and reset speak for the sandbox alone. */
  readonly bot?: BotAddress | undefined;
  /** A card template in the builder's export format, known as the seed's `templateId`; more come by the control API. */
  readonly templateFile?: string | undefined;
  /** The built chat page; without it none is served. */
  readonly pageDir?: string | undefined;
  readonly extend?: Extend | undefined;
  readonly log: SandboxLog;
}

export interface RunningSandbox {
  readonly url: string;
  /** Whether its data is new with this start. */
  readonly isNew: boolean;
  /** Calls back whenever the seed's app has a new Stream connection. */
  onBotConnected(listener: () => void): void;
  close(): Promise<void>;
}

/** A client that is busy for Node's five seconds would write its next call into a connection that was closed meanwhile. */
const KEPT_ALIVE_MS = 600_000;

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/**
 * Starts the local DingTalk in this process: state from `dataDir`, the platform's APIs, the Stream gateway, the control API and
 * the chat page on one loopback port. Throws `folder.locked`, `folder.unwritable`, `config.invalid`, or the system's own
 * `EADDRINUSE`.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { seed = DEFAULT_SEED } = options;
  const templateSource = await readTemplate(options.templateFile);
  const world = openWorld({ ...options, seed });
  try {
    const isNew = prepare(world, templateSource);
    const connections = new Connections(world);
    const courier = new Courier(world, connections);
    const gateway = new Gateway(world, connections);
    const bot = new BotControl(options.bot);
    const parts = { world, connections, courier, bot, templateSource };
    const extension = options.extend?.(parts, isNew) ?? {};
    const live = new Live(world, () => extension.cast?.());
    const app = new Koa();
    app.on('error', (thrown: unknown) => world.log.error({ problem: String(thrown) }, 'http.failed'));
    app.use(helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false }));
    app.use(localOnly);
    app.use(openApi(world, gateway, courier));
    app.use(download(world));
    app.use(samples(extension.standsAt));
    app.use(webView(world));
    app.use(controlApi(parts, extension));
    if (options.pageDir !== undefined) app.use(page(options.pageDir));
    app.use(unknownAddress);
    const server = createServer({ keepAliveTimeout: KEPT_ALIVE_MS }, app.callback());
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      if (turnedAway(request, socket)) return;
      const [pathname] = (request.url ?? '/').split('?');
      if (pathname === '/connect') gateway.upgrade(request, socket, head);
      else if (pathname === '/sandbox/live') live.upgrade(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    const port = await listen(server, options.port);
    world.address.url = `http://127.0.0.1:${port}`;
    return {
      url: world.address.url,
      isNew,
      onBotConnected: (listener) =>
        connections.onOpened((clientId) => {
          if (clientId === seed.app.clientId) listener();
        }),
      close: async () => {
        live.stop();
        connections.stop();
        courier.reset();
        server.closeAllConnections();
        await new Promise<void>((resolve) => server.close(() => resolve()));
        world.db.close();
      },
    };
  } catch (thrown) {
    world.db.close();
    throw thrown;
  }
}

/** First start fills empty state, and answers true; every start takes the template as it is now. */
function prepare(world: World, templateSource: string | undefined): boolean {
  const isFirst = world.settings.number('seeded') === undefined;
  if (isFirst) plant(world, templateSource);
  else if (templateSource !== undefined) world.templates.save(world.seed.templateId, templateSource, true);
  return isFirst;
}

async function readTemplate(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    throw new AppError('config.invalid', { templateFile: file }, { cause: thrown });
  }
}

/** The host of temporary addresses: the file, or a 403 once the address is over. */
function download(world: World): Koa.Middleware {
  return (ctx, next) => {
    const [, token] = /^\/download\/([\w-]+)$/.exec(ctx.path) ?? [];
    if (token === undefined || ctx.method !== 'GET') return next();
    const file = world.files.byLink(token);
    if (file === undefined) {
      ctx.status = 403;
      ctx.type = 'application/xml';
      ctx.body = '<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>';
      return undefined;
    }
    return world.activity.during('a download', async () => sendFile(ctx, file));
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
