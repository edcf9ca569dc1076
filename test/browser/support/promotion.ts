import type { T } from '../../../cards/text.ts';
import { pictures } from '../../support/pictures.ts';
import type { Phone } from './phone.ts';

const code = (serial: string): string => `https://qr.alipayplus.example/m/${serial}`;

/** Called on each screen as it stands, with its name. */
export type OnScreen = (name: string) => Promise<void>;

/** From the menu to *Submitted*, two spots, in the language of `t`, with real JPEGs and a code that is read from a photo. */
export async function promoteInBrowser(phone: Phone, t: T, onScreen: OnScreen): Promise<void> {
  await phone.taps(t('name.MARKETING_CODE'));
  await phone.sees(t('intro.what.MARKETING_CODE'));
  await onScreen('product');
  await phone.taps(t('name.startPromotion'));
  await phone.sees(t('store.new'));
  await onScreen('store');
  await phone.fills({
    nameLocal: 'Baan Coffee',
    address: 'Silom Rd 12',
    city: 'Bangkok',
    paysWith: 'ALIPAY_AND_OTHERS',
    managerName: 'Somchai Dee',
    consent: true,
  });
  await phone.sees(t('photo.how.storefront'));
  await onScreen('storefront');
  await phone.sends(await pictures.storefront(3));
  await phone.sees(t('spot.where.MARKETING_CODE'));
  await onScreen('spot');
  await phone.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '2' });
  await phone.sees(t('photos.both.MARKETING_CODE'));
  await onScreen('photos');
  await phone.sends(await pictures.counter(3));
  await phone.sees(t('photos.closeUpNext.MARKETING_CODE'));
  await onScreen('promotion');
  await phone.sends(await pictures.closeup(code('ABCD2345EFG2'), { angle: 17 }));
  await phone.sees('EFG2', t('spot.where.MARKETING_CODE'));
  await onScreen('next-spot');
  await phone.fills({ spotType: 'ENTRANCE_DOOR', fixedSecurely: true });
  await phone.sees(t('photos.both.MARKETING_CODE'));
  await phone.sends(await pictures.counter(5), await pictures.closeup(code('ABCD2345EFG3'), { angle: -12 }));
  await phone.sees(t('merchant.why'));
  await onScreen('business');
  await phone.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await phone.sees(t('place.summary'));
  await onScreen('summary');
  await phone.taps(t('button.submit'));
  await phone.sees(/P-[2-9A-Z]{4}/, 'Baan Coffee');
  await onScreen('submitted');
}
