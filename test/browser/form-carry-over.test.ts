import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aCard, aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { aStream, type SeenFrame } from '../../packages/dingtalk-sandbox/test/support/stream.ts';
import { BUILT_PAGE, openBrowser, openChatPage } from './support/chat-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const PAYS = {
  name: 'pays',
  label: 'Pays with',
  type: 'MULTI_CHECKBOX_GROUP',
  options: ['Alipay', 'cards', 'cash'].map((value) => ({ value, text: value })),
};

const spot = (title: string, fixedDefault: boolean, note = '', more: readonly object[] = []) => ({
  title,
  form_button: 'Next',
  form: JSON.stringify({
    fields: [
      { name: 'fixed', label: 'Fixed', type: 'SWITCH', defaultValue: fixedDefault },
      { name: 'note', label: 'Note', type: 'TEXT', defaultValue: note },
      ...more,
    ],
  }),
});

function formOf(frame: SeenFrame | undefined): unknown {
  if (frame === undefined) return undefined;
  const content = JSON.parse(String(frame.data.content)) as { cardPrivateData: { params: { form: unknown } } };
  return content.cardPrivateData.params.form;
}

/** As a browser fills in by itself what it knows: nothing is drawn between two fields. */
const FILLED_IN_AT_ONCE = `{
  const form = document.querySelector('form.form');
  for (const box of form.querySelectorAll('input[type=checkbox]')) box.click();
  const note = form.querySelector('input[type=text]');
  note.value = 'on the door';
  note.dispatchEvent(new Event('input', { bubbles: true }));
  form.querySelector('button[type=submit]').click();
}`;

const WRITTEN_AT_ONCE = `{
  const field = document.querySelector('[data-testid=composer-input]');
  field.value = 'hi';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelector('[data-testid=send-button]').click();
}`;

async function twoForms(knob?: string) {
  const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
  if (knob !== undefined) await sandbox.control('POST', '/faults', { kind: knob });
  const stream = await aStream(sandbox);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', spot('Spot 1', true)));
  const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
  await page.getByRole('textbox', { name: 'Note' }).fill('on the door');
  const cardData = { cardParamMap: spot('Spot 2', false, 'its own') };
  await sandbox.api('PUT', '/v1.0/card/instances', { outTrackId: 'c1', cardData });
  await page.getByRole('heading', { name: 'Spot 2' }).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect.poll(() => stream.frames.length).toBe(1);
  return formOf(stream.frames[0]);
}

it("keeps what stood in a card's form for its next one, by the fields' names", async () => {
  expect(await twoForms()).toEqual({ fixed: true, note: 'on the door' });
});

it('starts each form afresh where a knob says so', async () => {
  expect(await twoForms('freshForms')).toEqual({ fixed: false, note: 'its own' });
});

it('keeps all of several fields, and of one, that are filled in at once, and sends them', async () => {
  const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
  const stream = await aStream(sandbox);
  const asked = spot('Spot 1', false, '', [PAYS]);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', asked));
  const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  await page.evaluate(FILLED_IN_AT_ONCE);
  await expect.poll(() => stream.frames.length).toBe(1);
  expect(formOf(stream.frames[0])).toEqual({ fixed: true, note: 'on the door', pays: ['Alipay', 'cards', 'cash'] });
});

it('sends a text that was written at once, and keeps none of it', async () => {
  const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
  const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
  await page.getByTestId('send-button').waitFor();
  await page.evaluate(WRITTEN_AT_ONCE);
  await page.getByTestId('entry').getByText('hi', { exact: true }).waitFor();
  expect(await page.getByTestId('composer-input').inputValue()).toBe('');
});
