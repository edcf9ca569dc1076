import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { accessibilityFindings, openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';
import { promoteInBrowser } from './support/promotion.ts';

const th = translator('th', SHIPPED_WORDS);

async function aDemo(dataDir: string): Promise<Demo> {
  const demo = await Demo.start(dataDir);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await demo.traffic());
    demo.end();
  });
  return demo;
}

it('npm start, and a promotion from hello to submitted in Thai on a narrow phone, through a crash and a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'whole-conversation-'));
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await aDemo(dataDir);
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  const phone = new Phone(page);
  const looksRight = async (what: string): Promise<void> => {
    expect(await accessibilityFindings(page), what).toEqual([]);
    expect(await phone.width(), what).toBeLessThanOrEqual(PHONE.width);
  };

  await page.getByTestId('person-staff1').click();
  await page.getByRole('button', { name: 'Say hi' }).click();
  await phone.sees('Join your ISO');
  await phone.keepsScreen('conversation-join');
  await looksRight('join');
  await phone.fills({ isoEmail: 'demo@iso.example', phone: '12' });
  await phone.sees('Join your ISO', 'From another country? Begin with +.');
  await phone.keepsScreen('conversation-mistake');
  expect([await phone.holds('isoEmail'), await phone.holds('name'), await phone.holds('phone')]).toEqual([
    'demo@iso.example',
    'Dao Kamon',
    '12',
  ]);
  await phone.fills({ phone: '081 234 4821' });
  await phone.sees('Request sent');

  await phone.becomes('admin1');
  await phone.sees('Join request', 'Dao Kamon');
  await phone.taps('Approve');
  await phone.sees('Approved by Anong');

  await phone.becomes('staff1');
  await phone.sees('Hi Dao', 'Approved');
  await phone.taps('Language');
  await phone.taps('ไทย');
  await phone.sees('สวัสดี Dao');
  await promoteInBrowser(phone, th, (name) => phone.keepsScreen(`conversation-${name}`));
  await looksRight('submitted');
  await phone.sees(/แคชเชียร์ 1.*EFG2.*ประตู.*EFG3/s);
  await phone.taps(th('button.seePhotos'));
  await page
    .getByTestId('card')
    .getByRole('img', { name: th('part.photos'), exact: true })
    .waitFor();
  expect(complaints).toEqual([]);

  const [bot] = demo.processes().bot;
  if (bot === undefined) throw new Error('the bot does not run');
  process.kill(bot, 'SIGKILL');
  await expect.poll(() => demo.processes().bot).not.toContain(bot);
  await expect.poll(() => demo.ready()).toBe(true);
  await phone.says(th('word.menu'));
  await phone.sees('สวัสดี Dao');
  await phone.keepsScreen('conversation-after-crash');

  expect(demo.processes()).toMatchObject({ sandbox: [expect.any(Number)], bot: [expect.any(Number)] });
  expect(await demo.pressCtrlC()).toMatch(/^(0|SIGINT)$/);
  await expect.poll(() => demo.processes()).toEqual({ sandbox: [], bot: [] });
  expect(demo.botLog()).toContain('"why":"SIGINT"');
  expect(demo.botLog()).not.toContain('bot.endedBadly');

  const again = await aDemo(dataDir);
  await page.goto(`${again.url}/#staff1/staff1`);
  await phone.sees(/P-[2-9A-Z]{4}/, 'Baan Coffee');
  await phone.says('menu');
  await phone.sees('สวัสดี Dao');
  await again.pressCtrlC();
});
