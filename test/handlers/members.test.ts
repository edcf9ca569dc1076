import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { changePerson, findPerson, type Person as Somebody } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { PersonRole } from '../../src/domain/person-state.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DAY_MS, decide, submitShop } from '../support/shop-under-review.ts';
import { carriedBy, type Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const PHONE = '+66812344821';

/** Anong looks after Nok, who speaks Thai and was let in by an association, and after Lek. */
async function team() {
  const anong = await world().hires('anong', { isoId: 'iso', role: 'ADMIN' });
  const nok = await world().hires('nok', { isoId: 'iso', language: 'th' });
  const lek = await world().hires('lek', { isoId: 'iso' });
  const at = world().clock.now();
  const asked = { requestId: 'of-nok', isoId: 'iso', userId: 'nok', name: 'Nok', phone: PHONE, at } as const;
  await inTransaction((tx) => addAssociations([{ ...asked, channel: 'CARD' }], tx));
  const decided = { state: 'ACTIVE', decidedBy: 'anong', decidedAt: at } as const;
  await inTransaction(async (tx) => moveAssociation(await there(findAssociation('of-nok', tx)), decided, tx));
  for (const one of [anong, nok, lek]) await one.says('menu');
  return { anong, nok, lek };
}

async function there<T>(found: Promise<T | undefined>): Promise<T> {
  const one = await found;
  if (one === undefined) throw new Error('not there');
  return one;
}
const stateOf = async (userId: string): Promise<Somebody> => await there(findPerson(userId));

async function opens(admin: Person, person: string): Promise<void> {
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  await admin.taps({ action: 'team.member', person });
}

/** Asks for a change on somebody's card, or behind *More…*, and does it. */
async function changes(admin: Person, person: string, change: string): Promise<void> {
  await opens(admin, person);
  if (change !== 'pause' && change !== 'resume') await admin.taps({ action: 'team.memberMore' });
  await admin.taps({ action: 'team.askChange', change });
  await admin.taps({ action: 'team.change' });
}

describe('somebody of the team', () => {
  it('has a card: number, language, since when, last active, results of 30 days, what is open', async () => {
    const { anong } = await team();
    await submitShop('nok', 'coffee', { spots: 2 });
    await decide('coffee-1', 'REJECTED', { deadlineAt: world().clock.now() + DAY_MS });
    await opens(anong, 'nok');
    await anong.sees(
      'Nok',
      '+66 ••• 4821',
      'ไทย',
      '24 Nov',
      'Tue 24 Nov',
      'Open: 1 failed.',
      '1 due in 7 days',
      '1 failed',
    );
    expect((await anong.card()).text).not.toContain(PHONE);
  });

  it('is paused once that is asked: told in their language, and no card of theirs works at the next tap', async () => {
    const { anong, nok } = await team();
    const menu = await nok.card();
    await opens(anong, 'nok');
    await anong.taps({ action: 'team.askChange', change: 'pause' });
    expect((await stateOf('nok')).state).toBe('ACTIVE');
    await anong.taps({ action: 'team.change' });
    expect(await stateOf('nok')).toMatchObject({ state: 'PAUSED', paused: { by: 'anong' } });
    await anong.sees(wordsOf('member.changed'), 'Paused');
    await nok.sees('สิทธิ์ของคุณถูกพัก', 'Anong');
    await nok.taps({ action: 'menu.inspections' }, { on: menu });
    expect((await nok.card(/พัก/)).buttons).toEqual([]);
    await changes(anong, 'nok', 'resume');
    expect(await stateOf('nok')).toMatchObject({ state: 'ACTIVE' });
    expect((await stateOf('nok')).paused).toBeUndefined();
    await nok.sees('กลับมาทำงานได้แล้ว');
    await nok.taps({ action: 'menu.inspections' });
  });

  it('is removed with the association: told, nothing works, and the results stay readable for 90 days', async () => {
    const { anong, nok } = await team();
    await changes(anong, 'nok', 'remove');
    await anong.sees(wordsOf('member.removed'));
    expect(await anong.has('Lek')).toBe(true);
    expect((await there(findAssociation('of-nok'))).state).toBe('REMOVED');
    const until = world().clock.now() + 90 * DAY_MS;
    expect(await stateOf('nok')).toMatchObject({ state: 'UNKNOWN', role: 'STAFF', formerIso: { isoId: 'iso', until } });
    expect((await stateOf('nok')).isoId).toBeUndefined();
    await nok.says('menu');
    expect((await nok.card()).buttons.map(({ params }) => params.action)).not.toContain('menu.product');
  });

  it('is asked about in at most six taps from the menu, the change included', async () => {
    const { anong } = await team();
    let taps = 0;
    const tap = async (name: Parameters<Person['taps']>[0]) => {
      taps += 1;
      await anong.taps(name);
    };
    for (const action of ['team.open', 'team.people']) await tap({ action });
    await tap({ action: 'team.member', person: 'lek' });
    await tap({ action: 'team.memberMore' });
    await tap({ action: 'team.askChange', change: 'remove' });
    await tap({ action: 'team.change' });
    expect([taps, (await stateOf('lek')).state]).toEqual([6, 'UNKNOWN']);
  });

  it('cannot be changed by themselves, and is never changed twice from one card', async () => {
    const { anong } = await team();
    await opens(anong, 'anong');
    expect((await anong.card()).buttons.map(({ params }) => params.action)).toEqual([
      'handOver.open',
      'team.personStory',
      'team.people',
    ]);
    await opens(anong, 'nok');
    await anong.taps({ action: 'team.askChange', change: 'pause' });
    await anong.taps({ action: 'team.change' }, { repeat: 5, atOnce: true });
    expect((await stateOf('nok')).changes).toBe(1);
  });
});

describe('two admins', () => {
  async function two() {
    const { anong, ...others } = await team();
    const kit = await world().hires('kit', { isoId: 'iso', role: 'ADMIN' });
    await kit.says('menu');
    return { anong, kit, ...others };
  }

  it('who change the same person do it once; the second one reads that it has changed', async () => {
    const { anong, kit } = await two();
    for (const admin of [anong, kit]) {
      await opens(admin, 'nok');
      await admin.taps({ action: 'team.askChange', change: 'pause' });
    }
    await anong.taps({ action: 'team.change' });
    await kit.taps({ action: 'team.change' });
    await kit.sees(wordsOf('member.changedMeanwhile'));
    expect(await stateOf('nok')).toMatchObject({ paused: { by: 'anong' }, changes: 1 });
  });

  it('who make each other staff at once leave one admin, however often', async () => {
    const { anong, kit } = await two();
    for (let time = 0; time < 2; time += 1) {
      await inTransaction(async (tx) => {
        for (const userId of ['anong', 'kit']) await changePerson(userId, { role: 'ADMIN', changes: time }, tx);
      });
      const asks = async (admin: Person, person: string): Promise<void> => {
        await opens(admin, person);
        await admin.taps({ action: 'team.memberMore' });
        await admin.taps({ action: 'team.askChange', change: 'makeStaff' });
      };
      await asks(anong, 'kit');
      await asks(kit, 'anong');
      await Promise.all([anong, kit].map((admin) => admin.taps({ action: 'team.change' }, { withoutWaiting: true })));
      await world().untilIdle();
      const roles = [(await stateOf('anong')).role, (await stateOf('kit')).role].toSorted();
      expect(roles).toEqual(['ADMIN', 'STAFF']);
    }
  });

  it('of whom one is made staff: an open card of theirs does nothing more', async () => {
    const { anong, kit } = await two();
    await opens(kit, 'nok');
    await kit.taps({ action: 'team.memberMore' });
    await kit.taps({ action: 'team.askChange', change: 'remove' });
    await changes(anong, 'kit', 'makeStaff');
    const [asked] = (await kit.cards()).filter(({ buttons }) => buttons.length > 0).slice(-1);
    await kit.sees(wordsOf('told.staff', { iso: '' }));
    expect(asked?.buttons.map(({ params }) => params.action)).not.toContain('team.change');
    expect((await stateOf('nok')).state).toBe('ACTIVE');
  });
});

describe('a supervisor', () => {
  it('and teams are nowhere until an admin makes the first', async () => {
    const { anong, lek } = await team();
    expect((await lek.card()).buttons.map(({ params }) => params.action)).not.toContain('team.open');
    await opens(anong, 'nok');
    await anong.taps({ action: 'team.memberMore' });
    expect((await anong.card()).buttons.map(({ params }) => params.action)).not.toContain('team.chooseTeam');
    await changes(anong, 'lek', 'makeSupervisor');
    await lek.sees(wordsOf('told.supervisor'));
    expect((await lek.card(/Hi Lek/)).buttons.map(({ params }) => params.action)).toContain('team.open');
    await opens(anong, 'nok');
    await anong.taps({ action: 'team.memberMore' });
    await anong.taps({ action: 'team.chooseTeam' });
    await anong.fills({ supervisor: 'Lek' });
    expect((await stateOf('nok')).supervisorId).toBe('lek');
    await anong.sees(wordsOf('member.changed'), 'Lek');
  });

  it('sees the people, failures and tasks of the own team, and none of anybody else', async () => {
    const { lek } = await team();
    await world().hires('mali', { isoId: 'iso' });
    await inTransaction(async (tx) => {
      await changePerson('lek', { role: 'SUPERVISOR' }, tx);
      await changePerson('nok', { supervisorId: 'lek' }, tx);
    });
    for (const [staff, shop, series] of [
      ['nok', 'coffee', 'AA'],
      ['mali', 'noodles', 'BB'],
    ] as const) {
      await submitShop(staff, shop, { spots: 1, series });
      await decide(`${shop}-1`, 'REJECTED');
    }
    await lek.says('menu');
    await lek.taps({ action: 'team.open' });
    const home = (await lek.card()).buttons.map(({ params }) => params.action);
    expect(home).toEqual(['team.people', 'team.failed', 'team.tasks', 'account.list', 'team.search', 'menu.open']);
    await lek.taps({ action: 'team.failed' });
    const failed = (await lek.card()).buttons.filter(({ params }) => params.action === 'team.failedItem');
    expect(failed.map((button) => carriedBy(button).item)).toEqual(['coffee-1']);
    await lek.taps({ action: 'team.open' });
    await lek.taps({ action: 'team.people' });
    await lek.sees('Nok');
    expect((await lek.card()).text).not.toMatch(/Mali|Anong/);
    await lek.taps({ action: 'team.member', person: 'nok' });
    expect((await lek.card()).buttons.map(({ params }) => params.action)).toEqual([
      'handOver.open',
      'team.personStory',
      'team.people',
    ]);
  });

  it('never reads or changes anything outside of the team, whatever they tap and whoever is in it', async () => {
    await team();
    const others = ['anong', 'lek', 'nok', 'mali', 'kit'];
    for (const userId of ['mali', 'kit']) await world().hires(userId, { isoId: 'iso' });
    const ploy = await world().hires('ploy', { isoId: 'iso', role: 'SUPERVISOR' });
    for (const [index, userId] of others.entries()) {
      await submitShop(userId, `at-${userId}`, { spots: 1, series: `C${'ABCDE'[index]}` });
      await decide(`at-${userId}-1`, 'REJECTED');
    }
    await ploy.says('menu');
    const { outTrackId } = await ploy.card();
    const names = new Map(others.map((userId) => [userId, (name: string) => name.includes(userId)]));
    const tap = (action: string, extra: Record<string, string>, subject: string) =>
      world().takesIn(
        world().tap(outTrackId, {
          userId: 'ploy',
          actionId: action,
          params: { action, subject, version: '0', ...extra },
        }),
      );
    const inTeam = fc.uniqueArray(fc.constantFrom(...others.slice(1)), { maxLength: 3 });
    const role = fc.constantFrom<PersonRole>('SUPERVISOR', 'STAFF');
    const tries = fc.array(
      fc.record({
        action: fc.constantFrom(
          ...([
            'team.open',
            'team.people',
            'team.failed',
            'team.tasks',
            'team.member',
            'team.failedItem',
            'team.memberMore',
          ] as const),
          ...([
            'team.askChange',
            'team.change',
            'team.chooseTeam',
            'team.setTeam',
            'team.requests',
            'team.more',
            'handOver.open',
          ] as const),
        ),
        about: fc.constantFrom(...others),
        change: fc.constantFrom('pause', 'remove', 'makeAdmin'),
      }),
      { minLength: 3, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(inTeam, role, tries, async (mine, is, taps) => {
        await inTransaction(async (tx) => {
          await changePerson('ploy', { role: is }, tx);
          for (const one of others) await changePerson(one, { supervisorId: mine.includes(one) ? 'ploy' : null }, tx);
        });
        const before = await Promise.all(others.map(stateOf));
        for (const { action, about, change } of taps) {
          const subject = action === 'team.change' ? `memberChange:${change}/${about}` : `person:${about}`;
          await tap(action, { person: about, item: `at-${about}-1`, change, work: `person/${about}` }, subject);
          await world().untilIdle();
          const shown = (await ploy.cards())
            .map(({ text }) => text)
            .join('\n')
            .toLowerCase();
          const outside = others.filter((one) => (is === 'STAFF' || !mine.includes(one)) && names.get(one)?.(shown));
          expect(outside, `${action} about ${about}`).toEqual([]);
        }
        expect(await Promise.all(others.map(stateOf))).toEqual(before);
      }),
      { numRuns: 4, seed: 20261127 },
    );
  });
});
