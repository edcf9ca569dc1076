import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';

const t = translator('en', SHIPPED_WORDS);

// Not a proof but the making of docs/images; how people join is proved by the scenarios.
it.runIf(process.env.SCREENSHOT_DIR)('the pictures of how people join are taken', async () => {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(mkdtempSync(join(tmpdir(), 'guide-')));
  onTestFinished(() => demo.end());
  const { page, complaints, context } = await openChatPage(browser, { url: demo.url });
  const chat = new Phone(page);
  await page.getByTestId('person-admin1').click();
  await page.getByRole('button', { name: 'Say hi' }).click();
  await chat.taps(t('button.team'));
  await chat.taps(t('button.more'));
  await chat.taps(t('button.poster'));
  await chat.sees(t('qr.scan'));
  await page.getByTestId('card').last().locator('img').first().waitFor();
  await chat.keepsCard('guide/qr-code');
  const poster = await page.getByRole('link', { name: t('qr.print') }).getAttribute('href');

  const web = await context.newPage();
  await web.setViewportSize(PHONE);
  const visitor = new Phone(web);
  /** Without the names of the languages, for which this machine has no letters. */
  const keep = async (name: string) => {
    await web.locator('footer').evaluate((footer) => footer.remove());
    await visitor.keepsScreen(name);
  };
  await web.goto(`${poster}?lang=en`);
  await keep('guide/poster');
  await web.goto(`${poster?.replace('/poster/', '/join/')}`);
  await web.getByLabel(t('field.join.name.label')).fill('Mali Wong');
  await web.getByLabel(t('field.join.phone.label')).fill('081 234 5099');
  await keep('guide/join-page');
  await web.getByRole('button', { name: t('button.send') }).click();
  await web.getByRole('heading', { name: t('requestSent.title') }).waitFor();

  await chat.sees(t('request.title'), 'Mali Wong');
  await chat.taps(t('button.approve'));
  await chat.sees(t('request.consent'));
  await chat.keepsCard('guide/invited');
  await web.reload();
  await web.getByRole('heading', { name: t('page.approved') }).waitFor();
  await keep('guide/join-approved');

  await chat.becomes('outsider1');
  await chat.keepsScreen('guide/org-invitation');
  await page.getByRole('button', { name: 'Accept' }).click();
  await chat.sees(t('association.welcome', { iso: 'Lotus Partners' }));
  await chat.keepsCard('guide/welcome');

  await chat.becomes('admin1');
  await chat.says('menu');
  await chat.taps(t('button.team'));
  await chat.taps(t('button.more'));
  await chat.taps(t('button.invite'));
  await chat.sees(t('invite.how'));
  await chat.keepsCard('guide/invite');
  expect(complaints).toEqual([]);
});
