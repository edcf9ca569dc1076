import { expect, it } from 'vitest';
import { useDataKey } from '../../models/sealing.ts';
import { scanPage } from '../../src/web/capture/scan-page.ts';
import { entryPage } from '../../src/web/entries/entry-page.ts';
import { noPhotosPage, photosPage } from '../../src/web/item-photos/photos-page.ts';
import { joinPage } from '../../src/web/join/form-page.ts';
import { posterPage } from '../../src/web/join/poster-page.ts';
import { nothingPage, statusPage, tooLargePage, tooManyPage } from '../../src/web/join/status-page.ts';
import type { Page } from '../../src/web/pages/page.ts';
import { isWhole, pseudoTexts, SEEN } from '../cards/pseudo-locale.ts';

// the address that was typed is sealed into links
useDataKey(Buffer.alloc(32, 7));
const t = pseudoTexts(SEEN);
const FILES = { script: 's.js', wasm: 'w.wasm' };
const AT = { corpId: '1', clientId: '2', nonce: '3' };

/** Each page in a language that nobody speaks; what is put in is in capitals. */
const PAGES: Readonly<Record<string, Page>> = {
  join: joinPage({ values: {}, ticket: '1' }, t),
  joinOfIso: joinPage({ values: {}, ticket: '1', iso: { name: 'LOTUS', email: 'D@I' } }, t),
  joinMistaken: joinPage(
    {
      values: { phone: '12' },
      ticket: '1',
      problems: [
        { field: 'phone', code: 'notAPhone' },
        { field: 'isoEmail', code: 'notAnEmail' },
      ],
    },
    t,
  ),
  joinStale: joinPage({ values: {}, ticket: '1', stale: true }, t),
  ...Object.fromEntries(
    (['sent', 'approved', 'stuck', 'rejected', 'joined', 'ended'] as const).map((state) => [
      state,
      statusPage({ state, inLine: true, isoEmail: 'D@I', reason: state === 'rejected' ? 'WRONG_PHONE' : undefined }, t),
    ]),
  ),
  nothing: nothingPage(t),
  tooMany: tooManyPage(t, 120),
  tooLarge: tooLargePage(t),
  poster: posterPage({ iso: 'LOTUS', code: { path: 'M0', side: 1 } }, t),
  entry: entryPage(
    { ...AT, title: t('button.language'), elsewhere: t('entryPage.elsewhere'), isSignedIn: false, script: 's' },
    t,
  ),
  scan: scanPage({ ...AT, files: FILES }, t),
  photos: photosPage({ isoId: '1', shop: 'LOTUS', facts: [], photos: [] }, { itemRef: '1', corpId: '1' }, t),
  noPhotos: noPhotosPage(t),
};

/** What a person reads of a page, and what is read to them. */
function textsOn({ title, content }: Page): readonly string[] {
  const said = content.text.match(/(?<=(?:aria-label|alt|placeholder|data-(?!texts)[a-z-]+)=")[^"]*⟦[^"]*/g) ?? [];
  return [title, ...content.text.replaceAll(/<[^>]*>/g, '\n').split('\n'), ...said];
}

it.each(Object.entries(PAGES))('the page %s says nothing that is no text of ours, and cuts none', (_name, page) => {
  const texts = textsOn(page);
  expect(texts.some((text) => text.includes(SEEN.before))).toBe(true);
  expect(texts.filter((text) => /[a-z]{2,}/.test(text.replaceAll(/\{\w+\}|&\w+;/g, '')))).toEqual([]);
  expect(texts.filter((text) => !isWhole(text, SEEN))).toEqual([]);
});
