import { expect, it, onTestFinished } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
} from '../support/shipped-programme.ts';

const world = useWorld();

it('a draft of a product that is not promoted now says what it waits for, and goes on where it was', async () => {
  onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills(SHOP);
  const off = withChange('programme.yaml', '- id: MARKETING_CODE\n', '- id: MARKETING_CODE\n    on: false\n');
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(off)));
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Baan Coffee: this product is not promoted now.', 'Nothing is lost.');
  await nok.taps('Discard');
  await nok.sees('Discard Baan Coffee?');
  await nok.taps('Keep it');
  await nok.sees(
    'Baan Coffee: this product is not promoted now.',
    'It waits until it is promoted again. Nothing is lost.',
  );
  expect(await openDraftsOf('nok')).toHaveLength(1);
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(off), shippedProgramme()));
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Step 1 of 4 · Storefront photo', 'Baan Coffee');
});
