import { expect, it } from 'vitest';
import { asAppError } from '../src/errors.ts';

/** As the driver throws what a server answers, without a label where it does not know whether to try again. */
function answered(code: number): Error {
  return Object.assign(new Error('the server says so'), { name: 'MongoServerError', code });
}

it.each([6, 7, 24, 50, 89, 91, 112, 175, 189, 262, 9001, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436])(
  'a server that goes away, gives way, is too busy or breaks off (%i) is asked again, and no bug',
  (code) => {
    expect(asAppError(answered(code))).toMatchObject({ code: 'store.transient', kind: 'retryable' });
  },
);

it.each([undefined, 91, 112])(
  'many writes at once that meet nobody, or one who gives way (%s), are asked again',
  (code) => {
    const met = Object.assign(new Error('connection 16 closed'), {
      name: 'MongoBulkWriteError',
      writeErrors: [],
      code,
    });
    expect(asAppError(met).code).toBe('store.transient');
  },
);

it('many writes at once of which the server refuses one are a bug', () => {
  const refused = Object.assign(new Error('E11000'), { name: 'MongoBulkWriteError', code: 11_000, writeErrors: [{}] });
  expect(asAppError(refused).code).toBe('bug.unexpected');
});

it('any other refusal of a server is a bug', () => {
  expect(asAppError(answered(2)).code).toBe('bug.unexpected');
});
