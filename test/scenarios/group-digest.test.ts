import mongoose from 'mongoose';
import { expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const GROUP = 'cid-demo';
const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1'] });
const it = story('A group is bound, reads the results and is let go');
const team = { nok: nok.inGroup(GROUP), lek: lek.inGroup(GROUP), ploy: ploy.inGroup(GROUP) };

it('whoever is no admin reads one line a day in the group, however often they write', async () => {
  await team.nok.says('hello');
  await team.nok.sees('Write to me in our own chat.');
  await team.nok.says('hello again');
  await team.lek.says('and I');
  expect((await team.nok.chat()).split('Write to me').length).toBe(2);
  await nok.doesNotSee('group.hint');
});

it('an admin mentions the bot, and only an admin can bind the group', async () => {
  await team.ploy.says('digest please');
  await team.ploy.sees('Daily digest', 'Send the results of', 'It never says who failed.');
  await team.nok.taps('Yes, send it here');
  await nok.sees('Only an admin of your ISO can change this.');
  await team.nok.sees('Send the results of');
  await team.ploy.taps('Yes, send it here');
  await team.nok.sees('come here.', '✓ On');
});

it('the group has one language, whoever reads it, and stops when an admin says so', async () => {
  const english = await team.ploy.card();
  await team.ploy.taps('Language');
  await team.ploy.taps(/ไทย/);
  await team.nok.sees('สรุปประจำวัน');
  await team.ploy.taps('Stop', { on: english });
  await team.nok.sees('✓ เปิด');
  await team.ploy.taps({ action: 'group.unbind' });
  await team.nok.sees('ใช่ ส่งที่นี่');
  await team.ploy.taps({ action: 'group.bind' });
  await team.nok.sees('✓ เปิด');
});

it('another ISO’s admin can neither bind the group nor stop its digest', async () => {
  await world.newPerson({ userId: 'rival', name: 'Rival Admin', mobile: '+66-812340177' });
  await employ(world, { userId: 'rival', name: 'Rival Admin', role: 'ADMIN', isoEmail: 'rival@iso.example' });
  const group = await world.newGroup({ title: 'Both', members: ['rival', 'admin1'] });
  await ploy.inGroup(group).says('bind');
  await ploy.inGroup(group).taps('Yes, send it here');
  const rival = world.person('rival');
  await rival.inGroup(group).says('bind');
  await rival.inGroup(group).sees('This group gets a digest already.');
  await rival.inGroup(group).taps('Stop');
  await rival.sees('Only an admin of your ISO can change this.');
  await ploy.inGroup(group).sees('✓ On');
});

it('a day that brought something: one card with the numbers and why spots failed, and nobody’s name', async () => {
  await team.ploy.taps('ภาษา');
  await team.ploy.taps(/English/);
  await promote(nok, { spots: 2, shop: 'Nok Suda Shop' });
  const [spot] = await behindTheScenes(world, () =>
    mongoose.connection.collection<{ _id: string }>('items').find({ itemType: 'SPOT' }).toArray(),
  );
  await world.nextDay([
    {
      submissionKey: `${spot?._id}#1`,
      decision: 'REJECTED',
      reasonCodes: ['SPOT_NOT_FIXED'],
      reasonText: 'Nok Suda did it',
    },
  ]);
  await team.nok.sees('· results', '1 store, 2 spots promoted.', '✓ 2 approved · ✗ 1 failed', 'not stuck on firmly: 1');
  const { data, view } = (await team.nok.entries()).at(-1) ?? {};
  expect(JSON.stringify([data, view])).not.toMatch(/Nok|Suda|Lek|Boonmee|Anong|Chai|(2345|…)501[12]/);
});

it('a day that brought nothing brings no card', async () => {
  const before = (await team.nok.cards()).length;
  await world.nextDay();
  expect((await team.nok.cards()).length).toBe(before);
});

it('each opens their own results from it in their own chat; who is nobody yet is asked to join', async () => {
  const before = await team.nok.chat();
  await team.nok.taps('Open my results');
  await nok.sees('My results', 'Promoted | 1 | 2');
  await team.lek.taps('Open my results');
  await lek.sees('Join your ISO');
  expect(await team.nok.chat()).toBe(before);
});
