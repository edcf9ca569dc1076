import { CommanderError } from 'commander';
import type { Operator, Outcome } from './command.ts';
import { toProblem } from './problem.ts';
import { programOf, type Switches } from './program.ts';

/** Where a command line writes. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Done; refused or failed; typed in a way that is no command. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs what was typed after `npm run op --`. What was done goes to `out`, as sentences or with `--json` as one document; what went
 * wrong goes to `err`, as sentences or as one line `{"error":{"code","message"}}`. Never throws.
 */
export async function runCommandLine(
  args: readonly string[],
  operator: Operator,
  terminal: Terminal,
): Promise<ExitCode> {
  let outcome: Outcome | undefined;
  const program = programOf(async (command, typed, refuse) => {
    const checked = command.check(typed);
    if ('wrong' in checked) throw refuse(checked.wrong.join('\n'));
    outcome = await checked.run(operator);
  }, terminal.out);
  try {
    await program.parseAsync(args, { from: 'user' });
    const asJson = program.opts<Switches>().json;
    if (outcome !== undefined)
      terminal.out(`${asJson ? JSON.stringify(outcome.result, null, 2) : outcome.sentences}\n`);
    return outcome?.failed ? 1 : 0;
  } catch (thrown) {
    // it was asked for help, and has given it
    if (thrown instanceof CommanderError) return 0;
    return complain(thrown, program.opts<Switches>(), terminal);
  }
}

function complain(thrown: unknown, { json, verbose }: Switches, { err }: Terminal): ExitCode {
  const { code, sentences, stack } = toProblem(thrown);
  const message = verbose ? `${sentences}\n${stack}` : sentences;
  err(`${json ? JSON.stringify({ error: { code, message } }) : message}\n`);
  return code === 'usage.wrong' ? 2 : 1;
}
