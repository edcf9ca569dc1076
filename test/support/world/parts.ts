import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { PartProcess } from './process.ts';

/** A sandbox and a bot on free ports, with an empty data folder of their own. */
export interface Parts {
  readonly dataDir: string;
  readonly sandboxUrl: string;
  readonly botUrl: string;
  readonly sandbox: PartProcess;
  readonly bot: PartProcess;
}

export interface PartsOptions {
  /** More of the bot's environment: `MONGODB_URI`, `PUBLIC_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The bot is told that its web is reached where it is, on this machine. */
  readonly reached?: true;
  /** `false`: only the sandbox; the bot is started later. */
  readonly bot?: boolean;
}

/** Answers when both are ready; what did start is ended again when one is not. */
export async function startParts(options: PartsOptions = {}): Promise<Parts> {
  const parts = await makeParts(options);
  try {
    await parts.sandbox.start();
    if (options.bot !== false) await parts.bot.start();
  } catch (error) {
    await endParts(parts);
    throw error;
  }
  return parts;
}

export async function endParts({ bot, sandbox, dataDir }: Parts): Promise<void> {
  await bot.stop();
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

async function makeParts({ env: more, reached }: PartsOptions): Promise<Parts> {
  const dataDir = mkdtempSync(join(tmpdir(), 'world-'));
  const [sandboxPort, botPort] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const botUrl = `http://127.0.0.1:${botPort}`;
  const env = { DATA_DIR: dataDir, PORT: String(botPort) };
  const place: Record<string, string> = reached ? { PUBLIC_URL: botUrl } : {};
  const sandbox = new PartProcess({
    name: 'The sandbox',
    entry: 'packages/demo/dist/sandbox.js',
    env: { ...env, SANDBOX_PORT: String(sandboxPort) },
    logFile: join(dataDir, 'sandbox.log'),
    readyUrl: `${sandboxUrl}/sandbox/api/clock`,
  });
  const bot = new PartProcess({
    name: 'The bot',
    entry: 'dist/src/main.js',
    env: { ...env, DINGTALK_API_BASE: sandboxUrl, DINGTALK_OAPI_BASE: sandboxUrl, ...place, ...more },
    logFile: join(dataDir, 'bot.log'),
    readyUrl: `${botUrl}/readyz`,
  });
  return { dataDir, sandboxUrl, botUrl, sandbox, bot };
}
