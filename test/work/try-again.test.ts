import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { tryAgain } from '../../src/work/try-again.ts';

it('what fails for what passes is done again, anything else is told at once', async () => {
  let tries = 0;
  const third = async (): Promise<string> => {
    tries += 1;
    if (tries < 3) throw new AppError('store.transient');
    return 'done';
  };
  expect([await tryAgain(third), tries]).toEqual(['done', 3]);
  tries = 0;
  const never = async (): Promise<void> => {
    tries += 1;
    throw new AppError('config.invalid');
  };
  await expect(tryAgain(never)).rejects.toMatchObject({ code: 'config.invalid' });
  expect(tries).toBe(1);
});
