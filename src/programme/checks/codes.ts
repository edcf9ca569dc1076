import { compilePattern } from '../code-pattern.ts';
import type { Check } from './check.ts';

/** Some web address that is nobody's code. */
const ANY_ADDRESS = 'https://www.example.com/';

/** No pattern takes what is known to be something else, nor whatever it is shown. */
export const codes: Check = ({ codes: { patterns, foreign } }) =>
  patterns.flatMap(({ qr, ignoreCase }, index) => {
    const pattern = compilePattern(qr, ignoreCase);
    if ('wrong' in pattern) return [];
    const path = ['codes', 'patterns', index, 'qr'];
    if (pattern.serialIn(ANY_ADDRESS) !== undefined)
      return [{ path, say: `takes any web address, as ${ANY_ADDRESS}: say what all codes have in common` }];
    const taken = foreign.find(({ starts }) => pattern.serialIn(starts) !== undefined);
    if (taken === undefined) return [];
    return [{ path, say: `takes ${taken.id} of codes.foreign too: say what all codes have in common` }];
  });
