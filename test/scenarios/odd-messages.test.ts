import { expect } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const DAY_MS = 24 * 3_600_000;

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok promotes one shop and says what fits nowhere');

const cards = async (): Promise<number> => (await nok.entries()).filter((entry) => entry.outTrackId).length;
const KEPT_PLACE = 'I kept your place. Tap or send what is below.';

it('a photo before anything is chosen is answered with what to choose', async () => {
  await nok.sends(await pictures.storefront(1));
  await nok.sees(wordsOf('line.photoNeedsShop'), 'Alipay+ Marketing Code');
});

it('a photo while a form is open: kept, one line below, and the form stays as it is', async () => {
  await reach(nok, 'store');
  const form = await nok.card('Name on the sign');
  const before = await cards();
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Photo kept. Go on with the card above.');
  expect(await cards()).toBe(before + 1);
  expect((await nok.card('Name on the sign')).outTrackId).toBe(form.outTrackId);
});

it('two more photos in a burst: one line for both', async () => {
  const before = await cards();
  const photos = [await pictures.counter(1), await pictures.counter(2)];
  // at once: on a busy machine one after the other may take longer than a burst
  await Promise.all(photos.map(async (photo) => await world.sandbox.sendPictures('staff1', [photo])));
  await world.untilIdle();
  await nok.sees('2 photos kept. Go on with the card above.');
  expect(await cards()).toBe(before + 1);
});

it('what is no photo is said so below the form', async () => {
  await nok.sends(await pictures.textFile());
  await nok.sees('This is not a picture. Send a photo. The rest is kept.');
});

it('a text while a form is open is answered by one line, the form is not touched', async () => {
  const form = await nok.card('Name on the sign');
  await nok.says('Baan Coffee');
  await nok.sees('Go on with the card above.');
  expect((await nok.card('Name on the sign')).outTrackId).toBe(form.outTrackId);
});

it('the form is sent: the photo that waited has found its place', async () => {
  await nok.fills({
    nameLocal: 'Baan Coffee',
    address: '12 Silom Rd',
    city: 'Bangkok',
    paysWith: 'ALIPAY_ONLY',
    managerName: 'Khun Malee',
    consent: true,
  });
  await nok.sees('Step 2 of 4', 'Where is the code?');
  await nok.fills({ fixedSecurely: true });
  await nok.sees('✓ Wide photo', 'Now the close-up of the code.');
});

it('text where a photo is wanted keeps the place', async () => {
  await nok.says('what now?');
  await nok.sees(KEPT_PLACE, 'Baan Coffee', 'Cashier 1', 'Now the close-up of the code.');
  await nok.says('👍');
  await nok.sees(KEPT_PLACE, 'Now the close-up of the code.');
});

it('back goes one step, menu leaves, Resume comes back', async () => {
  await nok.says('Back');
  await nok.sees('Where is the code?');
  await nok.says('MENU');
  await nok.sees('Hi Nok', 'Baan Coffee: step 2 of 4');
  await nok.taps('Resume Baan Coffee');
  await nok.sees('Where is the code?');
  await nok.fills({});
  await nok.sees('Now the close-up of the code.');
  await nok.says('help.');
  await nok.sees('Help', 'Your admin: Anong Chai.', 'Everything is saved.');
  await nok.says('menu');
  await nok.taps('Resume Baan Coffee');
  await nok.sees('Now the close-up of the code.');
});

it('the next week, on another phone: the same place', async () => {
  await world.advance(7 * DAY_MS);
  await world.restartBot();
  await nok.says('hi');
  await nok.sees('Baan Coffee', 'Cashier 1', '✓ Wide photo', 'Now the close-up of the code.');
});

for (const [code, language, menu, back, help] of [
  ['th', /ไทย/, 'เมนู', 'กลับ', 'ช่วย'],
  ['zh-CN', /简体中文/, '菜单', '返回', '帮助'],
  ['en', /English/, 'menu', 'back', 'help'],
] as const) {
  it(`${code}: the words work typed and tapped, and the open card is redrawn`, async () => {
    await nok.says(menu);
    await nok.taps({ action: 'language.open' });
    await nok.taps(language);
    await nok.says(help);
    await nok.sees('Anong');
    await nok.taps({ action: 'menu.open' });
    await nok.taps({ action: 'promotion.resume' });
    await nok.sees('Baan Coffee', '✓');
    await nok.says(back);
    await nok.sees({ th: 'โค้ดติดอยู่ตรงไหน', 'zh-CN': '码贴在哪里', en: 'Where is the code?' }[code]);
    await nok.fills({});
  });
}

it('a frame without text because the month is used up: one line a day', async () => {
  await world.fault({ kind: 'quotaUsedUp', times: 2 });
  await nok.says('menu');
  await nok.sees("DingTalk's monthly limit is used up.");
  const before = await cards();
  await nok.says('menu');
  expect(await cards()).toBe(before);
});

it('the same message twice is one message', async () => {
  const photo = await nok.sends(await pictures.closeup('https://qr.alipayplus.example/m/SHPCDEFGHAAA'));
  await nok.sees('Step 3 of 4', '✓ Cashier 1 · code …HAAA');
  const before = await cards();
  await world.sandbox.repeat(photo);
  await world.untilIdle();
  expect(await cards()).toBe(before);
});
