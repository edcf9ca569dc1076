import { dayOf } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { type Card, findCard } from '../../models/cards.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { changeItem } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { isAllowed } from '../../src/domain/allowed-hours.ts';
import { firstNotice } from '../../src/domain/notice-times.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { DATA_DATE, DAY_MS, decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';

const HOUR_MS = 3_600_000;
const nobody = (): void => undefined;
const TIME_ZONE = 'Asia/Bangkok';

describe('before a failure lapses', () => {
  useModels(process.env.REALDB_URI);
  let clock = new StillClock(NOW);

  beforeEach(async () => {
    await forgetEverything();
    clock = new StillClock(NOW);
    const iso = { name: 'ISO', email: 'iso@iso.example', country: 'TH', timeZone: TIME_ZONE, language: 'en' };
    await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
    await hire('nok');
  });

  /** What landing does with a row. */
  async function fails(itemRef: string, deadlineAt = NOW + 3 * DAY_MS, dataDate = DATA_DATE): Promise<void> {
    const noticeAt = firstNotice(clock.now(), deadlineAt, await hoursOfIso('iso')) ?? null;
    await decide(itemRef, 'REJECTED', { deadlineAt, noticeAt, dataDate });
  }

  const run = (): Promise<void> => remindStaff({ clock, draftsDays: 180, sends: nobody }).run(clock.now());

  /** Goes on to when the job is due next, and runs it in three processes at once; false where it is not due any more. */
  async function goOn(until = Infinity): Promise<boolean> {
    const next = await remindStaff({ clock, draftsDays: 180, sends: nobody }).nextDue(clock.now());
    if (next === undefined || next > until) return false;
    clock.moveTo(next);
    await Promise.allSettled([run(), run(), run()]);
    await run();
    return true;
  }

  /** The reminders of a person, and when each was sent. */
  async function told(userId = 'nok'): Promise<readonly { id: string; at: number }[]> {
    const rows = database().collection<{ _id: string; at: number }>('cards');
    const found = await rows.find({ viewer: userId, view: 'review.reminder' }).sort({ at: 1 }).toArray();
    return found.map(({ _id: id, at }) => ({ id, at }));
  }

  const shown = (at: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: TIME_ZONE,
    }).format(at);

  async function drawn(card: Card | undefined) {
    const viewer = card && (await findPerson(card.viewer));
    if (!card || !viewer) throw new Error('no such card');
    return await loadCard(card, viewer, clock.now());
  }

  it('whoever has it in hand is told on the two days before and on its last morning, in allowed hours', async () => {
    await submitShop('nok', 'coffee', { spots: 1 });
    await fails('coffee', NOW + 4 * DAY_MS);
    while (await goOn());
    expect((await told()).map(({ at }) => shown(at))).toEqual(['Thu 10:00', 'Fri 10:00', 'Sat 09:00']);
  });

  it('one card a day has all that is due on it, the most urgent first', async () => {
    await submitShop('nok', 'coffee', { spots: 3 });
    await fails('coffee-1', NOW + 2 * DAY_MS + 6 * HOUR_MS);
    await fails('coffee-2', NOW + 2 * DAY_MS);
    await fails('coffee-3', NOW + 9 * DAY_MS);
    await goOn();
    const [first, ...others] = await told();
    expect(others).toEqual([]);
    expect(shown(first?.at ?? 0)).toBe('Wed 10:00');
    const { model } = await drawn(await findCard(first?.id ?? ''));
    expect(model).toMatchObject({ failed: 3, failure: { itemRef: 'coffee-2' }, timeZone: TIME_ZONE });
    // the second was due in the afternoon
    expect(await goOn(NOW + DAY_MS + 12 * HOUR_MS)).toBe(false);
  });

  it('nobody is told of what was put right, decided or appealed meanwhile; of what was begun and not sent they are', async () => {
    await submitShop('nok', 'coffee', { spots: 3 });
    for (const ref of ['coffee', 'coffee-1', 'coffee-2', 'coffee-3']) await fails(ref);
    const [right, decided] = [await itemOf('coffee'), 'coffee-1'];
    await inTransaction((tx) => changeItem(right, { state: 'PENDING', revision: 2, deadlineAt: null }, tx));
    await decide(decided, 'APPROVED', { deadlineAt: null });
    const appealed = await itemOf('coffee-2');
    await inTransaction((tx) => changeItem(appealed, { state: 'APPEALING' }, tx));
    await tap('review.appeal', await onItem('coffee-3'));
    await goOn();
    const [first] = await told();
    expect((await drawn(await findCard(first?.id ?? ''))).model).toMatchObject({
      failed: 1,
      failure: { itemRef: 'coffee-3' },
    });
  });

  it('with nothing left of what was due there is no card', async () => {
    await submitShop('nok', 'coffee', { spots: 1 });
    await fails('coffee');
    const appealed = await itemOf('coffee');
    await inTransaction((tx) => changeItem(appealed, { state: 'APPEALING' }, tx));
    while (await goOn());
    expect(await told()).toEqual([]);
  });

  it('who is paused, or has it no more, is not told, and it is not looked at for ever', async () => {
    await submitShop('nok', 'coffee', { spots: 1 });
    for (const ref of ['coffee', 'coffee-1']) await fails(ref);
    const without = await itemOf('coffee-1');
    await inTransaction(async (tx) => {
      await changePerson('nok', { state: 'SUSPENDED' }, tx);
      await changeItem(without, { ownerId: null, formerId: 'nok' }, tx);
    });
    let times = 0;
    while (await goOn()) times += 1;
    expect(await told()).toEqual([]);
    expect(times).toBeLessThanOrEqual(8);
  });

  it('what is late because the bot was down waits for the morning, but not where it would lapse before', async () => {
    await submitShop('nok', 'coffee', { spots: 2 });
    await fails('coffee-1', NOW + 2 * DAY_MS);
    clock.moveTo(clock.now() + DAY_MS + 12 * HOUR_MS);
    await run();
    expect(await told()).toEqual([]);
    // at nine
    expect(await remindStaff({ clock, draftsDays: 180, sends: nobody }).nextDue(clock.now())).toBe(
      clock.now() + 11 * HOUR_MS,
    );
    while (await goOn());
    expect((await told()).map(({ at }) => shown(at))).toEqual(['Thu 09:00']);

    await fails('coffee-2', clock.now() + 20 * HOUR_MS);
    clock.moveTo(clock.now() + 19 * HOUR_MS);
    await run();
    expect((await told()).length).toBe(2);
  });

  it('it rides on the card of that day’s results, and has no card of its own then', async () => {
    await submitShop('nok', 'coffee', { spots: 2 });
    await fails('coffee-1', NOW + 2 * DAY_MS + 6 * HOUR_MS);
    clock.moveTo(clock.now() + DAY_MS);
    await fails('coffee-2', NOW + 5 * DAY_MS, '20261124');
    await createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 })({
      userId: 'nok',
      isoId: 'iso',
      dataDate: '20261124',
    });
    const day = await findCard(derivedId('record', derivedId('resultDay', 'nok', '20261124')));
    expect((await drawn(day)).model).toMatchObject({ failure: { itemRef: 'coffee-1' }, more: 1 });
    while (await goOn(NOW + DAY_MS + 12 * HOUR_MS));
    expect(await told()).toEqual([]);
    await goOn();
    expect((await told()).map(({ at }) => shown(at))).toEqual(['Thu 09:00']);
  });

  describe('of many failures', () => {
    it('none lapses without two notices, none is told of twice, none in quiet hours, and none once it is put right', async () => {
      const people = ['nok', 'lek', 'som', 'mali'];
      for (const userId of people.slice(1)) await hire(userId);
      const hours = await hoursOfIso('iso');
      const minutes = fc.sample(fc.integer({ min: 60, max: 8 * 1_440 }), { numRuns: 40, seed: 7 });
      const deadlines = new Map<string, number>();
      const owners = new Map<string, string>();
      for (const [n, after] of minutes.entries()) {
        const [ref, owner = 'nok'] = [`shop${n}`, people[n % people.length]];
        await submitShop(owner, ref, { spots: 0 });
        await fails(ref, NOW + after * 60_000);
        deadlines.set(ref, NOW + after * 60_000);
        owners.set(ref, owner);
      }
      const rightAt = new Map<string, number>();
      const dueBefore = new Map<string, number[]>();
      for (;;) {
        const waiting = new Map<string, number>();
        for (const ref of deadlines.keys()) {
          const { noticeAt, state } = await itemOf(ref);
          if (state === 'REJECTED' && noticeAt !== undefined) waiting.set(ref, noticeAt);
        }
        if (!(await goOn())) break;
        for (const [ref, was] of waiting) {
          const { noticeAt } = await itemOf(ref);
          if (noticeAt !== was) dueBefore.set(ref, [...(dueBefore.get(ref) ?? []), clock.now()]);
        }
        // every third is put right after its first notice
        for (const [n, ref] of [...deadlines.keys()].entries()) {
          if (n % 3 !== 0 || rightAt.has(ref) || !dueBefore.has(ref)) continue;
          const item = await itemOf(ref);
          await inTransaction((tx) => changeItem(item, { state: 'PENDING', revision: 2, deadlineAt: null }, tx));
          rightAt.set(ref, clock.now());
        }
      }
      for (const userId of people) {
        const cards = await told(userId);
        const times = cards.map(({ at }) => at);
        for (const at of times) {
          expect(isAllowed(at, hours), shown(at)).toBe(true);
        }
        for (const [ref, deadlineAt] of deadlines) {
          if (owners.get(ref) !== userId) continue;
          const notices = dueBefore.get(ref) ?? [];
          expect(notices.length, ref).toBeGreaterThanOrEqual(1);
          for (const at of notices) {
            expect(times, ref).toContain(at);
            expect(at, ref).toBeLessThan(deadlineAt);
            expect(at, ref).toBeLessThanOrEqual(rightAt.get(ref) ?? Infinity);
          }
        }
        // one a day; a second only on the day of the results, of what lapses on it
        const days = times.map((at) => dayOf(at, TIME_ZONE)).filter((day) => day !== dayOf(NOW, TIME_ZONE));
        expect(new Set(days).size).toBe(days.length);
      }
    });
  });
});
