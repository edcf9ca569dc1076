import { BSONRegExp } from 'bson';
import { type MongoError, unnamed } from './mongo-error.ts';

const TOKENS = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|[.^$]/g;
const SPACES = ' \\t\\n\\v\\f\\r';
/** What MongoDB's kind takes, and JavaScript's takes for something else or not at all. */
const FOREIGN = /\\[AaeGhHKNQRXzZ0-9]|\[\[:|\(\?[^:=!<]|[*+?}]\+|\\[gk]/;

/** Compiles a regular expression to match as MongoDB's do; 51091 for what JavaScript's cannot match the same. */
export function compileRegex({ pattern, options }: BSONRegExp): (value: unknown) => boolean {
  if (!/^[imsu]*$/.test(options)) throw refused(`the options '${options}'`);
  if (FOREIGN.test(pattern)) throw refused(pattern);
  const [many, all] = [options.includes('m'), options.includes('s')];
  const own = pattern.replace(TOKENS, (token) => translated(token, many, all));
  const regex = compiled(own, options.includes('i') ? 'iu' : 'u');
  return (value) => {
    if (value instanceof BSONRegExp) return value.pattern === pattern && value.options === options;
    return typeof value === 'string' && regex.test(value);
  };
}

function translated(token: string, many: boolean, all: boolean): string {
  if (token === '\\s') return `[${SPACES}]`;
  if (token === '\\S') return `[^${SPACES}]`;
  if (token === '.') return all ? '[\\s\\S]' : '[^\\n]';
  if (token === '^') return many ? '(?<![^\\n])' : token;
  if (token === '$') return many ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
  if (!token.startsWith('[')) return token;
  if (token.includes('\\S')) throw refused(token);
  return token.replaceAll('\\s', SPACES);
}

function compiled(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw refused(pattern);
  }
}

function refused(what: string): MongoError {
  return unnamed(51091, `the embedded store has no such regular expression: ${what}`);
}
