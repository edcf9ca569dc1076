import { present } from '@field/kit/present';
import { expect, it } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, ploy } = sharedWorld();

it('a promoter joins, promotes a shop with three spots, and has submitted it', async () => {
  await nok.says('hi');
  await nok.sees('Join your ISO');
  await nok.fills({ isoEmail: 'demo@iso.example', phone: '081 234 4821' });
  await nok.sees('Request sent');

  await ploy.sees('Join request', 'Dao Kamon', '4821');
  await ploy.taps('Approve');
  await ploy.sees('Approved by Anong');
  await nok.sees('Hi Dao', 'Approved');

  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.sees('QR sticker with coupons');
  await nok.taps('Start Promotion');
  await nok.sees('Step 1 of 4');
  await nok.fills({
    nameLocal: 'Baan Coffee',
    address: '12 Silom Rd',
    city: 'Bangkok',
    paysWith: 'ALIPAY_AND_OTHERS',
    managerName: 'Khun Malee',
    consent: true,
  });
  await nok.sees('Whole door, whole sign', 'Baan Coffee');
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Step 2 of 4');
  for (const [index, serial] of ['ABCD2345EFG2', 'ABCD2345EFG3', 'ABCD2345EFG4'].entries()) {
    await nok.fills(
      present({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: index === 0 ? 3 : undefined }),
    );
    await nok.sees(`Cashier ${index + 1}`);
    await nok.sends(await pictures.counter(10 + index));
    await nok.sends(await pictures.closeup(`https://qr.alipayplus.example/m/${serial}`));
    await nok.sees(`…${serial.slice(-4)}`);
  }
  await nok.sees('Step 3 of 4');
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.sees('Check and submit', 'Baan Coffee');
  const said = (await nok.card()).text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(Store|Storefront photo|Cashier|Door|Business)/.test(line));
  expect(said.join('\n')).toMatch(
    /^Store: ✓ Baan Coffee · .*\nStorefront photo: ✓ photo \d\d:\d\d\n(.* ✓ code …\S{4} · photos \d\d:\d\d, \d\d:\d\d\n){3}Business: ✓ Baan Coffee · .* · \+66[ 0-9]*8841$/,
  );
  await nok.taps('Submit');
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/, 'Baan Coffee', ...said.map((line) => line.replace('✓ ', '')));
  await nok.taps('See photos');
  await nok.sees('Submitted', /\[image/);

  expect(
    outgoingLines(world)
      .map(({ itemType }) => itemType)
      .sort(),
  ).toEqual(['POSM', 'POSM', 'POSM', 'SPOT', 'SPOT', 'SPOT', 'STORE']);
});
