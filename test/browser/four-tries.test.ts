import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { labelWith } from '../../cards/buttons.ts';
import { translator } from '../../cards/text.ts';
import { photoNext, spotName } from '../../cards/vocabulary.ts';
import { KO } from '../../packages/dingtalk-sandbox/src/page/words/ko.ts';
import { LANGUAGE_NAMES } from '../../src/domain/languages.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { accessibilityFindings, openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';
import { Thumb } from './support/thumb.ts';

const t = translator('ko', SHIPPED_WORDS);
/** What stands before or behind what is put in. */
const around = (text: string): string => text.replaceAll('§', '').trim();

/** In English they are tried in every run (`first-minutes`); the same in another language takes as long again. */
it.runIf(process.env.LONG)('the four tries in Korean, page and cards, on a narrow phone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'four-tries-'));
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(dataDir, { story: true });
  onTestFinished(() => demo.end());
  const { page, complaints } = await openChatPage(browser, { url: demo.url, locale: 'ko-KR' });
  const phone = new Phone(page);
  const thumb = new Thumb(page);
  const looksRight = async (what: string): Promise<void> => {
    await phone.keepsScreen(`ko-${what}`);
    expect(await accessibilityFindings(page), what).toEqual([]);
    expect(await phone.width(), what).toBeLessThanOrEqual(PHONE.width);
  };
  const hint = page.getByTestId('try-hint');
  /** Whoever has the phone reads English cards, and says the name of their language. */
  const readsKorean = async (): Promise<void> => {
    await phone.says(LANGUAGE_NAMES.ko);
    await phone.sees(t('line.languageChosen'));
  };

  await page.getByTestId('try-fix').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ko');
  await looksRight('open');
  await readsKorean();
  await looksRight('korean');

  await thumb.tries('promote');
  await hint.getByText(KO.try.promoteBegins).waitFor();
  await phone.sees(around(t('job.title', { step: 2, of: 4, place: '§' })), 'Lotus Tea');
  await looksRight('promote');
  await thumb.field('fixedSecurely', true);
  await thumb.button(t('button.next'));
  await thumb.sample('counter');
  await phone.sees(photoNext(t, 'MARKETING_CODE', 'closeup'));
  await looksRight('photos');
  await thumb.sample('closeup');
  await phone.sees(around(t('job.title', { step: 3, of: 4, place: '§' })), 'Lotus Tea');
  await looksRight('business');
  await thumb.field('contactPhoneOrEmail', '+66 2 233 0303');
  await thumb.button(t('button.next'));
  await phone.sees(t('place.summary'), 'Lotus Tea');
  await looksRight('summary');
  await thumb.button(t('button.submit'));
  await phone.sees(/P-[2-9A-Z]{4}/, 'Lotus Tea');
  await hint.getByText(KO.try.promoteDone).waitFor();
  await looksRight('submitted');

  await thumb.tries('fix');
  await looksRight('fix');
  const door = spotName(t, { spotType: 'ENTRANCE_DOOR', number: 1 });
  await thumb.button(labelWith(t, 'summary.fix', door));
  await phone.sees('Baan Coffee', door);
  await thumb.button(t('button.modify'));
  await phone.sees(t('modify.title', { name: door }));
  await looksRight('modify');
  await thumb.sample('closeup');
  await phone.sees(t('button.resubmit'));
  await looksRight('resubmit');
  await thumb.button(t('button.resubmit'));
  await phone.sees(wordsOf('resent.title'));

  await thumb.tries('inspect');
  await looksRight('inspect');
  await thumb.button(t('button.menu'));
  await thumb.button(new RegExp(`^${t('name.SPOT_INSPECTION')}`));
  await thumb.button(t('name.verificationTasks'));
  await looksRight('tasks');
  await thumb.button(/^Som Tam House/);
  await phone.sees(t('inspection.front'), 'Som Tam House');
  await looksRight('front');
  await thumb.sample('storefront');
  await phone.sees(wordsOf('folded.photosKept', { count: 1 }), 'Som Tam House');
  await thumb.button(t('button.everythingMatches'));
  await phone.sees(spotName(t, { spotType: 'CASHIER_COUNTER', number: 1 }), 'Som Tam House');
  await thumb.sample('closeup');
  await phone.sees(around(t('inspection.codeSame', { code: '§' }).split('§')[1] ?? ''));
  await looksRight('code-same');
  await thumb.button(t('button.good'));
  await phone.sees(t('pay.select'));
  await looksRight('tool');
  await thumb.button('Alipay+ Linker');
  for (const mode of ['pay.twice', 'pay.other'] as const) {
    await phone.sees(t(mode).replaceAll('**', ''));
    await looksRight(mode);
    await thumb.field('result', 'SUCCESS');
    await thumb.field('amount', '1');
    await thumb.button(t('button.next'));
    await thumb.sample('receipt');
  }
  await phone.sees(t('place.summary'), 'Som Tam House');
  await thumb.button(t('button.submit'));
  await hint.getByText(KO.try.inspectDone).waitFor();
  await looksRight('inspected');

  await thumb.tries('approve');
  await phone.sees('Join request', 'Mai Srisuk');
  await readsKorean();
  await phone.sees(t('request.title'), 'Mai Srisuk');
  await looksRight('approve');
  await thumb.button(t('button.approve'));
  await phone.sees(wordsOf('request.approved'));
  await hint.getByRole('link', { name: KO.try.be('Mai Srisuk') }).waitFor();
  expect(await page.locator('.try-done').count()).toBe(4);
  await looksRight('all-tried');
  await thumb.link(KO.try.be('Mai Srisuk'));
  await phone.sees('Mai Srisuk');
  await looksRight('mai');
  expect(complaints).toEqual([]);
});
