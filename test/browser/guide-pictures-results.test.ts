import { expect, it, onTestFinished } from 'vitest';
import { join, NOK } from '../support/conversations/joining.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { startWorld } from '../support/world/world.ts';
import { openBrowser, openChatPage } from './support/chat-page.ts';
import { Phone } from './support/phone.ts';

// Not a proof but the making of docs/images; the same way is proved by test/scenarios/review-results.test.ts.
it.runIf(process.env.SCREENSHOT_DIR)(
  'the pictures of the results are taken',
  async () => {
    const world = await startWorld();
    onTestFinished(() => world.close());
    const nok = world.person('staff1');
    await join(nok, world.person('admin1'), NOK);
    await promote(nok, { spots: 2, together: true });
    await nextDayFails(world, handedOverKey(world, 'SPOT', 2), ['SPOT_PHOTO_BLURRY']);

    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const { page, complaints } = await openChatPage(browser, { url: world.sandbox.url });
    const phone = new Phone(page);
    await page.getByTestId('person-staff1').click();
    await phone.sees('Results up to', '1 failed');
    await phone.keepsCard('guide/result-day');
    await phone.taps('All results');
    await phone.sees('My results · 7 days');
    await phone.keepsCard('guide/my-results');
    await nok.taps('Fix Cashier 2');
    await phone.sees('Modify by', 'What happened');
    await phone.keepsCard('guide/failed-spot');
    await phone.taps('Appeal');
    await phone.sees('Tell the reviewer');
    await nok.fills({ why: 'The code is sharp in the photo that I sent.' });
    await nok.sends(await pictures.counter(77));
    await phone.sees('1 photo kept');
    await phone.keepsCard('guide/appeal');
    await phone.taps('Send appeal');
    await phone.sees('cannot be modified until it is answered');
    await phone.keepsCard('guide/appeal-sent');
    await phone.taps('Withdraw');
    await phone.sees('Your appeal is taken back.');
    await phone.taps('Modify');
    await phone.sees('Only this is needed');
    await phone.keepsCard('guide/modify');
    await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 91 }));
    await phone.sees('Old beside new');
    await phone.keepsCard('guide/resubmit');
    await phone.taps('Resubmit');
    await phone.sees('Sent again (2nd time)');
    await phone.keepsCard('guide/resent');
    expect(complaints).toEqual([]);
  },
  300_000,
);
