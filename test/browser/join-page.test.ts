import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { inTransaction } from '../../models/transaction.ts';
import { pageIdIn } from '../../src/web/join/tickets.ts';
import { useModels } from '../models/store.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { ISO_EMAIL, JOIN_TOKEN, openJoinPages, setUpIso } from '../web/join-pages.ts';
import { accessibilityFindings, newPage, openBrowser, PHONE } from './support/chat-page.ts';

useModels(undefined);
let browser: Browser;
let pages: Awaited<ReturnType<typeof openJoinPages>>;
beforeAll(async () => {
  [browser, pages] = [await openBrowser(), await openJoinPages()];
  await setUpIso();
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

/** A narrow phone; `javaScriptEnabled: false` is a browser without script. */
function phone(options: { javaScriptEnabled?: boolean; locale?: string } = {}): Promise<Page> {
  return newPage(browser, { viewport: PHONE, locale: 'en-US', ...options });
}

it('is filled in and sent on a phone without script, in Thai, and tells what became of it', async () => {
  const page = await phone({ javaScriptEnabled: false, locale: 'th-TH' });
  const t = translator('th', SHIPPED_WORDS);
  await page.goto(`${pages.base}/join/${JOIN_TOKEN}`);
  await page.getByLabel(t('field.join.name.label')).fill('นก สุดา');
  await page.getByLabel(t('field.join.phone.label')).fill('๐๘๑ ๒๓๔');
  await page.getByRole('button', { name: t('button.send') }).click();
  const phoneField = page.getByLabel(t('field.join.phone.label'));
  expect(await phoneField.inputValue()).toBe('๐๘๑ ๒๓๔');
  expect(await page.getByLabel(t('field.join.name.label')).inputValue()).toBe('นก สุดา');
  await phoneField.fill('๐๘๑ ๒๓๔ ๔๘๒๑');
  await page.getByRole('button', { name: t('button.send') }).click();
  await page.getByRole('heading', { name: t('requestSent.title') }).waitFor();
  expect(page.url()).toContain('/join/status/');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Request sent' }).waitFor();
});

it('axe-core finds nothing on the form, with and without mistakes, its status in every state, and the poster', async () => {
  const page = await phone();
  const findings: string[] = [];
  const look = async (where: string) => {
    findings.push(...(await accessibilityFindings(page)).map((finding) => `${where}: ${finding}`));
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    if (wide) findings.push(`${where}: must be scrolled sideways`);
  };
  await page.goto(`${pages.base}/join/general`);
  await look('form');
  await page.getByLabel('ISO e-mail').fill('someone@nowhere');
  await page.getByLabel('Your name').fill('N'.repeat(60));
  await page.getByLabel('Phone no.').fill('12');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').waitFor();
  await look('mistakes');
  await page.getByLabel('ISO e-mail').fill(ISO_EMAIL);
  await page.getByLabel('Phone no.').fill('+66 81 234 4821');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Request sent' }).waitFor();
  await look('sent');

  const requestId = pageIdIn(new URL(page.url()).pathname.replace('/join/status/', '')) ?? '';
  const request = { requestId, isoId: 'lotus', name: 'Nok', phone: '+66812344821', channel: 'QR' as const, at: 1 };
  await inTransaction((tx) => addAssociations([request], tx));
  for (const change of [
    { state: 'APPROVED' },
    { problem: 'badNumber' },
    { state: 'INVITED' },
    { state: 'EXPIRED' },
  ] as const) {
    const found = await findAssociation(requestId);
    if (found !== undefined) await inTransaction((tx) => moveAssociation(found, change, tx));
    await page.reload();
    await look(JSON.stringify(change));
  }
  await page.goto(`${pages.base}/join/status/guessed`);
  await look('nothing');
  await page.goto(`${pages.base}/poster/${JOIN_TOKEN}`);
  await look('poster');
  expect(findings).toEqual([]);
});
