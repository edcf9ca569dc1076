import { type Bindings, type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { Floods } from './log-floods.ts';

export type { Logger } from 'pino';

/** What goes with one update on its whole way, so that every line about it carries the same `trace`. */
export interface Trace {
  /** The frame's `messageId`. */
  readonly id: string;
  /** When the frame came in, by `clock.machine()`. */
  readonly receivedAt: number;
  /** Writes lines that carry `trace: id`. */
  readonly log: Logger;
}

export interface LogOptions {
  readonly level: string;
  readonly to?: DestinationStream | undefined;
  /** Milliseconds that go by, from any beginning; with it, of a flood of one event only some lines are written. */
  readonly now?: (() => number) | undefined;
}

/** By pino's numbers. */
const FATAL = 60;
const HIDDEN = '[hidden]';
const DEEPEST = 6;

/** A key that ends in one of these, however it is spelled, or whose last word is one, holds a person's data or a secret. */
const PRIVATE_ENDING = /(phone|mobile|nick|token|secret|password|passwd|downloadcode|webhook|datakey)$/;
const PRIVATE_WORDS = new Set(
  (
    'name fullname surname tel mail email contact address licence license ticket authorization cookie url text content ' +
    'form params body payload headers clientid appkey'
  ).split(' '),
);

/**
 * The product's log: JSON lines on stdout, one event name a line (`{"level":"info","event":"stream.opened",…}`), written as
 * `log.info({ connections: 2 }, 'stream.opened')`. Keys that hold personal data, secrets or raw payloads are hidden at any
 * depth, and errors keep their name, code, masked message and stack, so that a careless line cannot tell on anybody.
 */
export function createLog(options: LogOptions): Logger {
  const floods = options.now === undefined ? undefined : new Floods(options.now);
  const settings: LoggerOptions = {
    level: options.level,
    base: null,
    messageKey: 'event',
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => hideIn(fields),
    },
    // pino's own serializer would write an error's message and fields as they are
    serializers: { err: (value: unknown) => hide(value, 0) },
    hooks: {
      logMethod(parts, method, level) {
        const [first, ...rest] = parts as readonly unknown[];
        const named = typeof first === 'string' ? first : rest[0];
        for (const left of floods?.over() ?? []) method.apply(this, [left, 'log.sampled']);
        if (level < FATAL && typeof named === 'string' && floods?.passes(named) === false) return;
        const fields = first instanceof Error ? { err: first } : first;
        const event = first instanceof Error && rest.length === 0 ? ['error'] : rest;
        const written = [fields, ...event].map((part) => (typeof part === 'string' ? masked(part) : part));
        method.apply(this, written as Parameters<typeof method>);
      },
    },
  };
  const log = pino(settings, options.to ?? standardOutput());
  const { child } = log;
  // pino formats what every line carries only for the root; children inherit this
  log.child = function hidden(this: Logger, bindings: Bindings, ...rest) {
    return child.call(this, hideIn(bindings), ...rest);
  } as typeof child;
  return log;
}

const MOST_KEPT_BYTES = 1 << 20;

/**
 * Stdout may be a file on a full disk. What cannot be written is kept for the next line, up to a limit, and never ends the process;
 * pino's own destination ends it, and its flush at the end would go on for ever.
 */
function standardOutput(): DestinationStream {
  const to = pino.destination({ fd: 1, sync: true, maxLength: MOST_KEPT_BYTES, retryEAGAIN: () => false });
  // the disk itself is watched elsewhere: there is nowhere to say it here
  to.on('error', () => undefined);
  return to;
}

function hideIn(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, hideField(key, value, 0)]));
}

function hideField(key: string, value: unknown, depth: number): unknown {
  return isPrivate(key) && value !== undefined && value !== null ? HIDDEN : hide(value, depth);
}

function isPrivate(key: string): boolean {
  const joined = key.toLowerCase().replaceAll(/[-_ ]/g, '');
  const lastWord = key.split(/(?<=[a-z0-9])(?=[A-Z])|[-_ ]/).at(-1) ?? key;
  return PRIVATE_ENDING.test(joined) || PRIVATE_WORDS.has(joined) || PRIVATE_WORDS.has(lastWord.toLowerCase());
}

function hide(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return HIDDEN;
  if (typeof value === 'string') return withoutQueries(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return errorFields(value, depth);
  if (Array.isArray(value)) return value.map((item) => hide(item, depth + 1));
  if (Buffer.isBuffer(value)) return HIDDEN;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideField(key, inner, depth + 1)]));
}

/** Only what is known to be harmless: an error of a library often carries the request it failed on. */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { code, kind, details } = error as { code?: unknown; kind?: unknown; details?: unknown };
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    kind: typeof kind === 'string' ? kind : undefined,
    details: typeof details === 'object' && details !== null ? hide(details, depth + 1) : undefined,
    message: masked(error.message),
    stack: frames?.join('\n'),
    cause: error.cause === undefined ? undefined : hide(error.cause, depth + 1),
  };
}

/** A library's message without what it may quote: values in quotes or braces, long numbers, what follows `?` in an address. */
function masked(message: string): string {
  return withoutQueries(message)
    .replaceAll(/\{[\s\S]*\}/g, '{…}')
    .replaceAll(/"[^"]*("|$)/g, '"…"')
    .replaceAll(/\+?\d[\d -]{6,}\d/g, '…');
}

function withoutQueries(text: string): string {
  return text.replaceAll(/(\b(?:https?|wss?|mongodb(?:\+srv)?):\/\/)(?:[^\s/@]*@)?([^\s?#"']*)[?#][^\s"']*/g, '$1$2?…');
}
