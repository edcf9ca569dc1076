import readXlsxFile from 'read-excel-file/node';
import { expect, it, onTestFinished } from 'vitest';
import { join, NOK } from '../support/conversations/joining.ts';
import { promote } from '../support/conversations/promotion.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { startWorld } from '../support/world/world.ts';

it('an admin opens what was promoted on a computer, and what came into a chat comes once over a power cut', async () => {
  const world = await startWorld();
  onTestFinished(() => world.close());
  const [nok, admin] = [world.person('staff1'), world.person('admin1')];
  await join(nok, admin, NOK);
  await promote(nok, { spots: 2, together: true });
  const files = async () => (await admin.entries()).flatMap((entry) => entry.files ?? []);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.cameIn', 'team.lists']) await admin.taps({ action });
  await admin.fills({ List: 'Promotions', 'Of which time': 'All of it' });
  await admin.sees('Promotions', wordsOf('export.sent'));
  const [file] = await files();
  expect(file?.fileName).toBe('Promotions.xlsx');
  const answer = await fetch(`${world.sandbox.url}/sandbox/api/files/${encodeURIComponent(file?.downloadCode ?? '')}`);
  const [sheet] = await readXlsxFile(Buffer.from(await answer.arrayBuffer()));
  const [heading = [], ...rows] = sheet?.data ?? [];
  expect(heading.slice(0, 2)).toEqual(['Shop', 'Address']);
  // the shop, two spots, and what stands at each
  expect(rows.map(([shop]) => shop)).toEqual(Array(rows.length).fill('Baan Coffee'));
  expect(rows.length).toBeGreaterThanOrEqual(3);
  // it arrives, and the bot dies before it hears of that
  await world.fault({
    kind: 'gatewayTimeout',
    path: '/v1.0/robot/oToMessages/batchSend',
    done: true,
    delayMs: 4_000,
    times: 1,
  });
  await admin.taps({ action: 'team.lists' });
  await admin.fills({ List: 'Everybody at work', 'Of which time': 'All of it' }, { withoutWaiting: true });
  const arrived = async () => (await files()).filter(({ fileName }) => fileName.startsWith('Everybody')).length;
  await expect.poll(arrived).toBe(1);
  await world.restartBot();
  await world.advance(3_600_000);
  await admin.sees('Everybody at work', wordsOf('export.unsureSays'));
  expect(await arrived()).toBe(1);
  await admin.taps({ action: 'team.sendList' });
  await admin.sees('Everybody at work', wordsOf('export.sent'));
  expect(await arrived()).toBe(2);
});
