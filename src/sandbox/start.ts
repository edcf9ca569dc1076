import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { MovableClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { posmAt } from '../reviewer/handed-over.ts';
import { type BotAddress, BotControl } from './control/bot.ts';
import { sendFile } from './control/files.ts';
import { controlApi } from './control/routes.ts';
import { DEMO_APP, DEMO_TEMPLATE_ID, seed } from './demo-people.ts';
import { page } from './http/page.ts';
import { Live } from './live/live.ts';
import { openApi, unknownAddress } from './openapi/server.ts';
import { Connections } from './push/connections.ts';
import { Courier } from './push/courier.ts';
import { Gateway } from './push/gateway.ts';
import { samples } from './samples/route.ts';
import { type StoryPhase, setStoryPhase, storyPhase } from './story/phase.ts';
import { openWorld, type SandboxLog, type World } from './world.ts';

export interface SandboxOptions {
  /** 0: any free one. */
  readonly port: number;
  /** The folder of all state, shared with the bot: its hand-over files and what it lands lie there too. */
  readonly dataDir: string;
  /** Where the programme's days begin at midnight (IANA name); `Asia/Shanghai` unless said otherwise. */
  readonly programmeTimeZone?: string | undefined;
  readonly clock?: MovableClock | undefined;
  /** Where the bot's control interface is; without it idle, clock and reset speak for the sandbox alone. */
  readonly bot?: BotAddress | undefined;
  /** The product's card template in the builder's export format. */
  readonly templateFile: string;
  /** The built chat page; without it none is served. */
  readonly pageDir?: string | undefined;
  readonly log: SandboxLog;
}

export interface RunningSandbox {
  readonly url: string;
  /** Calls back whenever the demo's app has a new Stream connection. */
  onBotConnected(listener: () => void): void;
  readonly story: Story;
  close(): Promise<void>;
}

/** How far the story is (design 9); whoever started the sandbox tells it. */
export interface Story {
  /** Into data that is new with this start, or one that was broken off. */
  readonly isWanted: boolean;
  phase(): StoryPhase;
  begin(): void;
  /** Told to its end; statistics count from here. */
  end(): void;
}

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
  const { dataDir, programmeTimeZone = 'Asia/Shanghai' } = options;
  const templateSource = await readTemplate(options.templateFile);
  const world = openWorld(options);
  try {
    const story = { isWanted: prepare(world, templateSource) || storyPhase(world) === 'playing', ...storyOf(world) };
    const connections = new Connections(world);
    const courier = new Courier(world, connections);
    const gateway = new Gateway(world, connections);
    const live = new Live(world);
    const bot = new BotControl(options.bot);
    const app = new Koa();
    app.on('error', (thrown: unknown) => world.log.error({ problem: String(thrown) }, 'http.failed'));
    app.use(helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false }));
    app.use(openApi(world, gateway));
    app.use(download(world));
    app.use(samples((ref) => posmAt(join(dataDir, 'outgoing'), ref)));
    app.use(controlApi({ world, connections, courier, bot, templateSource, dataDir, programmeTimeZone }));
    if (options.pageDir !== undefined) app.use(page(options.pageDir));
    app.use(unknownAddress);
    const server = createServer(app.callback());
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
      if (pathname === '/connect') gateway.upgrade(request, socket, head);
      else if (pathname === '/sandbox/live') live.upgrade(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    const port = await listen(server, options.port);
    world.address.url = `http://127.0.0.1:${port}`;
    return {
      url: world.address.url,
      onBotConnected: (listener) =>
        connections.onOpened((clientId) => {
          if (clientId === DEMO_APP.clientId) listener();
        }),
      story,
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
function prepare(world: World, templateSource: string): boolean {
  const isFirst = world.settings.number('seeded') === undefined;
  if (isFirst) seed(world, templateSource);
  else world.templates.save(DEMO_TEMPLATE_ID, templateSource, true);
  return isFirst;
}

function storyOf(world: World): Omit<Story, 'isWanted'> {
  return {
    phase: () => storyPhase(world),
    begin: () => setStoryPhase(world, 'playing'),
    end: () => {
      world.counters.clear();
      setStoryPhase(world, 'told');
    },
  };
}

async function readTemplate(file: string): Promise<string> {
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
