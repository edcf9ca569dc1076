import { AppError } from '@field/kit/errors';
import { expect, test } from 'vitest';
import { fetchPicture } from '../../src/media/picture-fetch.ts';

const BILL = { payer: 'iso', class: 'own' } as const;

/** A platform whose download links answer these one after the other. */
function platformAnswering(...answers: (Buffer | AppError)[]) {
  const asked: string[] = [];
  const limits: { maxBytes: number; timeoutMs: number }[] = [];
  return {
    asked,
    limits,
    downloadUrl: async (downloadCode: string) => {
      asked.push(downloadCode);
      return `https://files.example.com/${asked.length}`;
    },
    fetchFile: async (_url: string, limit: { maxBytes: number; timeoutMs: number }) => {
      limits.push(limit);
      const answer = answers[asked.length - 1];
      if (!answer) throw new Error('asked once too often');
      if (answer instanceof AppError) throw answer;
      return answer;
    },
  };
}

test('the picture, with a cap and a time-out on the transfer', async () => {
  const platform = platformAnswering(Buffer.from('picture'));
  expect(await fetchPicture(platform, 'code-1', BILL)).toEqual(Buffer.from('picture'));
  expect(platform.asked).toEqual(['code-1']);
  expect(platform.limits).toEqual([{ maxBytes: 25 * 1024 * 1024, timeoutMs: 30_000 }]);
});

test('an expired link is asked for once more', async () => {
  const platform = platformAnswering(new AppError('picture.expired'), Buffer.from('picture'));
  expect(await fetchPicture(platform, 'code-1', BILL)).toEqual(Buffer.from('picture'));
  expect(platform.asked).toEqual(['code-1', 'code-1']);
});

test('expired twice, it is the sender who has to send it again', async () => {
  const platform = platformAnswering(new AppError('picture.expired'), new AppError('picture.expired'));
  await expect(fetchPicture(platform, 'code-1', BILL)).rejects.toMatchObject({ code: 'picture.expired', kind: 'user' });
});

test('a picture over 20 MB is too big, whether it was cut off or came whole', async () => {
  await expect(fetchPicture(platformAnswering(Buffer.alloc(20 * 1024 * 1024 + 1)), 'c', BILL)).rejects.toMatchObject({
    code: 'picture.tooBig',
  });
  await expect(fetchPicture(platformAnswering(new AppError('picture.tooBig')), 'c', BILL)).rejects.toMatchObject({
    code: 'picture.tooBig',
  });
  expect((await fetchPicture(platformAnswering(Buffer.alloc(20 * 1024 * 1024)), 'c', BILL)).length).toBe(
    20 * 1024 * 1024,
  );
});

test('what may work later is passed on as such, not tried again here', async () => {
  const platform = platformAnswering(new AppError('file.unreachable'));
  await expect(fetchPicture(platform, 'c', BILL)).rejects.toMatchObject({
    code: 'file.unreachable',
    kind: 'retryable',
  });
  expect(platform.asked).toHaveLength(1);
});
