import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MEASURED } from '../../bench/measured.ts';
import { measuredTable, queuesTable, sizesTable } from '../../bench/sizes.ts';

const PAGE = 'docs/operating.md';
const TABLES = { measured: measuredTable, sizes: sizesTable, queues: queuesTable };

it('the page has the sizes as they follow from what was measured last; -u reckons them anew', async () => {
  let page = readFileSync(PAGE, 'utf8');
  for (const [name, reckoned] of Object.entries(TABLES)) {
    const place = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
    expect(page).toMatch(place);
    page = page.replace(place, (_, begin: string, end: string) => `${begin}\n${reckoned()}\n\n${end}`);
  }
  await expect(page).toMatchFileSnapshot(`../../${PAGE}`);
});

it('each figure is one of the bench', () => {
  const files = readdirSync('bench').filter((name) => name.endsWith('.ts') && name !== 'measured.ts');
  const bench = files.map((name) => readFileSync(`bench/${name}`, 'utf8')).join('\n');
  const rows = Object.values(MEASURED).map(({ row }) => row);
  expect(rows.filter((row) => !bench.includes(`.${row.split('.').at(-1)}`))).toEqual([]);
});
