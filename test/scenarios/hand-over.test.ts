import { beforeAll, expect } from 'vitest';
import { openWorkOf } from '../../handlers/hand-over/open-work.ts';
import { addAssociations } from '../../models/associations.ts';
import { addDraft } from '../../models/drafts.ts';
import { addTask } from '../../models/inspection-tasks.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { story } from '../support/story.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import type { Person } from '../support/world/person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const DEMO = 'demo@iso.example';
const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('Work goes on in other hands');
beforeAll(async () => {
  await world.newPerson({ userId: 'admin2', name: 'Som Jai', mobile: '+66-812340088' });
  await employ(world, { userId: 'admin2', name: 'Som Jai', role: 'ADMIN', isoEmail: DEMO });
});

async function opens(admin: Person, name: string): Promise<void> {
  await admin.says('menu');
  for (const label of ['Team', 'People', name]) await admin.taps(label);
}

it('a promoter is paused in the middle of a promotion, and what is begun is offered to be given on', async () => {
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.taps('Start Promotion');
  await nok.fills(SHOP);
  await nok.sends(await pictures.storefront(7));
  await opens(ploy, 'Nok Suda');
  await ploy.taps('Pause');
  await ploy.taps('Pause');
  await ploy.sees('✓ Done. I have told them.', 'Paused', 'Open: 1 draft.');
  await ploy.taps('Give work…');
  await ploy.sees('Nok Suda: open (1)', 'Baan Coffee, not sent yet');
  await ploy.fills({ to: 'Lek Boonmee' });
  await ploy.sees('✓ Given: 1.', 'Nothing waits for somebody.');
});

it('the colleague goes on where it stands, and submits it', async () => {
  await lek.sees('Baan Coffee is yours now. Go on from the menu.');
  await lek.says('menu');
  await lek.taps({ action: 'promotion.resume' });
  await lek.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await lek.sends(await pictures.counter(7));
  await lek.sends(await pictures.closeup(codeOf('AA', 0), { seed: 1 }));
  await lek.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await lek.taps({ action: 'promotion.submit' });
  await lek.sees('Baan Coffee', /P-\w{4}/);
});

it('its author reads in whose hands it is, and the colleague has it as sent', async () => {
  await opens(ploy, 'Nok Suda');
  await ploy.taps('Back to work');
  await ploy.taps('Back to work');
  await nok.says('menu');
  await nok.taps('My results');
  await nok.taps('Shops');
  await nok.taps('Baan Coffee');
  await nok.sees('Cashier 1', 'Lek Boonmee');
  await lek.taps('See photos', { on: await lek.card('✓ Submitted') });
  await lek.sees('Baan Coffee', 'Cashier 1');
});

it('approved, its fee counts once, to who began it', async () => {
  await world.nextDay();
  await opens(ploy, 'Lek Boonmee');
  expect((await ploy.card()).text).not.toMatch(/1 promoted/);
  await opens(ploy, 'Nok Suda');
  await ploy.sees('Stores: 1 promoted, 1 approved.', 'Spots: 1 promoted, 1 approved.');
  const approved = async (person: Person) => {
    await person.says('menu');
    await person.taps('My results');
    return (await person.card()).text.match(/Approved\D*(\d+)/)?.slice(1);
  };
  expect(await approved(nok)).toEqual(['1']);
  expect(await approved(lek)).not.toEqual(['1']);
});

it('an admin with 12 requests and 40 open things is removed, and all of it given on, in six taps', async () => {
  const { now } = await world.sandbox.advance(0);
  const isoId = await behindTheScenes(world, () => loadWithWork('admin2', now));
  await ploy.says('menu');
  for (const label of ['Team', 'People', 'Som Jai', 'More…', 'Remove']) await ploy.taps(label);
  await ploy.sees('Remove Som Jai?', 'Open: 20 drafts, 20 tasks.');
  await ploy.fills({ heir: 'Lek Boonmee' });
  await ploy.sees('✓ Removed. I have told them.');
  expect((await ploy.card()).text).not.toContain('Som Jai');
  await lek.sees('40 open things are yours now. See the menu.');
  const open = await behindTheScenes(world, () => openWorkOf('staff2', { isoId, now }));
  expect(open.filter(({ kind }) => kind !== 'item')).toHaveLength(40);
  await ploy.taps('Team');
  await ploy.sees('! 12 people wait');
});

/** Requests that wait for the ISO's admins, and what one of these has in hand. */
async function loadWithWork(userId: string, now: number): Promise<string> {
  const isoId = (await findIsoByEmail(DEMO))?.isoId ?? '';
  const requests = Array.from({ length: 12 }, (_, index) => ({
    requestId: `asks-${index}`,
    isoId,
    name: `Person ${index}`,
    phone: `+66812${String(index).padStart(6, '0')}`,
    channel: 'QR' as const,
    at: now,
  }));
  const shop = { storeRef: 'elsewhere', storeName: 'Som Tam House', address: 'Soi 3', countryRegion: 'TH' };
  const asked = { acceptsOnlyAlipay: false, spotRefs: [], promoters: [], priority: 1, dueAt: now + 86_400_000 };
  await inTransaction(async (tx) => {
    await addAssociations(requests, tx);
    for (let n = 0; n < 20; n += 1) {
      const draft = newDraft(MARKETING_CODE_FLOW);
      const begun = { draftId: `d-${n}`, userId, isoId, product: 'MARKETING_CODE', updatedAt: now } as const;
      await addDraft({ ...begun, draft, storeKey: `s-${n}` }, tx);
      const mine = { namedAssignee: userId, assigneeId: userId, asOf: '20261124_001' };
      await addTask({ taskId: `t-${n}`, sourceKey: `t-${n}`, isoId, ...mine, ...shop, ...asked }, tx);
    }
  });
  return isoId;
}
