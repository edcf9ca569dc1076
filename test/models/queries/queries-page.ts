import { ASKED } from './asked.ts';
import { BY_THE_DRIVER } from './query-sites.ts';
import type { Explained, Search } from './searches.ts';
import { FEW } from './seed.ts';
import { shardTable } from './shard-table.ts';

type Line = Search & Explained & { readonly by: string };

/** The page of all queries, as it stands in the docs. */
export function queriesPage(found: readonly Line[]): string {
  const byId = /^\w+: _id (=|in)(,|$)/;
  const rows = found
    .filter(({ collection, asks }) => !Object.hasOwn(FEW, collection) && !byId.test(asks))
    .map(({ collection, asks, index = '', by }) => ({ collection, asks, index, by: by.split(':')[0] ?? '' }));
  const merged = new Map<string, Set<string>>();
  for (const { collection, asks, index, by } of rows) {
    const key = [`\`${collection}\``, asks.replaceAll('_id', 'id'), `\`${index}\``].join('|');
    merged.set(key, (merged.get(key) ?? new Set()).add(`\`${by}\``));
  }
  const lines = [...merged].map(([key, by]) => [...key.split('|'), [...by].join(', ')]).sort(byText);
  const { keyed, whole } = shardTable(lines.map(([of = '', asks = '', , by = '']) => [of, asks, by]));
  const beyond = ASKED.flatMap(({ by, beyond: said }) => (said === undefined ? [] : [[`\`${by}\``, said.why]]));
  return `${[
    '# Queries',
    '',
    'What `models` asks the store by anything else than an id, with the index that serves it. `test/models/queries.test.ts` asks each on 2,000 rows a',
    'collection, has the store explain it, fails where more is read than is given, or where a query of `models` is not asked, and writes this page',
    'anew with `-u`. An index comes with its query: a query that goes on to another order wants the index that has it.',
    '',
    table(['collection', 'asks', 'index', 'asked by'], lines),
    '',
    '## What reads more than it gives',
    '',
    table(['asked by', 'why that is all there can be'], beyond),
    '',
    '## What is read whole',
    '',
    table(
      ['collection', 'since it stays small'],
      Object.entries(FEW).map(([name, why]) => [`\`${name}\``, why]),
    ),
    '',
    '## What asks the driver itself',
    '',
    table(
      ['file', 'why'],
      Object.entries(BY_THE_DRIVER).map(([name, why]) => [`\`${name}\``, why]),
    ),
    '',
    '## On a cluster that is sharded by `isoId`',
    '',
    'Not tried. These have an `isoId` and no unique index that holds over all ISOs, so that `{ isoId: 1, _id: 1 }` can be their key. Beside what is',
    'asked of one shard stands what names no ISO, and so would be asked of each: mostly by one person, or a job that looks for what is due. What',
    'is asked by an id alone goes to each shard, too.',
    '',
    table(['collection', 'queries of one shard', 'asked of each shard'], keyed),
    '',
    'These have an `isoId`, and stay whole on one shard all the same, as do those that have none:',
    '',
    table(['collection', 'why'], whole),
  ].join('\n')}\n`;
}

function byText(one: readonly string[], other: readonly string[]): number {
  const [mine, others] = [one.join(), other.join()];
  return mine < others ? -1 : Number(mine > others);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, place) => Math.max(cell.length, ...rows.map((row) => row[place]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
