import { dayOf, instantOf } from '@field/kit/calendar';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { findCard } from '../../models/cards.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { findPerson } from '../../models/people.ts';
import {
  addIsoIn,
  csv,
  itemOf,
  LandingHarness,
  type ReviewCells,
  rejects,
  submitSpots,
} from '../daily/landing-harness.ts';
import { useModels } from '../models/store.ts';
import { hire } from '../support/shop-under-review.ts';

const HOUR_MS = 3_600_000;
const nobody = (): void => undefined;
const nothing = async (): Promise<void> => undefined;

/** Somebody's cards, in the order sent: of what day their results are, or that they are reminded, and when that was. */
interface Told {
  readonly id: string;
  readonly what: string;
  readonly at: number;
}

describe('a result that is corrected after its reminder went out', () => {
  useModels(process.env.REALDB_URI);
  let harness: LandingHarness;
  let timeZone = 'Asia/Bangkok';
  let files = 0;

  beforeEach(async () => {
    await forgetEverything();
    timeZone = 'Asia/Bangkok';
  });

  /** Monday, 4 May 2026, 08:00 in Bangkok, unless told otherwise; what was found wrong with `a` has landed. */
  async function failed(at: number, change: ReviewCells = {}): Promise<void> {
    await addIsoIn(timeZone);
    await hire('nok');
    await submitSpots(['a', 'b'], { submittedAt: at - 20 * HOUR_MS });
    harness = new LandingHarness(at, 'utf-8', (clock) => ({
      staff: createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 }),
      iso: nothing,
      admins: nothing,
    }));
    await lands('a', { decidedAt: new Date(at - 2 * HOUR_MS).toISOString(), ...change });
  }

  /** A row of today's data about an item. */
  async function lands(itemRef: string, change: ReviewCells = {}): Promise<void> {
    const now = harness.clock.now();
    const day = dayOf(now - 24 * HOUR_MS, 'Asia/Shanghai');
    const dataDate = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
    const decidedAt = new Date(now - HOUR_MS).toISOString();
    files += 1;
    const sourceRowKey = `${itemRef}#1@${day}/${files}`;
    const row = rejects(itemRef, { sourceRowKey, dataDate, decidedAt, ...change });
    harness.drop(`review_${day}_${String(files).padStart(3, '0')}.csv`, csv([row]));
    await harness.land();
  }

  const job = () => remindStaff({ clock: harness.clock, draftsDays: 180, sends: nobody });
  const nextAt = () => job().nextDue(harness.clock.now());

  /** Goes on to when somebody is reminded next, by three processes at once; false where nobody is any more. */
  async function goOn(): Promise<boolean> {
    const next = await nextAt();
    if (next === undefined) return false;
    harness.clock.moveTo(next);
    const run = (): Promise<void> => job().run(harness.clock.now());
    await Promise.allSettled([run(), run(), run()]);
    await run();
    return true;
  }

  async function told(): Promise<readonly Told[]> {
    const rows = database().collection<{ _id: string; at: number; view: string; subject: { id: string } }>('cards');
    const views = ['review.day', 'review.reminder'];
    const found = await rows
      .find({ viewer: 'nok', view: { $in: views } })
      .sort({ at: 1 })
      .toArray();
    return found.map(({ _id: id, at, view, subject }) => ({
      id,
      at,
      what: view === 'review.reminder' ? 'reminder' : `results ${/\d{8}/.exec(subject.id)?.[0]}`,
    }));
  }

  const whatIsTold = async () => (await told()).map(({ what }) => what);
  const shown = (at = 0): string =>
    new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at);

  async function modelOf(id = ''): Promise<unknown> {
    const [card, viewer] = [await findCard(id), await findPerson('nok')];
    if (card === undefined || viewer === undefined) throw new Error('no such card');
    return (await loadCard(card, viewer, harness.clock.now())).model;
  }

  const MONDAY = Date.UTC(2026, 4, 4, 1);

  it('to approved is told once with the results of its day, and nobody is reminded of it again', async () => {
    await failed(MONDAY);
    await goOn();
    expect(await whatIsTold()).toEqual(['results 20260503', 'reminder']);
    await lands('a', { decision: 'APPROVED', reasonCodes: '' });
    await lands('a', { decision: 'APPROVED', reasonCodes: '' });
    while (await goOn());
    expect(await itemOf('a')).toMatchObject({ state: 'APPROVED' });
    expect((await itemOf('a')).noticeAt).toBeUndefined();
    const cards = await told();
    expect(cards.map(({ what }) => what)).toEqual(['results 20260503', 'reminder', expect.stringMatching(/^results/)]);
    expect(await modelOf(cards[2]?.id)).toMatchObject({ spots: { approved: 1, failed: 0 } });
    // what was said before says what holds now, and is drawn anew
    expect(await modelOf(cards[1]?.id)).toMatchObject({ failed: 0 });
    expect((await findCard(cards[1]?.id ?? ''))?.wanted).toBeGreaterThan(1);
  });

  it('to another deadline is told with its day, and reminded of by that deadline, once a day at most', async () => {
    await failed(MONDAY);
    await goOn();
    const [, first] = await told();
    const deadlineAt = harness.clock.now() + 9 * 24 * HOUR_MS - (harness.clock.now() % HOUR_MS);
    await lands('a', { reasonCodes: 'PHOTO_UNCLEAR', deadlineAt: new Date(deadlineAt).toISOString() });
    expect((await itemOf('a')).deadlineAt).toBe(deadlineAt);
    while (await goOn());
    const reminders = (await told()).filter(({ what }) => what === 'reminder');
    expect(reminders[0]).toEqual(first);
    const days = reminders.map(({ at }) => dayOf(at, timeZone));
    expect(new Set(days).size).toBe(days.length);
    for (const { at } of reminders.slice(1)) expect(deadlineAt - at).toBeLessThan(3 * 24 * HOUR_MS);
    expect(reminders.length).toBeGreaterThanOrEqual(3);
    expect(reminders.at(-1)?.at).toBeLessThan(deadlineAt);
    // only the last of them is drawn anew when it is decided otherwise
    const wanted = async () => await Promise.all(reminders.map(async ({ id }) => (await findCard(id))?.wanted ?? 0));
    const before = await wanted();
    await lands('a', { decision: 'APPROVED', reasonCodes: '' });
    const more = (await wanted()).map((count, n) => count - (before[n] ?? 0));
    expect([more.slice(0, -1).every((count) => count === 0), more.at(-1)]).toEqual([true, 1]);
  });

  it('to a deadline of this evening is told at once, then once more before it, and no third time', async () => {
    await failed(MONDAY);
    await goOn();
    const before = (await told()).length;
    const deadlineAt = harness.clock.now() + 8 * HOUR_MS;
    await lands('a', { reasonCodes: 'PHOTO_UNCLEAR', deadlineAt: new Date(deadlineAt).toISOString() });
    while (await goOn());
    const news = (await told()).slice(before);
    expect(news.map(({ what }) => what)).toEqual([expect.stringMatching(/^results/), 'reminder']);
    expect(news[1]?.at).toBeLessThan(deadlineAt);
  });

  it('from approved to rejected on the day of another’s reminder makes no second one that day', async () => {
    await failed(MONDAY);
    await lands('b', { decision: 'APPROVED', reasonCodes: '' });
    await goOn();
    const remindedAt = harness.clock.now();
    await lands('b', { decidedAt: new Date(remindedAt - HOUR_MS).toISOString() });
    while (await goOn());
    const reminders = (await told()).filter(({ what }) => what === 'reminder');
    const days = reminders.map(({ at }) => dayOf(at, timeZone));
    expect(new Set(days).size).toBe(days.length);
    expect(await itemOf('b')).toMatchObject({ state: 'REJECTED' });
    expect(reminders.length).toBeGreaterThan(1);
  });

  it.each([
    ['put back', 'Europe/Berlin', '20261026', ['Sat 18:00', 'Sun 18:00', 'Mon 09:00']],
    ['put forward', 'Europe/Berlin', '20270329', ['Sat 17:00', 'Sun 18:00', 'Mon 09:00']],
  ])(
    'whose clock is %s between reminder and deadline is told in allowed hours, by the clock of the wall',
    async (_, zone, lastDay, times) => {
      timeZone = zone;
      const deadlineAt = instantOf(lastDay, 18, zone);
      await failed(deadlineAt - 4 * 24 * HOUR_MS, { deadlineAt: new Date(deadlineAt).toISOString() });
      while (await goOn());
      const reminders = (await told()).filter(({ what }) => what === 'reminder');
      const days = reminders.map(({ at }) => dayOf(at, zone));
      expect(new Set(days).size).toBe(days.length);
      // two days before, one day before, and in the morning; seven in the evening is quiet
      expect(reminders.map(({ at }) => shown(at))).toEqual(times);
      expect(await modelOf(reminders[0]?.id)).toMatchObject({ timeZone: zone });
    },
  );
});
