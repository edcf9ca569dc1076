import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/world/free-port.ts';

const ADDRESS = /^chat page (http:\S+)\/$/m;
const STARTED_WITHIN_MS = 250_000;
/** Linux calls it `PF_FORKNOEXEC`. */
const FORKED_NOT_EXECUTED = 0x40;

/** `npm start` as a newcomer runs it: in a terminal of its own, on free ports. */
export class Demo {
  readonly url: string;
  readonly #botUrl: string;
  readonly #npm: ChildProcess;
  readonly #dataDir: string;

  private constructor(urls: { page: string; bot: string }, npm: ChildProcess, dataDir: string) {
    this.url = urls.page;
    this.#botUrl = urls.bot;
    this.#npm = npm;
    this.#dataDir = dataDir;
  }

  /** Starts it, without the story unless it is asked for, and answers when it has said where the chat page is. */
  static async start(dataDir: string, { story = false } = {}): Promise<Demo> {
    const [sandboxPort, botPort] = [await freePort(), await freePort()];
    const { PATH, HOME, NODE_OPTIONS } = process.env;
    const npm = spawn('npm', ['start'], {
      // A process group of its own is what Ctrl-C reaches.
      detached: true,
      env: {
        PATH,
        HOME,
        NODE_OPTIONS,
        DATA_DIR: dataDir,
        SANDBOX_PORT: String(sandboxPort),
        PORT: String(botPort),
        DEMO: story ? undefined : 'none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const address = new Promise<string>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`npm start has not said its address:\n${said}`)),
        STARTED_WITHIN_MS,
      );
      const listen = (chunk: Buffer): void => {
        said += chunk;
        const found = ADDRESS.exec(said)?.[1];
        if (!found) return;
        clearTimeout(late);
        resolve(found);
      };
      npm.stdout.on('data', listen);
      npm.stderr.on('data', listen);
      npm.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
    });
    const url = await address.catch((problem: unknown) => {
      signalGroup(npm, 'SIGKILL');
      throw problem;
    });
    return new Demo({ page: url, bot: `http://127.0.0.1:${botPort}` }, npm, dataDir);
  }

  /** The processes of this demo that run the product itself: the sandbox, and the bot below it. */
  processes(): { sandbox: number[]; bot: number[] } {
    const ours = readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && isProgramme(name) && wasStartedOn(name, this.#dataDir),
    );
    // npm and its shell name the script too; they are not it.
    const running = (entry: string) =>
      ours.filter((pid) => ofProcess(pid, 'cmdline').split('\0')[1]?.endsWith(entry)).map(Number);
    return { sandbox: running('scripts/start.mjs'), bot: running('dist/src/main.js') };
  }

  /** Whether the bot runs and is connected. */
  async ready(): Promise<boolean> {
    const answer = await fetch(`${this.#botUrl}/readyz`).catch(() => undefined);
    return answer?.ok ?? false;
  }

  /** What went to and fro last, for whoever wonders why a test is red; empty where the sandbox does not run. */
  async traffic(): Promise<string> {
    const answer = await fetch(`${this.url}/sandbox/api/traffic`).catch(() => undefined);
    return (await answer?.text()) ?? '';
  }

  botLog(): string {
    return readFileSync(join(this.#dataDir, 'bot.log'), 'utf8');
  }

  /** Ends it as a person at the terminal does; answers npm's exit code, or the signal that it hands on. */
  async pressCtrlC(): Promise<string> {
    const gone = once(this.#npm, 'exit');
    signalGroup(this.#npm, 'SIGINT');
    const [code, signal] = (await gone) as [number | null, NodeJS.Signals | null];
    return String(code ?? signal);
  }

  /** What a test that broke off leaves behind. */
  end(): void {
    if (this.#npm.exitCode === null && this.#npm.signalCode === null) signalGroup(this.#npm, 'SIGKILL');
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

function wasStartedOn(pid: string, dataDir: string): boolean {
  return ofProcess(pid, 'environ').split('\0').includes(`DATA_DIR=${dataDir}`);
}

/** Not what one that starts another is for a moment: a copy of itself, which is that other one as soon as it runs it. */
function isProgramme(pid: string): boolean {
  const flags = Number(/\) [A-Z](?: -?\d+){5} (\d+) /.exec(ofProcess(pid, 'stat'))?.[1] ?? FORKED_NOT_EXECUTED);
  return (flags & FORKED_NOT_EXECUTED) === 0;
}

/** Empty for a process that has just gone or is somebody else's. */
function ofProcess(pid: string, file: 'cmdline' | 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
