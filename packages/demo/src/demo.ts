import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { assertBrowsersOpen, assertPortFree, assertWritable } from '@field/kit/startup';
import { BotProcess } from './bot-process.ts';
import { DEMO_SEED } from './demo-people.ts';
import { type DemoSandbox, openDemoSandbox } from './demo-sandbox.ts';
import { BOT_ENTRY } from './product.ts';
import { setQuickEntries } from './quick-entries.ts';
import { type Env, type SandboxSettings, sandboxSettings } from './settings-from-env.ts';
import { leaveStory } from './story/tell-story.ts';

const WHAT_TO_TRY = [
  'Open it: the strip on top names four things to try and says what to do; sample photos stand over the text field.',
  'To begin afresh, be Dao Kamon: join demo@iso.example, then approve the request as Anong Chai.',
  '"Next day" brings the results of what was submitted. Ctrl-C ends everything and keeps it.',
];

export interface DemoOptions {
  /** The built bot; the product's own unless a test brings another. */
  readonly botEntry?: string | undefined;
  readonly templateFile?: string | undefined;
  readonly print?: ((line: string) => void) | undefined;
}

export interface RunningDemo {
  readonly url: string;
  readonly botPid: () => number | undefined;
  /** Resolves once it was stopped; rejects with what the bot said when a later start of it found that it can never work as set up. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The demo of `npm start`: the sandbox in this process, the bot in a child of it. Prints the page's address once the bot is
 * connected, then what to try. Resolves then; the processes go on until SIGINT or SIGTERM. Throws `port.taken`,
 * `folder.unwritable`, `folder.locked` or `config.invalid` before anything runs, and `bot.cannotWork` with what the bot said when it
 * can never work as it is set up.
 */
export async function startDemo(env: Env, options: DemoOptions = {}): Promise<RunningDemo> {
  const settings = sandboxSettings(env, options.templateFile);
  const print = options.print ?? ((line: string) => process.stdout.write(`${line}\n`));
  assertWritable(settings.dataDir);
  await assertBrowsersOpen(settings.sandboxPort, 'SANDBOX_PORT');
  await assertBrowsersOpen(settings.botPort, 'PORT');
  await assertPortFree(settings.botPort, 'PORT');
  const sandbox = await openDemoSandbox(settings, true);
  const logFile = join(settings.dataDir, 'bot.log');
  let ended: (why?: AppError) => void = () => undefined;
  const end = new Promise<void>((resolve, reject) => {
    ended = (why) => (why === undefined ? resolve() : reject(why));
  });
  const bot = new BotProcess({
    entry: options.botEntry ?? BOT_ENTRY,
    env: botEnvironment(env, settings),
    logFile,
    onDeath: ({ code, signal, pauseMs }) => {
      if (pauseMs > 0) print(`The bot stopped (${signal ?? code}) and is started again; see ${logFile}`);
    },
    onGivenUp: (say) => void stop(new AppError('bot.cannotWork', { say })),
  });
  let stopped: Promise<void> | undefined;
  const stop = (why?: AppError): Promise<void> => {
    stopped ??= bot
      .stop()
      .then(() => sandbox.close())
      .then(() => ended(why));
    return stopped;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
  const connected = new Promise<void>((resolve) => sandbox.onBotConnected(resolve));
  bot.start();
  await Promise.race([connected, end]);
  const story = await openedStory(sandbox, settings);
  print(`chat page ${sandbox.url}/`);
  for (const line of WHAT_TO_TRY) print(line);
  const botUrl = env.PUBLIC_URL || `http://127.0.0.1:${settings.botPort}`;
  // after the reset with which a story begins, and not in the way of the start
  if (options.botEntry === undefined && !sandbox.hasEntriesTo(botUrl)) {
    setQuickEntries(botEnvironment(env, settings)).catch((thrown: unknown) => {
      if (stopped === undefined) print(`The entries at the bottom of the chat could not be set: ${thrown}`);
    });
  }
  story?.().catch((thrown: unknown) => {
    if (stopped === undefined) print(`The story was broken off, and is told again at the next start: ${thrown}`);
  });
  return { url: sandbox.url, botPid: () => bot.pid, ended: end, stop: () => stop() };
}

/**
 * Into new data the story (architecture 9) is told, unless the operator leaves it out; one that was broken off is told again. Answers
 * how to tell it, with its people in their place, or undefined when there is none to tell.
 */
async function openedStory(
  { story, teller, url }: DemoSandbox,
  { story: isWelcome }: SandboxSettings,
): Promise<(() => Promise<void>) | undefined> {
  if (story.phase() !== 'opening') return undefined;
  if (isWelcome) return await teller.open();
  await leaveStory(url);
  return undefined;
}

function botEnvironment(env: Env, settings: SandboxSettings): Env {
  const base = `http://127.0.0.1:${settings.sandboxPort}`;
  const { app, templateId } = DEMO_SEED;
  return {
    ...env,
    DINGTALK_CLIENT_ID: app.clientId,
    DINGTALK_CLIENT_SECRET: app.clientSecret,
    DINGTALK_ROBOT_CODE: app.clientId,
    DINGTALK_CARD_TEMPLATE_ID: templateId,
    DINGTALK_API_BASE: base,
    DINGTALK_OAPI_BASE: base,
    PORT: String(settings.botPort),
    DEMO: env.DEMO || 'story',
    DATA_DIR: settings.dataDir,
  };
}
