import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What `npm run op -- …` answered, run on this data folder as an operator runs it. */
export interface CommandAnswer {
  readonly code: number | null;
  readonly out: string;
  readonly problem: string;
}

interface Settings {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function operatorCommand(on: string | Settings, ...args: readonly string[]): Promise<CommandAnswer> {
  const { dataDir, env } = typeof on === 'string' ? { dataDir: on, env: {} } : on;
  const { PATH, NODE_OPTIONS } = process.env;
  const command = spawn(process.execPath, ['dist/scripts/op.js', ...args], {
    env: { PATH, NODE_OPTIONS, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, problem, [code]] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'exit')]);
  return { code: typeof code === 'number' ? code : null, out: out.trim(), problem: problem.trim() };
}
