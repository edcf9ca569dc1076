import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LOG_EVENTS } from '../../deploy/monitoring/log-events.ts';

/** Written by the log itself. */
const BY_THE_LOG = ['log.sampled'];
const WRITES = /\blog\??(?:\.(?:debug|info|warn|error|fatal)|\[[^\]]*\])\(/g;
const EVENT = /'([a-zA-Z]+\.[a-zA-Z]+)'/g;

const sources = ['src', 'handlers', 'models', 'migrations', 'cards'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** The arguments of the call that begins there, cut at its own commas. */
function argumentsAt(source: string, begin: number): readonly string[] {
  const found = [''];
  let [depth, quote] = [1, ''];
  for (let at = begin; depth > 0 && at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (quote !== '') quote = letter === quote && source[at - 1] !== '\\' ? '' : quote;
    else if (`'"\``.includes(letter)) quote = letter;
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 1 && quote === '') found.push('');
    else found[found.length - 1] += letter;
  }
  return found.filter((one) => one.trim() !== '' && one.trim() !== ')');
}

function eventsIn(path: string): readonly string[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(WRITES)].flatMap((call) => {
    const last = argumentsAt(source, call.index + call[0].length).at(-1) ?? '';
    return [...last.matchAll(EVENT)].map(([, event = '']) => event);
  });
}

it('every event that the code logs is in the one list, and the list has no other', () => {
  const logged = new Set([...sources.flatMap(eventsIn), ...BY_THE_LOG]);
  expect([...logged].sort()).toEqual(Object.keys(LOG_EVENTS).sort());
});

it('docs/operating.md tells the same of each', () => {
  const page = readFileSync('docs/operating.md', 'utf8');
  const [, section = ''] = /\n## What the log says\n([\s\S]*?)\n## /.exec(page) ?? [];
  const told = [...section.matchAll(/^\| `([\w.]+)` +\| (.*?) +\|$/gm)].map(([, event, what]) => [event, what]);
  expect(told).toEqual(Object.entries(LOG_EVENTS));
});

it('nothing of the bot writes past the log, but the one line of a start that fails', () => {
  const past = sources.filter((path) =>
    /\bconsole\.\w+\(|process\.std(?:out|err)\.write/.test(readFileSync(path, 'utf8')),
  );
  expect(past.filter((path) => !path.startsWith('src/operator/'))).toEqual(['src/main.ts']);
});
