import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Remedy } from '../../src/domain/reasons.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

const ADVISED: Readonly<Record<Remedy, string>> = { MODIFY: 'Modify', APPEAL: 'Appeal', NONE: 'none' };

/** What the page says of each code: whose it is, what is advised, the clause, what is asked again. */
const documented = readFileSync('docs/domain.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| `[A-Z_]+`.* \| (?:store|spot|posm|inspection|iso|any) /.test(line))
  .flatMap((line) => {
    const [, codes = '', ...rest] = line.split('|').map((cell) => cell.trim());
    return [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code, rest.slice(0, 4)] as const);
  });

it('the page lists every reason code of the shipped programme once, as it has it', () => {
  const catalogue = Object.entries(shippedProgramme().reasons).map(([code, { scope, remedy, asks, clauses }]) => {
    const policy = clauses.length === 0 ? '–' : clauses.join(', ');
    const again = asks.length === 0 ? '–' : asks.map((part) => `\`${part}\``).join(', ');
    return [code, [scope, ADVISED[remedy], policy, again]] as const;
  });
  expect(documented.toSorted()).toEqual(catalogue.toSorted());
});
