import { afterAll, beforeAll, expect, it } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { startWorld, type World } from '../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.close());

const code = (serial: string): string => `https://qr.alipayplus.example/m/${serial}`;

it('a promoter joins, promotes a shop with three spots, and has submitted it', async () => {
  const nok = world.person('staff1');
  const ploy = world.person('admin1');

  await nok.says('hi');
  await nok.sees('Join your ISO');
  await nok.fills({ isoEmail: 'demo@iso.example', phone: '081 234 4821' });
  await nok.sees('Request sent');

  await ploy.sees('Join request', 'Nok Suda');
  await ploy.taps('Approve');
  await ploy.sees('Approved by Ploy');
  await nok.sees('Hi Nok');

  const before = await world.stats('staff1');
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
  await nok.sees('Whole door, whole sign');
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Step 2 of 4');
  for (const [index, serial] of ['ABCD2345EFG2', 'ABCD2345EFG3', 'ABCD2345EFG4'].entries()) {
    await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, ...(index === 0 && { howMany: 3 }) });
    await nok.sees(`Cashier ${index + 1}`);
    await nok.sends(await pictures.counter(10 + index));
    await nok.sends(await pictures.closeup(code(serial)));
    await nok.sees(`…${serial.slice(-4)}`);
  }
  await nok.sees('Step 3 of 4');
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.sees('Check and submit', 'Baan Coffee');
  await nok.taps('Submit');
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/, 'Baan Coffee');

  const after = await world.stats('staff1');
  const pushes = (stats: typeof after) => stats.pushes.messages + stats.pushes.taps + stats.pushes.events;
  console.log(pushes(after) - pushes(before), after.apiCalls.billed - before.apiCalls.billed, after.apiCalls.byPath);
  expect(pushes(after) - pushes(before)).toBeLessThanOrEqual(18);
  expect(after.apiCalls.billed - before.apiCalls.billed).toBeLessThanOrEqual(24);
}, 120_000);
