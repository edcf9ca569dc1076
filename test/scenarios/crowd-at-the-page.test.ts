import { beforeAll, expect } from 'vitest';
import { addAssociations, associationsOfIso } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { visitorOf } from '../support/conversations/join-page.ts';
import { story } from '../support/story.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const DEMO = 'demo@iso.example';
const CROWD = 1_000;
const { world, ploy } = sharedWorld();
const it = story('Somebody fills the waiting list of an ISO, and an honest person asks among them');

const isoId = async (): Promise<string> => (await findIsoByEmail(DEMO))?.isoId ?? '';

beforeAll(async () => {
  const { now } = await world.sandbox.advance(0);
  await behindTheScenes(world, async () => {
    const iso = await isoId();
    const asked = Array.from({ length: CROWD }, (_, index) => ({
      requestId: `crowd-${index}`,
      isoId: iso,
      name: `Bogus ${index}`,
      phone: `+6681${2_000_000 + index}`,
      channel: 'QR' as const,
      at: now,
    }));
    await inTransaction((tx) => addAssociations(asked, tx));
  });
});

it('the honest request arrives, and the admin clears the list in at most six taps', async () => {
  const phone = visitorOf(world.botUrl, '203.0.113.77');
  const status = await phone.sends('/join/general', { isoEmail: DEMO, name: 'Dao Chan', phone: '081 234 0555' });
  expect(await phone.reads(status)).toContain('Request sent');
  await world.untilIdle();
  await ploy.sees('1,001 people wait');
  let taps = 0;
  const tapping = async (tap: Promise<unknown>): Promise<void> => {
    await tap;
    taps += 1;
  };
  await tapping(ploy.taps('Reject all…'));
  await ploy.sees('Many asked at once. Tick the hours to reject.');
  await tapping(ploy.fills({ keep: 'Dao' }));
  await ploy.sees('✗ 1,000 rejected.', '1 person waits', 'Dao Chan');
  await tapping(ploy.taps('Dao Chan'));
  await tapping(ploy.taps('Approve'));
  await ploy.sees('✓ Nobody waits');
  expect(taps).toBeLessThanOrEqual(6);
  expect(await phone.reads(status)).toContain('✓ Approved');
  const left = await behindTheScenes(world, async () => await associationsOfIso(await isoId(), ['PENDING']));
  expect(left).toEqual([]);
});
