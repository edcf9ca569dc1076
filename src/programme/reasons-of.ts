import type { Reason, Reasons } from '../domain/reasons.ts';
import type { Programme } from './programme.ts';

/** Why something may fail by a programme, in all of its languages. */
export function reasonsOf({ reasons, unknownReason, languages, words }: Programme): Reasons {
  const all = new Map<string, Reason>(
    Object.entries(reasons).map(([code, reason]) => {
      const said = languages.map((language) => [language, words.get(language)?.reasons[code] ?? { short: code }]);
      return [code, { ...reason, code, words: Object.fromEntries(said) }];
    }),
  );
  return {
    knows: (code) => all.has(code),
    of(code) {
      const found = all.get(code ?? unknownReason) ?? all.get(unknownReason);
      if (found === undefined) throw new RangeError(`${unknownReason} is none of the reasons`);
      return found;
    },
  };
}
