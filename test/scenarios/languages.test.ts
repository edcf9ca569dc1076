import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { stepName } from '../../cards/vocabulary.ts';
import type { Language } from '../../src/domain/languages.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { nok } = sharedWorld({ joined: ['staff1'] });

const titleIn = (language: Language): string => {
  const t = translator(language, SHIPPED_WORDS);
  return t('job.title', { step: 3, of: 4, place: stepName(t, 'merchant') });
};

it('who writes in Thai is offered it, takes it in mid-step, changes twice more, and submits what was begun in English', async () => {
  await reach(nok, 'photos');
  await nok.says('ถ่ายรูปไม่ได้ครับ ช่วยด้วย');
  await nok.sees('Go on in Thai?', 'เปลี่ยนเป็นภาษาไทยไหม');
  await nok.taps('ไทย');
  await nok.sees('ขั้น 2/4');
  await nok.sends(await pictures.counter(7), await pictures.closeup(codeOf('AA', 0)));
  await nok.sees(titleIn('th'));
  await nok.fills({ contactPhoneOrEmail: '12' });
  for (const [name, language] of [
    ['日本語', 'ja'],
    ['Tiếng Việt', 'vi'],
  ] as const) {
    await nok.says(name);
    await nok.sees(titleIn(language));
    const { forms } = await nok.card(titleIn(language));
    expect(forms[0]?.fields.find(({ name: field }) => field.startsWith('contactPhoneOrEmail'))?.value).toBe('12');
  }
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.taps({ action: 'promotion.submit' });
  await nok.sees(/P-[2-9A-Z]{4}/, 'Baan Coffee');
});

it('is never offered a language again', async () => {
  await nok.says('이거 어떻게 하나요?');
  await nok.doesNotSee('languageOffer.asks');
});
