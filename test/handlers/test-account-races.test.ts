import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { openAsksOf } from '../../models/account-asks.ts';
import { accountsOf } from '../../models/test-accounts.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { accountWith, demoIso, lekAsks, lekHasOne, listed, named } from './accounts-at-work.ts';

const world = useWorld();
const ADMINS = ['admin1', 'orn', 'pat', 'kit'];

interface Forged {
  readonly action: string;
  readonly subject: string;
  readonly version: number;
  readonly extra?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** Each taps on their own card at the same moment, whatever stands on it. */
async function atOnce(taps: readonly (readonly [userId: string, tap: Forged])[]): Promise<void> {
  const frames = await Promise.all(
    taps.map(async ([userId, { action, subject, version, extra = {}, form }]) => {
      const { outTrackId } = await world().person(userId).card();
      const params = { action, subject, version: String(version), extra: JSON.stringify(extra), form };
      return world().tap(outTrackId, { userId, actionId: 'x', params });
    }),
  );
  await Promise.all(frames.map((frame) => world().takesIn(frame)));
  await world().untilIdle();
}

async function hireAdmins(): Promise<readonly Person[]> {
  const admins = await Promise.all(ADMINS.slice(1).map((userId) => world().hires(userId, { role: 'ADMIN' })));
  for (const admin of [world().person('admin1'), ...admins]) await admin.says('menu');
  return admins;
}

async function hireStaff(...names: readonly string[]): Promise<void> {
  for (const name of names) await (await world().hires(name)).says('menu');
}

const audited = async (what: string): Promise<number> =>
  await mongoose.connection.collection('audit').countDocuments({ what });
const askOf = async (userId: string) => (await openAsksOf(await demoIso())).find((ask) => ask.userId === userId);

it('admins who give at once give one account to one person, and no one two', async () => {
  await hireAdmins();
  await hireStaff('nok', 'mali', 'som');
  await listed('TH-04', 'TH-05');
  const people = ['nok', 'mali', 'som', 'nok'];
  // each account to several, and one person from several
  const taps = ADMINS.flatMap((admin, index) =>
    ['TH-04', 'TH-05'].map((name): readonly [string, Forged] => {
      const form = { to: people[(index + Number(name === 'TH-05')) % people.length] ?? '' };
      return [admin, { action: 'account.giveTo', subject: `testAccount:id-${name}`, version: 1, form }];
    }),
  );
  await atOnce(taps);
  const held = (await accountsOf(await demoIso())).flatMap(({ holderId }) => holderId ?? []);
  expect(held).toHaveLength(2);
  expect(new Set(held).size).toBe(2);
  expect(await audited('testAccount.give')).toBe(2);
  const told = await Promise.all(
    people.slice(0, 3).map((userId) => world().person(userId).has('Log in to Alipay with')),
  );
  expect(told.filter((one) => one)).toHaveLength(2);
});

it('what one person asks is answered once, by the first of several admins', async () => {
  const { lek } = await lekAsks(world());
  await hireAdmins();
  await listed('TH-04', 'TH-05', 'TH-06', 'TH-07');
  const ask = await askOf('lek');
  const subject = `accountAsk:${ask?.askId}`;
  await atOnce(
    ADMINS.map((admin, index) => {
      const extra = { account: `id-TH-0${index + 4}` };
      return [admin, { action: 'account.give', subject, version: 1, extra }] as const;
    }),
  );
  expect((await accountsOf(await demoIso())).filter(({ state }) => state === 'GIVEN')).toHaveLength(1);
  await atOnce(ADMINS.map((admin) => [admin, { action: 'account.given', subject, version: 2 }] as const));
  expect(await audited('testAccount.tell')).toBe(1);
  expect(await accountWith('lek')).toMatchObject({ state: 'GIVEN', toldAt: expect.any(Number) });
  expect(await askOf('lek')).toBeUndefined();
  await lek.sees('Password given by');
});

it.each(['pause', 'remove'] as const)(
  'somebody who is paused or removed at the same moment ends without it: %s',
  async (change) => {
    await hireAdmins();
    await hireStaff('nok', 'mali');
    await listed('TH-04', 'TH-05');
    await atOnce([
      ['admin1', { action: 'account.giveTo', subject: 'testAccount:id-TH-04', version: 1, form: { to: 'nok' } }],
      ['orn', { action: 'team.change', subject: `memberChange:${change}/nok`, version: 0 }],
      ['pat', { action: 'account.giveTo', subject: 'testAccount:id-TH-05', version: 1, form: { to: 'mali' } }],
      ['kit', { action: 'team.change', subject: `memberChange:${change}/mali`, version: 0 }],
    ]);
    // whoever was not changed, because the account came first and their card was old by that, is changed now
    for (const userId of ['nok', 'mali']) {
      const stillAtWork = (await accountWith(userId)) !== undefined;
      if (stillAtWork)
        await atOnce([['orn', { action: 'team.change', subject: `memberChange:${change}/${userId}`, version: 1 }]]);
    }
    for (const account of await accountsOf(await demoIso())) {
      expect(account.holderId).toBeUndefined();
      expect(['FREE', 'RETURNED']).toContain(account.state);
    }
  },
);

it('is not given to who was paused, removed or went to another ISO a second ago', async () => {
  await hireAdmins();
  await listed('TH-04');
  await world().hires('nok', { state: 'PAUSED' });
  await world().hires('mali', { state: 'UNKNOWN', isoId: null });
  await world().hires('som', { isoId: 'another' });
  for (const to of ['nok', 'mali', 'som', 'nobody', 'admin1', ''])
    await atOnce([['admin1', { action: 'account.giveTo', subject: 'testAccount:id-TH-04', version: 1, form: { to } }]]);
  expect(await named('TH-04')).toMatchObject({ state: 'FREE', version: 1 });
  await world().person('admin1').sees(wordsOf('accounts.notGiven'));
});

it('comes back once, however many give it back, take it back and retire it at once', async () => {
  await lekHasOne(world());
  await hireAdmins();
  const subject = 'testAccount:id-TH-04';
  const back = { action: 'account.giveBack', subject, version: 2 };
  await atOnce([
    ['lek', back],
    ['lek', back],
    ...ADMINS.map((admin) => [admin, { action: 'account.takeBack', subject, version: 2 }] as const),
    ...ADMINS.map((admin) => [admin, { action: 'account.retire', subject, version: 2 }] as const),
  ]);
  expect(await named('TH-04')).toMatchObject({ state: 'RETURNED', lastHolderId: 'lek', version: 3 });
  const returns = (await audited('testAccount.giveBack')) + (await audited('testAccount.takeBack'));
  expect([returns, await audited('testAccount.retire')]).toEqual([1, 0]);
  expect(await audited('testAccount.drop')).toBe(1);
});

it('cannot be given again before its password is changed, whatever old card is tapped', async () => {
  const { lek } = await lekHasOne(world());
  await hireAdmins();
  await hireStaff('nok');
  const subject = 'testAccount:id-TH-04';
  await atOnce([['lek', { action: 'account.giveBack', subject, version: 2 }]]);
  for (const version of [1, 2, 3]) {
    await atOnce([['orn', { action: 'account.giveTo', subject, version, form: { to: 'nok' } }]]);
    await atOnce([['lek', { action: 'account.askPassword', subject, version }]]);
  }
  expect(await named('TH-04')).toMatchObject({ state: 'RETURNED', version: 3 });
  await atOnce(ADMINS.map((admin) => [admin, { action: 'account.changed', subject, version: 3 }] as const));
  expect(await audited('testAccount.changePassword')).toBe(1);
  await atOnce([['orn', { action: 'account.giveTo', subject, version: 4, form: { to: 'nok' } }]]);
  expect(await accountWith('nok')).toMatchObject({ name: 'TH-04', givenBy: 'orn' });
  await lek.sees(wordsOf('account.withYouNoMore'));
});

it('asked at once, twice and again, is one ask and one card for each admin', async () => {
  const { lek } = await lekHasOne(world());
  const admin = world().person('admin1');
  await admin.taps({ action: 'account.given' });
  const ask = { action: 'account.askPassword', subject: 'testAccount:id-TH-04', version: 3 };
  await atOnce([1, 2, 3, 4].map(() => ['lek', ask] as const));
  expect(await openAsksOf(await demoIso())).toHaveLength(1);
  const waiting = (await admin.cards()).filter(({ text }) => text.includes('Lek asks'));
  expect(waiting).toHaveLength(1);
  await lek.sees('Password asked for');
});

it('an admin who needs one is answered by another, and by themselves only where there is none', async () => {
  await hireAdmins();
  await listed('TH-04', 'TH-05');
  const give = { action: 'account.giveTo', subject: 'testAccount:id-TH-04', version: 1, form: { to: 'orn' } };
  await atOnce([['orn', give]]);
  expect(await accountWith('orn')).toBeUndefined();
  await atOnce([['pat', give]]);
  expect(await accountWith('orn')).toMatchObject({ name: 'TH-04', givenBy: 'pat' });
  await atOnce([['orn', { action: 'account.askPassword', subject: 'testAccount:id-TH-04', version: 2 }]]);
  const subject = `accountAsk:${(await askOf('orn'))?.askId}`;
  await atOnce([['orn', { action: 'account.given', subject, version: 1 }]]);
  expect(await audited('testAccount.tell')).toBe(0);
  await atOnce([['pat', { action: 'account.given', subject, version: 1 }]]);
  expect(await audited('testAccount.tell')).toBe(1);
});

it('what is stopped in the middle has changed nothing, and is done whole when it is tapped again', async () => {
  await hireAdmins();
  await hireStaff('nok');
  await listed('TH-04');
  const give = { action: 'account.giveTo', subject: 'testAccount:id-TH-04', version: 1, form: { to: 'nok' } };
  const state = { stops: true };
  world().standsAround(async (ctx, handle) => {
    await handle();
    if (state.stops && ctx.update.kind === 'tap') throw new Error('stopped after everything was written');
  });
  await atOnce([['orn', give]]);
  expect(await named('TH-04')).toMatchObject({ state: 'FREE', version: 1 });
  expect(await audited('testAccount.give')).toBe(0);
  expect(await world().person('nok').has('TH-04')).toBe(false);
  state.stops = false;
  await atOnce([['orn', give]]);
  expect(await accountWith('nok')).toMatchObject({ name: 'TH-04' });
  await world().person('nok').sees('Log in to Alipay with TH-04');
});
