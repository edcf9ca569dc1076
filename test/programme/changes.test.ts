import { expect, it } from 'vitest';
import { changesBetween } from '../../src/programme/changes.ts';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import {
  programmeOf,
  SHIPPED_LANGUAGES,
  shippedProgramme,
  withChange,
  withoutCity,
} from '../support/shipped-programme.ts';

function changesIn(files: readonly ProgrammeFile[]): readonly string[] {
  return changesBetween(shippedProgramme(), programmeOf(files)).map(({ kind, path, before, after }) =>
    [kind, path.join('.'), before, after].filter((part) => part !== undefined).join(' | '),
  );
}

it('the same says nothing', () => {
  expect(changesBetween(shippedProgramme(), shippedProgramme())).toEqual([]);
});

it.each([
  ['on: false', 'on: true', 'changed | products.RED_PACKET.on | false | true'],
  ['hour: 18', 'hour: 12', 'changed | deadlines.hour | 18 | 12'],
  [
    'asks: [storefront]',
    'asks: [storefront, store]',
    'changed | reasons.STOREFRONT_BLURRY.asks | storefront | storefront, store',
  ],
  ['LA: { currency: LAK, timeZone', 'LA: { timeZone', 'removed | markets.LA.currency | LAK'],
  ['MYR, timeZone: Asia/Kuala_Lumpur', 'MYR', 'removed | markets.MY.timeZone | Asia/Kuala_Lumpur'],
])('what is otherwise is told by its name: %s → %s', (old, text, line) => {
  expect(changesIn(withChange('programme.yaml', old, text))).toEqual([line]);
});

it('words are, too', () => {
  const files = withChange('en.yaml', 'label: City', 'label: Town');
  expect(changesIn(files)).toEqual(['changed | words.en.fields.city.label | City | Town']);
});

it('what is gone as a whole is told once, in every product that had it', () => {
  expect(changesIn(withoutCity())).toEqual([
    ...['MARKETING_CODE', 'PRIMARY_POSM', 'RED_PACKET'].map((id) => `removed | products.${id}.steps.store.fields.city`),
    ...SHIPPED_LANGUAGES.map((language) => `removed | words.${language}.fields.city`),
  ]);
});

it('another order is told where people read it', () => {
  const files = withChange('programme.yaml', 'options: [STREET, MALL_UNIT,', 'options: [MALL_UNIT, STREET,');
  expect(changesIn(files)[0]).toBe(
    'changed | products.MARKETING_CODE.steps.store.fields.storeType.options.order | STREET, MALL_UNIT, STALL, MOBILE, ' +
      'INDOOR_OFFICE | MALL_UNIT, STREET, STALL, MOBILE, INDOOR_OFFICE',
  );
});
