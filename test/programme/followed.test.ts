import { asAppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { readToApply } from '../../src/programme-in-use/read-or-refuse.ts';
import { widerProgramme } from '../support/programme-of-files.ts';
import { shippedFiles, withChange, withChangedWords } from '../support/shipped-programme.ts';

const FILE = 'programme.yaml';

/** Why these cannot be applied, a line each. */
function refusals(files: readonly ProgrammeFile[]): string {
  try {
    readToApply(files);
    return '';
  } catch (error) {
    return String(asAppError(error).details.say);
  }
}

it('what is shipped can be applied, and products that nobody has heard of', () => {
  expect(refusals(shippedFiles())).toBe('');
  expect(refusals(widerProgramme())).toBe('');
});

it.each([
  [/- \{ id: P2 \}/, '- { id: P2, quota: { per: year } }', 'quota is the second quota'],
  [
    /deploy: \[store, verification, spots,/,
    'deploy: [store, spots, verification,',
    'orders.verify-then-deploy verifies after the spots',
  ],
  [
    /verify: \[store, spots, verification,/,
    'verify: [store, verification, spots,',
    'orders.deploy-then-verify verifies before the spots',
  ],
  [/showsCode: true, /, '', 'products.MARKETING_CODE.steps.spots.code is in no photo that must be there'],
  [/LA: \{ currency: LAK, /, 'LA: { ', 'markets.LA has no currency, in which the fee DEPLOYMENT is paid'],
  [/currency: MYR/, 'currency: MRY', 'markets.MY.currency is MRY, which is no currency'],
  [/(id: INSPECTION.*)currency: market/, '$1currency: RMB', 'fees.INSPECTION.currency is RMB, which is no currency'],
  [/eligible: newUser/, 'eligible: approved', 'fees.MARKETING.eligible is approved for the second time'],
  [/\[\*store, \*displays, \*merchant\]/, '[*store, *merchant]', 'cannot promote RED_PACKET without spots'],
])('%s, said as %s, is refused with its line', (old, text, said) => {
  const files = withChange(FILE, old, text);
  const [line = ''] = refusals(files)
    .split('\n')
    .filter((one) => one.includes(said));
  expect(line).toMatch(/^programme\.yaml:\d+:\d+/);
});

it('a form with more questions than it has room for is refused, once where it is written', () => {
  const two = '- { id: one, type: yesNo }\n          - { id: two, type: yesNo }\n          - { id: city,';
  const words = '\nfields:\n  one: { label: One }\n  two: { label: Two }\n';
  const files = withChangedWords('\nfields:\n', words, withChange(FILE, /- \{ id: city,/, two));
  expect(refusals(files).match(/asks 8 questions in part main, where 7 have room/g)).toHaveLength(1);
});
