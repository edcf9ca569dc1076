import { expect, it } from 'vitest';
import { capturePhoneOf } from '../support/capture-phone.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { promoteByPage } from '../support/conversations/promotion-by-page.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1', 'staff2'] });

it('a promotion of three spots is filled in, photographed and scanned on the page, at the pace of somebody in a shop', async () => {
  const before = await world.stats('staff1');
  const settles = async (): Promise<void> => {
    await world.advance(30_000);
  };
  await promoteByPage(nok, capturePhoneOf(world, 'staff1'), { shop: 'Page Cafe', scans: true, settles });
  await nok.sees('Submitted', 'Page Cafe');
  const after = await world.stats('staff1');
  const pushes = ({ pushes: { messages, taps } }: typeof after): number => messages + taps;
  // the menu, the product, the start, and what is sent off: nothing of forms, codes or photos
  expect(pushes(after) - pushes(before)).toBe(4);
  expect(after.apiCalls.billed - before.apiCalls.billed).toBeLessThanOrEqual(14);
  const lines = outgoingLines(world);
  const methods = lines.flatMap((line) => ('code' in line && line.code ? [line.code.method] : []));
  expect(methods).toEqual(['H5_SCAN', 'H5_SCAN', 'H5_SCAN']);
  expect(lines.map(({ itemType }) => itemType).sort()).toEqual([
    'POSM',
    'POSM',
    'POSM',
    'SPOT',
    'SPOT',
    'SPOT',
    'STORE',
  ]);
});

it('what is wrong with a form stands on the page and on the card in the same words, and nothing else is lost', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const phone = capturePhoneOf(world, 'staff1');
  const state = await phone.opens();
  const [store] = state.work?.forms ?? [];
  if (store === undefined) throw new Error('nothing is to be filled in');
  await phone.fills(state, store, { ...SHOP, nameLocal: 'Wrong Cafe', consent: 'false' });
  await world.idle();
  const again = (await phone.state()).work?.forms[0];
  expect([again?.slot, again?.fields.find(({ name }) => name === 'nameLocal')?.value]).toEqual([
    store.slot,
    'Wrong Cafe',
  ]);
  expect(again?.turn).not.toBe(store.turn);
  await phone.leaves(state);
  await nok.sees('Step 1 of 4', again?.says ?? '');
  await phone.fills(await phone.state(), again ?? store, { consent: 'true' });
  await phone.leaves(state);
  await nok.sees('Storefront photo', 'Wrong Cafe');
});
