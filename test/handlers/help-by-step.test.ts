import { describe, expect, it } from 'vitest';
import { type T, type TextArgs, translator } from '../../cards/text.ts';
import type { TextKey } from '../../cards/text-key.ts';
import { photoShows, slotName, stepName } from '../../cards/vocabulary.ts';
import { wordToType } from '../../cards/words.ts';
import { itemsSubmittedBy } from '../../models/item-queries.ts';
import { LANGUAGE_NAMES, type Language } from '../../src/domain/languages.ts';
import { howOften } from '../support/how-often.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { decide } from '../support/shop-under-review.ts';
import type { Person, SeenCard } from '../support/world/person.ts';
import { reach, type Stop } from '../support/world/reach.ts';
import { lekAtWork, lekBeforePayment } from './landed-task.ts';

const world = useWorld();

const MC = 'MARKETING_CODE';
/** What *Help* says at each step of a promotion. */
const STEPS = {
  store: (t: T) => t('help.wants.form', { step: stepName(t, 'store') }),
  storefront: (t: T) => t('help.wants.photos', { photos: photoShows(t, MC, 'storefront') }),
  spot: (t: T) => t('help.wants.form', { step: stepName(t, 'spots') }),
  photos: (t: T) => slotName(t, 'closeup'),
  merchant: (t: T) => t('help.wants.form', { step: stepName(t, 'merchant') }),
  summary: (t: T) => t('help.wants.check'),
} as const satisfies Readonly<Record<Stop, (t: T) => string>>;

const wordsIn = (language: Language): T => translator(language, SHIPPED_WORDS);

/** A picture may be there by now. */
const withoutPictures = ({ text }: SeenCard): string => text.replace(/\n\s*\[image.*\]/g, '');

async function asksForHelp(person: Person, t: T): Promise<void> {
  await person.says(wordToType(t, 'word.help'));
  await person.sees(t('help.title'));
  const { buttons } = await person.card();
  const actions = buttons.map(({ params }) => params.action);
  expect(actions).toEqual(expect.arrayContaining(['help.ask', 'help.photos', 'menu.open', 'language.open']));
}

/** One language of each kind of writing, two of them in each run: what is said follows from the same texts in all of them. */
const READ: readonly Language[] = (['vi', 'ja', 'en', 'zh-CN', 'th'] as const).slice(
  0,
  howOften({ inEachRun: 2, inFull: 5 }),
);

describe.each(READ)('help in %s', (language) => {
  const t = wordsIn(language);
  const says = (key: TextKey, args: TextArgs = {}): string => t(key, args);

  it('says what each step of a promotion needs, and leads back to it', async () => {
    const nok = await world().hires('nok', { language });
    const asked: Stop[] = [];
    await reach(nok, 'summary', {
      async at(step) {
        const before = withoutPictures(await nok.card());
        await asksForHelp(nok, t);
        await nok.sees(STEPS[step](t));
        await nok.taps({ action: 'promotion.resume' });
        expect([step, withoutPictures(await nok.card())]).toEqual([step, before]);
        asked.push(step);
      },
    });
    expect(asked).toEqual(Object.keys(STEPS));
  });

  it('says what an inspection needs, and leads back to it', async () => {
    const { lek } = await lekAtWork(world());
    await lek.says(LANGUAGE_NAMES[language]);
    await asksForHelp(lek, t);
    await lek.sees(says('help.wants.front'));
    await lek.taps({ action: 'inspection.open' });
    await lek.sees('Som Tam House');
    await lek.taps({ action: 'inspection.part', part: 'cannot' });
    await asksForHelp(lek, t);
    await lek.sees(says('help.wants.reason'));
  });

  it('says what a payment and its photo need', async () => {
    const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
    await lek.says(LANGUAGE_NAMES[language]);
    await asksForHelp(lek, t);
    await lek.sees(says('help.wants.payments'));
    await lek.taps({ action: 'inspection.open' });
    await lek.taps({ action: 'inspection.tool' });
    await lek.fills({ result: 'SUCCESS', amount: '120' });
    await asksForHelp(lek, t);
    await lek.sees(says('help.wants.paymentPhoto'));
  });

  it('says what an appeal needs, and leads back to what failed', async () => {
    const nok = await world().hires('nok', { language });
    await reach(nok, 'summary');
    await nok.taps({ action: 'promotion.submit' });
    const spot = (await itemsSubmittedBy('nok', 0)).find(({ itemType }) => itemType === 'SPOT');
    if (spot === undefined) throw new Error('nothing was submitted');
    await decide(spot.itemRef, 'REJECTED', { deadlineAt: world().clock.now() + 86_400_000 });
    await nok.says(wordToType(t, 'word.menu'));
    await nok.taps({ action: 'review.open' });
    await nok.taps({ action: 'review.appeal' });
    await asksForHelp(nok, t);
    await nok.sees(says('help.wants.appeal'));
    await nok.taps({ action: 'review.open' });
    await nok.sees('Baan Coffee');
  });
});
