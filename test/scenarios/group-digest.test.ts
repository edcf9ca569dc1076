import { expect, it } from 'vitest';
import { employ } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const GROUP = 'cid-demo';
const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1'] });
const team = { nok: nok.inGroup(GROUP), lek: lek.inGroup(GROUP), ploy: ploy.inGroup(GROUP) };

it('whoever is no admin reads one line a day in the group, however often they write', async () => {
  await team.nok.says('hello');
  await team.nok.sees('Write to me in our own chat.');
  await team.nok.says('hello again');
  await team.lek.says('and I');
  expect((await team.nok.chat()).split('Write to me').length).toBe(2);
  expect(await nok.has('Write to me')).toBe(false);
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
