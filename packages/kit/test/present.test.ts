import { present } from '@field/kit/present';
import { expect, it } from 'vitest';

it('leaves out what is undefined, and nothing else', () => {
  const fields = present({ none: undefined, nothing: null, no: false, zero: 0, empty: '', inner: { none: undefined } });
  expect(fields).toStrictEqual({ nothing: null, no: false, zero: 0, empty: '', inner: { none: undefined } });
  expect(Object.keys(fields)).toEqual(['nothing', 'no', 'zero', 'empty', 'inner']);
});

it('lets the one that it is spread over keep what it does not say', () => {
  const title: string | undefined = undefined;
  expect({ title: 'known', ...present({ title }) }).toEqual({ title: 'known' });
});
