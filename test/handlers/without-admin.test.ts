import { expect, it } from 'vitest';
import { findIsoByEmail } from '../../models/isos.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { adminsHealth } from '../../src/wiring/isos-without-admin.ts';
import { typed } from '../operator/typed.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;

/** The only admin of the demo's ISO leaves the organisation; somebody asks to join it after that. */
async function nobodyDecides() {
  world().platform.members.delete('admin1');
  await world().receive(world().event('user_leave_org', ['admin1']));
  const som = world().person('som');
  await som.says('hi');
  await som.fills({ isoEmail: DEMO_ISO, name: 'Som Jai', phone: '081 234 5099' });
}

it('that an ISO has no admin any more stands on the health page by number, and in the log with how many wait', async () => {
  expect(await adminsHealth()).toEqual({ ok: true, detail: undefined, essential: false });
  await nobodyDecides();
  const health = await adminsHealth();
  expect(health).toEqual({
    ok: false,
    detail: 'ISOs without an admin: 1; npm run op -- iso list',
    essential: false,
  });
  await world().advance(HOUR_MS);
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId;
  expect(world().log.of('iso.withoutAdmin')).toMatchObject([{ isoId, waiting: 1 }]);
});

it('whoever an operator makes its admin gets the list of those who wait', async () => {
  const nok = await world().hires('nok');
  await nobodyDecides();
  await typed(`iso people make-admin ${DEMO_ISO} nok`, { now: () => world().clock.now() });
  await world().sweep();
  await nok.sees('1 person waits', 'Som Jai');
  await nok.taps('See them');
  await nok.sees('Som Jai');
  expect((await adminsHealth()).ok).toBe(true);
});

it('so does an admin who is back in the organisation, and whom another admin makes one', async () => {
  await nobodyDecides();
  await inTransaction((tx) => changePerson('admin1', { checkedAt: 0 }, tx));
  world().platform.members.set('admin1', { name: 'Anong', mobile: '+66-812345001' });
  await world().receive(world().event('user_add_org', ['admin1']));
  const anong = world().person('admin1');
  expect((await findPerson('admin1'))?.state).toBe('ACTIVE');
  await anong.sees('1 person waits', 'Som Jai');
  const nok = await world().hires('nok');
  await anong.says('menu');
  for (const action of ['team.open', 'team.people']) await anong.taps({ action });
  await anong.taps({ action: 'team.member', person: 'nok' });
  await anong.taps({ action: 'team.memberMore' });
  await anong.taps({ action: 'team.askChange', change: 'makeAdmin' });
  await anong.taps({ action: 'team.change' });
  await nok.sees('1 person waits', 'Som Jai');
});
