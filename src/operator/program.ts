import { AppError } from '@field/kit/errors';
import { Command, type CommanderError, Option } from 'commander';
import {
  type CommandGroup,
  type Input,
  isNeeded,
  OP,
  type OperatorCommand,
  optionName,
  type Typed,
  type TypedWords,
} from './command.ts';
import { COMMANDS } from './commands.ts';

/** What holds for every command, wherever it is typed. */
export interface Switches {
  readonly json?: true | undefined;
  readonly verbose?: true | undefined;
}

/** Called with the command that was typed, and what was typed for it; `refuse` makes the error for what is wrong with that. */
export type Run = (command: OperatorCommand, typed: Typed, refuse: (sentence: string) => AppError) => Promise<void>;

/** The command line as commander reads it. Help goes to `out`; whatever it refuses is thrown as `usage.wrong`, with a sentence. */
export function programOf(run: Run, out: (text: string) => void): Command {
  const program = new Command(OP)
    .description('What the operator of the bot asks and decides, while it runs or not.')
    .option('--json', 'prints the result, or what went wrong, for programs')
    .option('--verbose', 'tells where in the code something went wrong')
    .helpOption('-h, --help', 'tells what there is to type')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, commandUsage: (one) => `${typedAs(one)} ${one.usage()}` })
    .configureOutput({ writeOut: out, writeErr: () => {} })
    .addHelpText(
      'after',
      `\nEvery command:\n${everyCommand()
        .map(({ usage }) => `  ${usage}`)
        .join('\n')}`,
    );
  refuseInSentences(program);
  for (const each of COMMANDS) add(program, each, run);
  return program;
}

/** Every command, as it is typed after `npm run op --`, and what it does. */
export function everyCommand(): readonly { readonly usage: string; readonly what: string }[] {
  const below = (words: readonly string[], each: OperatorCommand | CommandGroup): { usage: string; what: string }[] =>
    'commands' in each
      ? each.commands.flatMap((one) => below([...words, each.name], one))
      : [{ usage: [...words, each.name, usageOf(each)].join(' ').trim(), what: each.what }];
  return COMMANDS.flatMap((each) => below([], each));
}

function add(parent: Command, each: OperatorCommand | CommandGroup, run: Run): void {
  const made = parent.command(each.name).description(each.what);
  refuseInSentences(made);
  if ('commands' in each) {
    for (const one of each.commands) add(made, one, run);
    return;
  }
  const takes = Object.entries(each.takes);
  made.usage(usageOf(each));
  // what is missing is found with all that is wrong, not before it
  for (const [, input] of takes) made.argument(`[${input.called}${input.many ? '...' : ''}]`, describe(input));
  for (const [name, input] of Object.entries(each.options)) {
    made.addOption(new Option(optionOf(name, input), describe(input)));
  }
  made.action(() => {
    const words = Object.fromEntries(takes.map(([name, { many }], place) => [name, wordsAt(made.args, place, many)]));
    const named = Object.entries(made.opts()).map(([name, typed]) => [name, typed === true ? 'yes' : typed]);
    return run(each, { ...Object.fromEntries(named), ...words }, (sentence) => wrongUsage(made, sentence));
  });
}

function wordsAt(args: readonly string[], place: number, many: true | undefined): TypedWords {
  if (!many) return args[place];
  return args.length > place ? args.slice(place) : undefined;
}

function usageOf({ takes, options }: OperatorCommand): string {
  const words = Object.values(takes).map((input) => {
    const called = `${input.called}${input.many ? '…' : ''}`;
    return isNeeded(input) ? `<${called}>` : `[${called}]`;
  });
  const named = Object.entries(options).map(([name, input]) => {
    const typed = optionOf(name, input);
    return isNeeded(input) ? typed : `[${typed}]`;
  });
  return [...words, ...named].join(' ');
}

/** `--name <name>`, or `--yes` for what has no value. */
function optionOf(name: string, { called }: Input): string {
  return called === '' ? optionName(name) : `${optionName(name)} <${called}>`;
}

function describe({ what, schema }: Input): string {
  const unless = schema.safeParse(undefined);
  return unless.success && unless.data !== undefined && unless.data !== false
    ? `${what}; ${String(unless.data)} if left out`
    : what;
}

function refuseInSentences(command: Command): void {
  command.exitOverride((refusal) => {
    throw refusal.exitCode === 0 ? refusal : wrongUsage(command, sentenceOf(refusal, command));
  });
}

function wrongUsage(command: Command, sentence: string): AppError {
  return new AppError('usage.wrong', { say: `${sentence}\nSee: ${typedAs(command)} --help` });
}

/** How it is typed, `npm run op -- iso list`; what has a script of its own begins with that. */
function typedAs(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  const group = COMMANDS.find(({ name }) => name === names[1]);
  const script = group !== undefined && 'script' in group ? group.script : undefined;
  return (script === undefined ? names : [script, ...names.slice(2)]).join(' ');
}

/** What commander refuses, as a sentence: `error: unknown command 'lst'\n(Did you mean list?)` is how it says it. */
function sentenceOf({ code, message }: CommanderError, command: Command): string {
  if (code === 'commander.help') {
    return `A command is missing. There are: ${command.commands.map((one) => one.name()).join(', ')}.`;
  }
  const [said = '', guess = ''] = message.replace(/^error: /, '').split('\n');
  const sentence = said.replace(/^option '(.*)' argument missing$/, "option '$1' needs a value").replace(/\.$/, '');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. ${guess.replace(/^\(|\)$/g, '')}`.trim();
}
