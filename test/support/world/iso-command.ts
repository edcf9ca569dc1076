import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What `npm run iso -- …` answered, run on this data folder as an operator runs it. */
export interface CommandAnswer {
  readonly code: number | null;
  readonly out: string;
  readonly problem: string;
}

export async function isoCommand(dataDir: string, ...args: readonly string[]): Promise<CommandAnswer> {
  const { PATH, NODE_OPTIONS } = process.env;
  const command = spawn(process.execPath, ['dist/scripts/iso.js', ...args], {
    env: { PATH, NODE_OPTIONS, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, problem, [code]] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'exit')]);
  return { code: typeof code === 'number' ? code : null, out: out.trim(), problem: problem.trim() };
}
