import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { sayable } from './sayable.mjs';

/** How a file begins that says what it is in; of two that begin alike the longer one first. */
const MARKS = [
  ['utf-32', [0xff, 0xfe, 0, 0]],
  ['utf-32', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const LINE = /^(?:\s*|\s*#.*|\s*(?:export\s+)?[A-Za-z_]\w*\s*=.*)$/;

/**
 * What a `.env` says, by name: in UTF-8 or UTF-16, with or without a byte order mark, its lines ended as on any system. Undefined where
 * there is no such file. Throws with a sentence, which repeats nothing that stands in it, when it cannot be read as a whole.
 */
export function readEnvFile(file) {
  if (!existsSync(file)) return undefined;
  const text = textOf(bytesOf(file), file).replace(/\r\n?/g, '\n');
  const wrong = wrongLine(text);
  if (wrong !== undefined) {
    throw sayable(
      `Line ${wrong} of ${file} cannot be read. A line is NAME=value, a comment that begins with #, or empty.`,
    );
  }
  return parseEnv(text);
}

/** Gives `env` what the file says, but for what is set there already. */
export function loadEnvFile(file, env) {
  for (const [name, value] of Object.entries(readEnvFile(file) ?? {})) env[name] ??= value;
}

function bytesOf(file) {
  try {
    if (statSync(file).isDirectory()) throw new Error('it is a folder');
    return readFileSync(file);
  } catch (error) {
    throw sayable(
      `${file} cannot be read (${error.code ?? error.message}). Let whoever starts this read it, or take it away.`,
    );
  }
}

function textOf(bytes, file) {
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // said below
  }
  throw sayable(`${file} is in no encoding that is known here. Save it as UTF-8, as every editor can.`);
}

/** By its mark; without one by the zero bytes that UTF-16 has beside each letter of a name. */
function encodingOf(bytes) {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  if (bytes.length > 1 && bytes[1] === 0) return 'utf-16le';
  if (bytes.length > 1 && bytes[0] === 0) return 'utf-16be';
  return 'utf-8';
}

/** The number of the first line that says nothing; a value in quotes may take several. */
function wrongLine(text) {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!LINE.test(line)) return at + 1;
    const quote = /^[^=#]*=\s*(["'`])/.exec(line)?.[1];
    const rest = quote === undefined ? '' : line.slice(line.indexOf(quote) + 1);
    if (quote === undefined || rest.includes(quote)) continue;
    const closes = lines.findIndex((later, place) => place > at && later.includes(quote));
    // a quote that is never closed belongs to the value, as Node reads it
    if (closes > 0) at = closes;
  }
  return undefined;
}
