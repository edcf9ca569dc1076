/** The longest statement, in characters as a person counts them, and the most photos beside it. */
export const LONGEST_STATEMENT = 500;
export const MOST_EVIDENCE = 5;

export type StatementReading =
  | { readonly ok: true; readonly statement: string }
  | { readonly ok: false; readonly problem: { readonly code: 'required' | 'tooLong'; readonly limit: number } };

/** Reads what a person typed as the reason of their appeal. Safe on any text. */
export function readStatement(typed: string): StatementReading {
  const statement = typed
    .replace(/\p{Cs}/gu, '\uFFFD')
    .normalize('NFC')
    .trim();
  const limit = LONGEST_STATEMENT;
  if (statement === '') return { ok: false, problem: { code: 'required', limit } };
  if (Array.from(statement).length > limit) return { ok: false, problem: { code: 'tooLong', limit } };
  return { ok: true, statement };
}
