import { compilePattern } from '../programme/code-pattern.ts';

/** What a code that is looked for is like: as a pattern of the programme, in plain text so that it can be sent to a process. */
export interface WantedCode {
  readonly qr: string;
  readonly ignoreCase: boolean;
}

let known: { readonly said: string; readonly isWanted: (payload: string) => boolean } | undefined;

/** Whether a payload is like any of these; without any, every one is. The last ones are kept compiled. */
export function wantedBy(codes: readonly WantedCode[]): (payload: string) => boolean {
  const said = JSON.stringify(codes);
  if (known?.said !== said) known = { said, isWanted: compiled(codes) };
  return known.isWanted;
}

function compiled(codes: readonly WantedCode[]): (payload: string) => boolean {
  const patterns = codes.flatMap(({ qr, ignoreCase }) => {
    const pattern = compilePattern(qr, ignoreCase);
    return 'wrong' in pattern ? [] : [pattern];
  });
  if (patterns.length === 0) return () => true;
  return (payload) => patterns.some((pattern) => pattern.serialIn(payload.trim()) !== undefined);
}
