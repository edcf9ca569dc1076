import type { IdSource } from '@field/kit/ids';
import type { z } from 'zod';
import type { PhotoRelease } from '../daily/retention/release-photos.ts';
import type { CommandLine } from './completion.ts';
import type { OperatorDingTalk } from './dingtalk.ts';
import type { Finding } from './doctor/finding.ts';
import type { Progress } from './progress.ts';
import type { SetUp } from './setup/parts.ts';

/** How an operator begins a command. */
export const OP = 'npm run op --';

/** What every command of the operator works with. */
export interface Operator {
  readonly ids: IdSource;
  /** By the product's clock, milliseconds. */
  readonly now: () => number;
  /** Where photos are kept, and for which app they were uploaded. */
  readonly photos: () => PhotoRelease;
  /** Does `work` on the data of the bot, whether the bot runs or not. */
  readonly onStore: <T>(work: () => Promise<T>) => Promise<T>;
  /** The key that everything personal is sealed with: 32 bytes. */
  readonly dataKey: () => Buffer;
  /** The folder of the embedded store; undefined where the data is in a MongoDB. */
  readonly storeFolder: () => string | undefined;
  /** Waits so many milliseconds by this machine. */
  readonly pause: (ms: number) => Promise<void>;
  /** Where daily files come in, and what they are in where no byte order mark says otherwise. */
  readonly daily: () => { readonly incoming: string; readonly encoding: string };
  /** Tells how far something has come that takes a while. */
  readonly progress: Progress;
  /** The folder in `PROGRAMME`. */
  readonly programmeFolder: () => string;
  /** What `setup` works with. Throws nothing before it is used. */
  readonly setUp: () => SetUp;
  /** The commands that there are. */
  readonly commandLine: () => CommandLine;
  /** Looks at all that the bot needs. */
  readonly examine: () => Promise<readonly Finding[]>;
  /** DingTalk as the bot's settings name it. Throws `config.invalid` when they are not enough. */
  readonly dingTalk: () => OperatorDingTalk;
}

/** What was typed for an input: a word, for one that takes many all of them, undefined for nothing. */
export type TypedWords = string | readonly string[] | undefined;

/** One thing to type. It is needed when `schema` refuses `undefined`; what `schema` makes of `undefined` is its default. */
export interface Input<Value = unknown> {
  /** What stands for it in the help, without brackets: `e-mail`. Empty: an option without a value, `yes` when it is typed. */
  readonly called: string;
  /** What it is, for the help and for whoever left it out: `the e-mail with which …`. */
  readonly what: string;
  /** Checks the string that was typed. An issue says how to write it right. */
  readonly schema: z.ZodType<Value, TypedWords>;
  /** The last of what a command takes may be several words. */
  readonly many?: true | undefined;
}
export type Inputs = Readonly<Record<string, Input>>;
export type ValuesOf<All extends Inputs> = { readonly [Name in keyof All]: z.output<All[Name]['schema']> };

/** A command as its file declares it. */
export interface Declaration<Takes extends Inputs, Options extends Inputs, Result extends object> {
  readonly name: string;
  /** One line for the help. */
  readonly what: string;
  /** What is typed after the name, in this order. */
  readonly takes: Takes;
  /** What is typed with a name: `timeZone` is `--time-zone`. */
  readonly options: Options;
  /** Does it. Every problem is an `AppError`, with a sentence as its `say` where the operator can do something about it. */
  run(asked: ValuesOf<Takes> & ValuesOf<Options>, operator: Operator): Promise<Result>;
  /** The result for people; with `--json` it is printed as it is. */
  say(result: Result): string;
  /** Whether a result is one that scripts must not pass over: then it ends with 1. */
  failed?(result: Result): boolean;
}

/** Something that was done: for programs, and for people. */
export interface Outcome {
  readonly result: object;
  readonly sentences: string;
  /** It was done, and ends with 1. */
  readonly failed: boolean;
}

/** What was typed, by the names of the inputs. */
export type Typed = Readonly<Record<string, TypedWords>>;

/** A command, ready to be offered on the command line. */
export interface OperatorCommand {
  readonly name: string;
  readonly what: string;
  readonly takes: Inputs;
  readonly options: Inputs;
  /** What is wrong with what was typed, all of it, a sentence each; or what does it. */
  check(typed: Typed): { readonly wrong: readonly string[] } | { run(operator: Operator): Promise<Outcome> };
}

/** Commands under one word: `iso create`, `iso list`. */
export interface CommandGroup {
  readonly name: string;
  readonly what: string;
  /** How they begin where they have a script of their own. */
  readonly script?: string | undefined;
  readonly commands: readonly (OperatorCommand | CommandGroup)[];
}

export function command<Takes extends Inputs, Options extends Inputs, Result extends object>(
  declared: Declaration<Takes, Options, Result>,
): OperatorCommand {
  const { name, what, takes, options } = declared;
  return {
    name,
    what,
    takes,
    options,
    check(typed) {
      const wrong: string[] = [];
      const valuesOf = <All extends Inputs>(inputs: All, label: (name: string, input: Input) => string) =>
        Object.fromEntries(
          Object.entries(inputs).map(([key, input]) => {
            const parsed = input.schema.safeParse(typed[key]);
            if (!parsed.success) wrong.push(`${label(key, input)} ${problemWith(typed[key], input, parsed.error)}`);
            return [key, parsed.data];
          }),
        ) as ValuesOf<All>;
      const asked = { ...valuesOf(takes, (_, { called }) => `<${called}>`), ...valuesOf(options, optionName) };
      if (wrong.length > 0) return { wrong };
      return {
        async run(operator) {
          const result = await declared.run(asked, operator);
          return { result, sentences: declared.say(result), failed: declared.failed?.(result) ?? false };
        },
      };
    },
  };
}

/** `--time-zone` for `timeZone`. */
export function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function isNeeded({ schema }: Input): boolean {
  return !schema.safeParse(undefined).success;
}

function problemWith(typed: TypedWords, { what }: Input, { issues }: z.ZodError): string {
  return typed === undefined ? `is missing: ${what}.` : (issues[0]?.message ?? 'is wrong.');
}
