import { DAY_MS } from '@field/kit/calendar';
import { expect, it } from 'vitest';
import { writeInstallation } from '../../models/settings.ts';
import { readConfig } from '../../src/config/config.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();
const here = 'http://127.0.0.1';

/** An operator lets an ISO send so many a day. */
async function allows(invitations: number) {
  const key = Buffer.alloc(32, 7).toString('base64');
  const bases = { DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here, DATA_KEY: key };
  await writeInstallation(readConfig({ ...bases, INVITATIONS_A_DAY: String(invitations) }));
}

const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => `Somebody ${from + n} 081 234 50${String(from + n).padStart(2, '0')}`);

async function inInvite(userId = 'admin1') {
  const admin = world().person(userId);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
  return admin;
}

const listIn = async (userId = 'admin1'): Promise<string> => {
  const { forms } = await world().person(userId).card();
  return String(forms[0]?.fields.find(({ name }) => name.includes('list'))?.value ?? '');
};

it('twenty go out in a day unless an operator says otherwise, and the form says how many are left', async () => {
  const admin = await inInvite();
  await admin.sees('Today: 20 of 20 left.');
  await admin.fills({ name: '', phone: '', list: lines(0, 22).join('\n') });
  await admin.sees('✓ 20 invited.', "! Today's 20 are used. 2 wait here: send them tomorrow.");
  expect(world().platform.invited).toHaveLength(20);
});

it('who has to wait for tomorrow stays in the form, whatever the admin does meanwhile, and goes out then', async () => {
  await allows(2);
  const admin = await inInvite();
  await admin.fills({ name: '', phone: '', list: [...lines(0, 5), 'Kit 081'].join('\n') });
  await admin.sees('✓ 2 invited.', '3 wait here: send them tomorrow.');
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  await inInvite();
  await admin.sees("! Today's 2 are used. More can go out tomorrow.");
  expect((await listIn()).split('\n')).toEqual([
    expect.stringContaining('Kit 081'),
    'Somebody 2 +66812345002',
    'Somebody 3 +66812345003',
    'Somebody 4 +66812345004',
  ]);
  await admin.fills({});
  await admin.sees('3 wait here: send them tomorrow.');
  expect(world().platform.invited).toHaveLength(2);
  world().clock.moveTo(world().clock.now() + DAY_MS);
  await inInvite();
  await admin.fills({});
  await admin.sees('✓ 2 invited.', '1 waits here: send it tomorrow.');
  expect(world().platform.invited).toHaveLength(4);
});

it('one person who has to wait stays in the fields, a search meanwhile or not', async () => {
  await allows(1);
  const admin = await inInvite();
  await admin.fills({ name: 'Kit', phone: '081 234 5077', list: '' });
  await admin.fills({ name: 'Mali Wong', phone: '081 234 5078', list: '' });
  await admin.sees('1 waits here: send it tomorrow.');
  const { outTrackId } = await admin.card();
  const params = { action: 'team.find', list: 'people', form: { find: 'kit' } };
  await world().receive(world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params }));
  await inInvite();
  const { forms } = await admin.card();
  expect(forms[0]?.fields.map(({ value }) => value ?? '')).toEqual(['Mali Wong', '081 234 5078', '']);
});

it('whoever comes gives theirs back; whoever is taken back, or says no, does not', async () => {
  await allows(3);
  const admin = await inInvite();
  world().platform.members.set('nok', { name: 'Nok', mobile: '+66-812345000' });
  world().platform.members.set('lek', { name: 'Lek', mobile: '+66-812345001' });
  await admin.fills({ name: '', phone: '', list: lines(0, 3).join('\n') });
  await inInvite();
  await admin.sees("! Today's 3 are used.");
  await world().person('lek').taps('No');
  await inInvite();
  await admin.sees("! Today's 3 are used.");
  await admin.taps({ action: 'team.people' });
  await admin.taps('Somebody 2');
  await admin.taps('Take back');
  await inInvite();
  await admin.sees("! Today's 3 are used.");
  await world().person('nok').taps('Join');
  await inInvite();
  await admin.sees('Today: 1 of 3 left.');
});

it('an invitation goes out once a day, and again only while any are left', async () => {
  await allows(2);
  const admin = await inInvite();
  await admin.fills({ name: '', phone: '', list: lines(0, 1).join('\n') });
  const again = async () => {
    await admin.says('menu');
    for (const action of ['team.open', 'team.people']) await admin.taps({ action });
    await admin.taps('Somebody 0');
    await admin.taps('Send again');
  };
  await again();
  await admin.sees('It was sent today already. Try again tomorrow.');
  expect(world().platform.invited).toHaveLength(1);
  world().clock.moveTo(world().clock.now() + DAY_MS);
  await inInvite();
  await admin.fills({ name: '', phone: '', list: lines(5, 2).join('\n') });
  await again();
  await admin.sees("! Today's 2 invitations are used. Try again tomorrow.");
  expect(world().platform.invited).toHaveLength(3);
  world().clock.moveTo(world().clock.now() + DAY_MS);
  await again();
  await admin.sees('Invitation sent, waiting for consent');
  expect(world().platform.invited).toHaveLength(4);
});

it('another ISO has its own, and two admins who invite at once do not go beyond', async () => {
  await allows(3);
  await world().hires('som', { role: 'ADMIN' });
  await inInvite('admin1');
  await inInvite('som');
  await Promise.all([
    world()
      .person('admin1')
      .fills({ name: '', phone: '', list: lines(0, 3).join('\n') }),
    world()
      .person('som')
      .fills({ name: '', phone: '', list: lines(10, 3).join('\n') }),
  ]);
  await world().untilIdle();
  expect(world().platform.invited).toHaveLength(3);
  const held = `${await listIn('admin1')}\n${await listIn('som')}`.match(/Somebody/g) ?? [];
  expect(held).toHaveLength(3);
  const ploy = await inInvite('ploy');
  await ploy.sees('Today: 3 of 3 left.');
});
