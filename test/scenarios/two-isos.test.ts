import { expect } from 'vitest';
import { LEK, NOK } from '../support/conversations/joining.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek, ploy } = sharedWorld();
const it = story('A second ISO is added, staffed and kept apart from the first');
const som = world.person('som');
const iso = (...args: string[]) => operatorCommand(world.dataDir, 'iso', ...args);
const MANGO = 'mango@iso.example';

it('an operator adds an ISO and its admin while the bot runs', async () => {
  await world.newPerson({ userId: 'som', name: 'Som Jai', mobile: '+66-812340088' });
  const made = await iso('create', '--email', 'Mango@ISO.example', '--name', 'Mango Partners', '--country', 'th');
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('Mango Partners (mango@iso.example) is there.') });
  expect((await iso('show', MANGO)).out).toContain('none: nobody can approve requests');
  await som.says('hi');
  await som.sees('Join your ISO');
  expect((await iso('admin', 'add', MANGO, 'som', '--name', 'Som Jai')).out).toBe(
    'Som Jai (som) is admin of Mango Partners. In the chat: menu, then Team.',
  );
  await som.says('menu');
  await som.taps('Team');
  await som.sees('Mango Partners · today', '✓ Nothing to do.');
  expect((await iso('list')).out).toMatch(
    /demo@iso\.example {2}Lotus Partners[\s\S]*mango@iso\.example {2}Mango Partners {2}TH {2}1 admin, 0 staff/,
  );
});

it('a request goes to the admins of its ISO alone', async () => {
  await nok.says('hi');
  await nok.fills({ isoEmail: MANGO, ...NOK });
  await som.sees('Join request', 'Nok Suda');
  expect(await ploy.entries()).toEqual([]);
});

it('an admin of one ISO can neither see, decide nor list what is another’s', async () => {
  const request = await som.card('Join request');
  const subject = String(request.buttons[0]?.params.subject);
  await ploy.says('menu');
  const own = await ploy.card();
  const id = subject.split(':')[1] ?? '';
  for (const params of [
    { action: 'association.approve', subject },
    { action: 'association.reject', subject, form: { words: 'no' } },
    { action: 'association.askReject', subject },
    { action: 'team.request', association: id },
    { action: 'team.person', association: id },
    { action: 'team.approve', form: { who: { index: [0], value: [id] } } },
    { action: 'association.resend', subject },
    { action: 'association.takeBack', subject },
  ]) {
    await world.sandbox.tap(own.outTrackId, { userId: 'admin1', actionId: 'x', params: { version: '1', ...params } });
    await world.untilIdle();
    expect(await ploy.chat(), params.action).not.toMatch(/Nok Suda|4•*5011|…5011/);
  }
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees('Lotus Partners · today', '✓ Nothing to do.');
  await ploy.taps('People');
  await ploy.sees('People (1)');
  await som.sees('Join request', 'Nok Suda');
  expect((await som.card('Join request')).buttons.map(({ label }) => label)).toEqual(['Approve', 'Reject']);
  await world.sandbox.tap(request.outTrackId, {
    userId: 'admin1',
    actionId: 'x',
    params: { ...request.buttons[0]?.params },
  });
  await world.untilIdle();
  await nok.doesNotSee('association.approved');
  await som.taps('Approve', { on: request });
  await nok.sees('Hi Nok', 'Approved. Welcome!');
});

it('whoever works for one ISO is asked by another, whose admin learns nothing of where they work', async () => {
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('Invite');
  await ploy.fills({ name: 'Nok Suda', phone: NOK.phone });
  await ploy.sees('✓ 1 invited.');
  await nok.sees(
    'You are invited',
    'Anong Chai of Lotus Partners invites you.',
    'If you join, you leave Mango Partners.',
  );
  await ploy.taps('People');
  await ploy.taps('Nok Suda');
  await ploy.sees('Invitation', 'Nok Suda', '… Invitation sent, waiting for consent.');
  await nok.taps('No');
  await nok.sees('You said no to Lotus Partners.');
  expect(await ploy.has('Mango')).toBe(false);
  await nok.says('menu');
  await nok.sees('Hi Nok');
  expect((await iso('show', MANGO)).out).toContain('staff      1');
});

it('never an own request, and nothing for whoever is no admin any more', async () => {
  await lek.says('hi');
  await lek.fills({ isoEmail: MANGO, ...LEK });
  const request = await som.card('Lek Boonmee');
  await iso('admin', 'add', MANGO, 'staff1');
  const asStaff1 = { userId: 'staff1', actionId: 'x' } as const;
  expect((await iso('admin', 'remove', MANGO, 'staff1')).out).toBe(
    'Nok Suda (staff1) is staff of Mango Partners, no admin any more.',
  );
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  await world.sandbox.tap(outTrackId, { ...asStaff1, params: { ...request.buttons[0]?.params } });
  await world.untilIdle();
  await som.sees('Join request', 'Lek Boonmee');
  await lek.doesNotSee('association.approved');
  // the request is lek's own, and lek becomes admin while it is open: it is taken back, so it cannot be decided
  expect((await iso('admin', 'add', MANGO, 'staff2')).code).toBe(0);
  await som.taps('Approve', { on: request });
  await som.sees('The person took the request back.');
});

it('tells the operator what cannot be done while the bot runs, and never a phone', async () => {
  for (const [args, problem] of [
    [['create', '--email', MANGO, '--name', 'Again'], 'There is an ISO with the e-mail mango@iso.example already.'],
    [['admin', 'add', MANGO, 'admin1'], 'admin1 works for another ISO.'],
    [['admin', 'remove', MANGO, 'staff1'], 'staff1 is no admin of Mango Partners.'],
  ] as const) {
    expect(await iso(...args)).toEqual({ code: 1, out: '', problem });
  }
  const { out } = await iso('show', MANGO);
  expect(out).toContain('Som Jai');
  expect(out.replaceAll(/\/[0-9a-f]{32}$/gm, '')).not.toMatch(/81 ?234/);
});
