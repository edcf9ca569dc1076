import type { CodePattern, CodeRules } from '../domain/code.ts';
import { compilePattern } from './code-pattern.ts';
import type { Programme } from './programme.ts';

type Pattern = Programme['codes']['patterns'][number];

/** Which codes count for a product by a programme: those that its steps name, in the order of the file. */
export function codeRulesOf(programme: Programme, product: string): CodeRules {
  const { steps = [] } = programme.products.find(({ id }) => id === product) ?? {};
  const named = new Set(steps.flatMap(({ code }) => code?.patterns ?? []));
  return rules(programme, ({ id }) => named.has(id));
}

/** In an inspection every code of the programme counts. */
export function codeRulesOfAll(programme: Programme): CodeRules {
  return rules(programme, () => true);
}

function rules({ codes: { patterns, foreign } }: Programme, counts: (pattern: Pattern) => boolean): CodeRules {
  return {
    patterns: patterns.filter(counts).map(ready),
    others: patterns.filter((pattern) => !counts(pattern)).map(ready),
    foreign,
  };
}

/** A programme was checked when it was read: no pattern of it is wrong. */
function ready({ id, qr, typed, ignoreCase, canonical, ordered }: Pattern): CodePattern {
  const serialBy = (written: string | undefined): ((text: string) => string | undefined) => {
    const pattern = written === undefined ? undefined : compilePattern(written, ignoreCase);
    if (pattern === undefined || 'wrong' in pattern) return () => undefined;
    return (text) => (ignoreCase ? pattern.serialIn(text)?.toUpperCase() : pattern.serialIn(text));
  };
  const [before = '', after = ''] = canonical.split('{serial}');
  return {
    id,
    inPayload: serialBy(qr),
    inTyped: serialBy(typed),
    inFull: (serial) => `${before}${serial}${after}`,
    ordered: ordered ? true : undefined,
  };
}
