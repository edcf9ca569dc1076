import { rmSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { openTasks, pay } from '../support/conversations/inspection.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { widerProgramme, writeProgramme } from '../support/programme-of-files.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

/** As the file's own patterns read them: both are on a card. */
const TABLE_CODE = 'https://cards.example/t/k7m2p9x4';
const BACK_CODE = 'TC:AB12CD';
const NEW_BACK_CODE = 'TC:EF34GH';

const folder = await writeProgramme(widerProgramme());
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'], env: { PROGRAMME: folder } });
const it = story('Nok promotes products that only the files of the programme know');

it('the menu has the products in the order of the file', async () => {
  await nok.says('menu');
  const labels = (await nok.card()).buttons.map(({ label }) => label);
  expect(labels.slice(0, 4)).toEqual(['Alipay+ Marketing Code', 'Primary POSMs', 'Red Packet', 'Table Card']);
});

it('Red Packet, which ships switched off, is promoted to its end', async () => {
  await nok.taps('Red Packet');
  await nok.sees('Display of a campaign');
  await nok.taps('Start Promotion');
  await nok.fills(SHOP);
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Where is the display?');
  await nok.fills({ posmForm: 'STICKER', quantity: '1', fixedSecurely: true });
  await nok.sees('① the wide photo: counter or place with the display on it');
  await nok.sends(await pictures.counter(20), await pictures.display(20));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Baan Coffee · 1 spot');
});

it('a product that nobody has heard of asks its own questions, three photos and two codes at a table', async () => {
  await nok.says('menu');
  await nok.taps('Table Card');
  await nok.sees('A card on every table.', 'See that every table has one.');
  await nok.taps('Start Promotion');
  await nok.sees('Step 1 of 3 · Restaurant', 'Name over the door', 'Seats');
  await nok.fills({ shopName: 'Som Tam House', seats: '40' });
  await nok.sees('Front', 'Som Tam House');
  await nok.sends(await pictures.storefront(2));
  await nok.sees('Menu');
  await nok.sends(await pictures.storefront(3));
  await nok.sees('Which table?', 'Guests', 'Paper');
  await nok.fills({ place: 'TERRACE', guests: '4', paper: 'MATT' });
  await nok.sees(
    'Terrace 1',
    'Send 3 photos, in any order:',
    '① the whole table',
    '② the card, close up',
    '③ the foot of the table',
  );
  await nok.sends(await pictures.counter(30));
  await nok.sees('✓ Table  ○ Card  ○ Foot', 'Now the card, close up.');
  await nok.sends(await pictures.counter(31));
  await nok.sees('✓ Table  ○ Card  ✓ Foot');
  await nok.sends(await pictures.closeup(codeOf('TC', 0), { seed: 4 }));
  await nok.sees('This is not a code of a table card.');
  await nok.sends(await pictures.closeup(TABLE_CODE, { seed: 5 }));
  await nok.sees('✓ Code …p9x4', '✓ Table  ✓ Card  ✓ Foot', 'One more code is missing.');
  await nok.sends(await pictures.twoCodes(TABLE_CODE, BACK_CODE, { seed: 6, scale: 0.3, angle: 0 }));
  await nok.sees(
    'Step 3 of 3',
    'Everything is there. Submit it.',
    /Restaurant: ✓ .*Som Tam House/,
    /Terrace 1: ✓ code …\S{4}, …\S{4}.* photos \d/,
  );
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Som Tam House · 1 spot');
});

it('what is handed over has its answers and photos by the names of the file', () => {
  const lines = outgoingLines(world).filter(({ product }) => product === 'TABLE_CARD');
  const roles = (itemType: string) => lines.find((line) => line.itemType === itemType)?.photos.map(({ role }) => role);
  expect(lines.map(({ itemType }) => itemType)).toEqual(['STORE', 'SPOT', 'POSM']);
  expect(lines[0]).toMatchObject({ values: { nameLocal: 'Som Tam House', seats: 40 }, merchant: {} });
  expect(lines[1]).toMatchObject({ values: { spotType: 'TERRACE', number: 1, guests: 4 } });
  expect(lines[2]).toMatchObject({
    values: { quantity: 1, paper: 'MATT' },
    code: { method: 'PHOTO_DECODE', payload: TABLE_CODE },
    furtherCodes: [{ method: 'PHOTO_DECODE', payload: BACK_CODE }],
  });
  expect(roles('STORE')).toEqual(['front', 'menuCard']);
  expect(roles('SPOT')).toEqual(['around', 'below', 'near']);
  expect(roles('POSM')).toEqual(['near']);
});

it('its result lands the next day with a reason of the file, and Modify asks for what that names', async () => {
  await nextDayFails(world, handedOverKey(world, 'SPOT'), ['TABLE_UNSTEADY']);
  await nok.sees('Som Tam House · Terrace 1: table does not stand firmly');
  await nok.taps('Fix Terrace 1');
  await nok.taps('Modify');
  await nok.sees('Modify · Terrace 1', 'Only this is needed: the table and the photo of the foot.');
  await nok.fills({ guests: '6' });
  await nok.sees('✓ Table  ✓ Card  ○ Foot', 'Now the foot of the table.');
  await nok.sends(await pictures.counter(32));
  await nok.sees('Look at both. Send it again?', 'Guests: ');
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)', 'Som Tam House · Terrace 1');
  const line = outgoingLines(world).at(-1);
  expect(line).toMatchObject({ itemType: 'SPOT', revision: 2, values: { spotType: 'TERRACE', guests: 6 } });
});

it('the card alone fails next, and Modify asks for its codes: one of them at least must be another one', async () => {
  await nextDayFails(world, handedOverKey(world, 'POSM'), ['CARD_WORN']);
  await nok.sees('Som Tam House · Terrace 1, card: card is worn');
  await nok.taps('Fix Terrace 1');
  await nok.taps('Modify');
  await nok.sees('Modify · Terrace 1, card');
  await nok.sends(await pictures.twoCodes(TABLE_CODE, BACK_CODE, { seed: 7, scale: 0.3, angle: 0 }));
  await nok.sees('This code failed the review.');
  await nok.sends(await pictures.twoCodes(TABLE_CODE, NEW_BACK_CODE, { seed: 8, scale: 0.3, angle: 0 }));
  await nok.sees('Look at both. Send it again?', '…12CD → …34GH');
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)');
  expect(outgoingLines(world).at(-1)).toMatchObject({
    itemType: 'POSM',
    code: { payload: TABLE_CODE },
    furtherCodes: [{ payload: NEW_BACK_CODE }],
  });
});

it('an appeal for one of them is sent', async () => {
  await nextDayFails(world, handedOverKey(world, 'SPOT'), ['TABLE_UNSTEADY']);
  await nok.taps('Fix Terrace 1');
  await nok.taps('Appeal');
  await nok.fills({ why: 'It stands firmly.' });
  await nok.sends(await pictures.counter(77));
  await nok.taps('Send appeal');
  expect(outgoingLines(world).at(-1)).toMatchObject({ itemType: 'APPEAL', against: { revision: 2 } });
});

it('a colleague inspects a table of it, by the names of the file', async () => {
  await world.nextDay();
  await openTasks(lek);
  await lek.taps(/Som Tam House/);
  await lek.sends(await pictures.storefront(71));
  await lek.taps('Everything matches');
  await lek.sees('Terrace 1', 'Send a photo with the code on it.');
  await lek.sends(await pictures.closeup(TABLE_CODE, { seed: 71 }));
  await lek.sees("I can't read code …34GH.");
  await lek.sends(await pictures.closeup(NEW_BACK_CODE, { seed: 72 }));
  await lek.sees('Code …p9x4, …34GH, as submitted.');
  await lek.taps({ action: 'inspection.good' });
  await lek.taps({ action: 'inspection.tool' });
  await pay(lek, 81);
  await pay(lek, 82);
  await lek.taps({ action: 'inspection.submit' });
  expect(outgoingLines(world).at(-1)).toMatchObject({
    itemType: 'INSPECTION',
    spots: [{ values: { codeMatches: true } }],
  });
});
