import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldNamed, nameOnPhone } from '../../src/platform/field-names.ts';

const field = fc.stringMatching(/^[a-z][A-Za-z]{0,19}$/);
const asking = fc.record({ form: fc.stringMatching(/^[0-9a-f]{8}$/), round: fc.nat() });

it('gives a field another name in each asking, and finds its own name again in any', () => {
  fc.assert(
    fc.property(field, asking, asking, (name, one, other) => {
      expect(fieldNamed(nameOnPhone(name, one))).toBe(name);
      expect(nameOnPhone(name, one) === nameOnPhone(name, other)).toBe(
        one.form === other.form && one.round === other.round,
      );
    }),
  );
});

it('leaves a name alone that was not made so', () => {
  expect(fieldNamed('nameLocal')).toBe('nameLocal');
  expect(fieldNamed('_1f3a9c2b_2')).toBe('_1f3a9c2b_2');
});
