import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pictures } from '../../../test/support/pictures.ts';
import { aBotControl } from '../../dingtalk-sandbox/test/support/bot-control.ts';
import { aStream } from '../../dingtalk-sandbox/test/support/stream.ts';
import { PHOTOS, shopLines } from './reviewer/handed-over-day.ts';
import { aDemoSandbox } from './support/demo-sandbox.ts';

test('there is no next day without a bot', async () => {
  const sandbox = await aDemoSandbox();
  expect((await sandbox.control('POST', '/next-day', {})).status).toBe(501);
});

test('a next day closes the files, judges them at night, and wakes up in the morning of the programme', async () => {
  const { asked, bot, controlUrl } = await aBotControl();
  const sandbox = await aDemoSandbox({ bot: { controlUrl } }, 'Asia/Bangkok');
  await aStream(sandbox);
  const today = new Date(sandbox.clock.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const midnight = Date.parse(`${today}T00:00:00+07:00`) + 86_400_000;
  const lines = shopLines({ shop: 'shop-1', revision: 1, spots: { door: {} } });
  const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const photos = join(sandbox.dataDir, 'outgoing', 'photos');
  await mkdir(photos, { recursive: true });
  await writeFile(join(photos, `${PHOTOS.bright}.jpg`), await pictures.counter(1));
  let landed: string[] = [];
  bot.onClock = async (now) => {
    if (now < midnight + 8.5 * 3_600_000) await writeFile(join(photos, '..', 'submissions_20260503_001.jsonl'), file);
    else landed = await readdir(join(sandbox.dataDir, 'incoming'));
  };
  const answer = await sandbox.control('POST', '/next-day');
  const day = today.replaceAll('-', '');
  const files = [`review_${day}_001.csv`, `inspection-tasks_${day}_001.csv`];
  expect(answer).toEqual({ status: 200, body: { dataDate: today, files } });
  expect(landed.toSorted()).toEqual(files.toSorted());
  expect(asked.at(-1)).toEqual({ path: '/control/clock', body: { now: midnight + 9 * 3_600_000 } });

  const unknown = { decisions: [{ submissionKey: 'nothing#1', decision: 'APPROVED' }] };
  expect((await sandbox.control('POST', '/next-day', unknown)).status).toBe(404);
  expect((await sandbox.control('POST', '/next-day', { decisions: [{ decision: 'GOOD' }] })).status).toBe(400);
  await sandbox.control('POST', '/reset');
  expect(await readdir(sandbox.dataDir)).not.toContain('reviewer.json');
});

test('of two next days at once one is refused', async () => {
  const { controlUrl } = await aBotControl();
  const sandbox = await aDemoSandbox({ bot: { controlUrl } });
  await aStream(sandbox);
  const answers = await Promise.all([1, 2].map(() => sandbox.control('POST', '/next-day')));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});
