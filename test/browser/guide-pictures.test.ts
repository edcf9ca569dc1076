import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { openBrowser, openChatPage } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';
import { promoteInBrowser } from './support/promotion.ts';

const t = translator('en', SHIPPED_WORDS);

// Not a proof but the making of docs/images; the same way is proved by the whole conversation.
it.runIf(process.env.SCREENSHOT_DIR)('the pictures of the guide are taken', async () => {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(mkdtempSync(join(tmpdir(), 'guide-')));
  onTestFinished(() => demo.end());
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  const phone = new Phone(page);
  await page.getByTestId('person-staff1').click();
  await page.getByRole('button', { name: 'Say hi' }).click();
  await phone.sees(t('join.title'));
  await phone.keepsCard('guide/join');
  await phone.fills({ isoEmail: 'demo@iso.example', phone: '081 234 5011' });
  await phone.sees(t('requestSent.title'));
  await phone.keepsCard('guide/request-sent');
  await phone.becomes('admin1');
  await phone.sees(t('request.title'), 'Dao Kamon');
  await phone.keepsCard('guide/join-request');
  await phone.taps(t('button.approve'));
  await phone.sees('Approved by Anong');
  await phone.becomes('staff1');
  await phone.sees('Hi Dao', t('association.approved'));
  await phone.keepsCard('guide/approved');
  await phone.taps(t('button.language'));
  await phone.sees(t('language.title'));
  await phone.keepsCard('guide/language');
  await page
    .getByTestId('quick-entry')
    .filter({ hasText: t('button.language') })
    .click();
  await page.getByTestId('web-view').waitFor({ state: 'detached' });
  await phone.sees(t('language.title'));
  await phone.keepsScreen('guide/navigation');
  await phone.taps(t('button.menu'));
  await phone.sees('Hi Dao');
  await promoteInBrowser(phone, t, async (name) => {
    await phone.keepsCard(`guide/${name}`);
    if (name === 'promotion') await phone.keepsScreen('promotion');
  });
  await phone.taps(t('button.menu'));
  await phone.sees('Hi Dao');
  const product = 'PRIMARY_POSM';
  await promoteInBrowser(phone, t, (name) => phone.keepsCard(`guide/posm-${name}`), { product, known: true });
  expect(complaints).toEqual([]);
});
