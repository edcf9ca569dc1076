import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REASONS, type Remedy } from '../../src/domain/reason-codes.ts';

const ADVISED: Readonly<Record<Remedy, string>> = { MODIFY: 'Modify', APPEAL: 'Appeal', NONE: 'none' };

/** What the page says of each code: whose it is, what is advised, the clause, what is asked again. */
const documented = readFileSync('docs/domain.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| `[A-Z_]+`.* \| (?:store|spot|posm|inspection|iso|any) /.test(line))
  .flatMap((line) => {
    const [, codes = '', ...rest] = line.split('|').map((cell) => cell.trim());
    return [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code, rest.slice(0, 4)] as const);
  });

it('the page lists every reason code once, as the catalogue has it', () => {
  const catalogue = Object.entries(REASONS).map(([code, { scope, remedy, asks, ...reason }]) => {
    const policy = 'policy' in reason && reason.policy !== '' ? reason.policy : '–';
    const again = asks.length === 0 ? '–' : asks.map((part) => `\`${part}\``).join(', ');
    return [code, [scope, ADVISED[remedy], policy, again]] as const;
  });
  expect(documented.toSorted()).toEqual(catalogue.toSorted());
});
