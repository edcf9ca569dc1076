import { expect, it } from 'vitest';
import { feeForApproved } from '../../src/programme/fee-of.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

const { markets } = shippedProgramme();

it('a fee for what is approved is in the money of the market, or in its own', () => {
  const paid = { id: 'PAID', eligible: 'approved', currency: 'market' } as const;
  const other = { id: 'OTHER', eligible: 'inspected', currency: 'USD' } as const;
  expect(feeForApproved({ fees: [other, paid], markets }, 'SG')).toEqual({ id: 'PAID', currency: 'SGD' });
  expect(feeForApproved({ fees: [{ ...paid, currency: 'CNY' }], markets }, 'SG')).toEqual({
    id: 'PAID',
    currency: 'CNY',
  });
  // of a shop whose country is not known, or is none of the markets any more, only which fee it is
  for (const country of ['', 'BR', 'toString'])
    expect(feeForApproved({ fees: [paid], markets }, country)).toEqual({ id: 'PAID' });
  expect(feeForApproved({ fees: [other], markets }, 'SG')).toBeUndefined();
});
