import { derivedId } from '@field/kit/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OtherWork } from '../../cards/review/other-work.ts';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { findCard } from '../../models/cards.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { addDraft, changeDraft, findDraft, type StoredDraft } from '../../models/drafts.ts';
import { changeTask, findTask, type TaskChange } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { addItems, changeItem } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { inspectionJudged, landTask, taskIdOf } from '../../src/daily/inspection-tasks.ts';
import { firstNotice } from '../../src/domain/notice-times.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import {
  MARKETING_CODE_FLOW,
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  withChange,
} from '../support/shipped-programme.ts';
import { DATA_DATE, DAY_MS, decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { taskRow } from '../support/task-row.ts';

const HOUR_MS = 3_600_000;
const TIME_ZONE = 'Asia/Bangkok';
/** Tuesday 24 November 2026, ten in the morning in Bangkok. */
const TEN = NOW;

useModels(process.env.REALDB_URI);
let clock = new StillClock(NOW);

beforeEach(async () => {
  await forgetEverything();
  useProgrammes(SHIPPED_PROGRAMMES);
  clock = new StillClock(NOW);
  const iso = { name: 'ISO', email: 'iso@iso.example', country: 'TH', timeZone: TIME_ZONE, language: 'en' };
  await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
  for (const userId of ['nok', 'lek']) await hire(userId);
});

const job = () => remindStaff({ clock, draftsDays: 180, sends: () => undefined });

/** Goes on as the calendar does until then, in three processes at once each time. */
async function goOn(until: number): Promise<void> {
  for (;;) {
    const next = await job().nextDue(clock.now());
    if (next === undefined || next > until) break;
    clock.moveTo(next);
    await Promise.allSettled([1, 2, 3].map(() => job().run(next)));
    await job().run(next);
  }
  clock.moveTo(until);
}

const shown = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: TIME_ZONE,
  })
    .format(at)
    .replace(' at ', ', ');

interface Reminder {
  readonly at: string;
  readonly failed: number;
  readonly other: OtherWork;
}

/** The reminders of a person, when each was sent, and what each says now. */
async function told(userId = 'nok'): Promise<readonly Reminder[]> {
  const rows = database().collection<{ _id: string; at: number }>('cards');
  const found = await rows.find({ viewer: userId, view: 'review.reminder' }).sort({ at: 1 }).toArray();
  const reminders: Reminder[] = [];
  for (const { _id, at } of found) {
    const { failed, other } = (await drawn(_id)).model as Pick<Reminder, 'failed' | 'other'>;
    reminders.push({ at: shown(at), failed, other });
  }
  return reminders;
}

async function drawn(outTrackId: string): Promise<{ readonly model: unknown }> {
  const card = await findCard(outTrackId);
  const viewer = card && (await findPerson(card.viewer));
  if (!card || !viewer) throw new Error('no such card');
  const { model } = (await loadCard(card, viewer, clock.now())) as unknown as { readonly model: unknown };
  return { model };
}

const times = async (userId = 'nok') => (await told(userId)).map(({ at }) => at);

/** A promotion that somebody has begun: the shop is known. */
async function begin(draftId: string, { userId = 'nok', storeId = 'store' } = {}) {
  const draft = { ...newDraft(MARKETING_CODE_FLOW), storeId: storeId === '' ? undefined : storeId };
  const begun = { draftId, userId, isoId: 'iso', product: 'MARKETING_CODE', draft, updatedAt: clock.now() };
  await inTransaction((tx) => addDraft({ ...begun, storeKey: draftId }, tx));
}

async function draftOf(draftId: string): Promise<StoredDraft> {
  const stored = await findDraft(draftId);
  if (stored === undefined) throw new Error(`no draft ${draftId}`);
  return stored;
}

async function changes(draftId: string, set: Omit<Parameters<typeof changeDraft>[1], 'updatedAt'>): Promise<void> {
  const stored = await draftOf(draftId);
  await inTransaction((tx) => changeDraft(stored, { ...set, updatedAt: clock.now() }, tx));
}

describe('a promotion that is left half done', () => {
  it('is told of after two days and after fourteen, and once more before it goes', async () => {
    await begin('draft');
    await goOn(TEN + 200 * DAY_MS);
    expect(await times()).toEqual(['Thu 26, 10:00', 'Tue 8, 10:00', 'Sun 16, 10:00']);
  });

  it('says which step it is at, and until when it is kept once that is near', async () => {
    await begin('draft');
    await goOn(TEN + 3 * DAY_MS);
    const [first] = await told();
    expect(first?.other).toMatchObject({ draftCount: 1, drafts: [{ draftId: 'draft', of: 4, keptUntil: undefined }] });
    await goOn(TEN + 174 * DAY_MS);
    expect((await told()).at(-1)?.other.drafts).toMatchObject([{ keptUntil: TEN + 180 * DAY_MS }]);
  });

  it('begins to count anew with each step, and stands on no card any more', async () => {
    await begin('draft');
    await goOn(TEN + 3 * DAY_MS);
    await changes('draft', { draft: { ...(await draftOf('draft')).draft, otherStores: ['other'] } });
    expect((await told())[0]?.other).toMatchObject({ draftCount: 0, drafts: [] });
    await goOn(TEN + 6 * DAY_MS);
    expect(await times()).toEqual(['Thu 26, 10:00', 'Sun 29, 10:00']);
  });

  it.each([
    ['submitted', { state: 'SUBMITTED' }],
    ['discarded', { state: 'DISCARDED' }],
    ['in nobody’s hands', { ownerId: null, formerId: 'nok' }],
  ] as const)('is not told of once it is %s', async (_, set) => {
    await begin('draft');
    await changes('draft', set);
    await goOn(TEN + 30 * DAY_MS);
    expect(await times()).toEqual([]);
    expect(await job().nextDue(clock.now())).toBeUndefined();
  });

  it('is told of to whoever it was given to, from then on', async () => {
    await begin('draft');
    clock.moveTo(TEN + DAY_MS);
    await changes('draft', { ownerId: 'lek', formerId: 'nok' });
    await goOn(TEN + 10 * DAY_MS);
    expect([await times('nok'), await times('lek')]).toEqual([[], ['Fri 27, 10:00']]);
  });

  it('is not told of with nothing said or sent in it, nor to who is paused; neither is looked at for ever', async () => {
    await begin('empty', { storeId: '' });
    await begin('paused', { userId: 'lek' });
    await inTransaction((tx) => changePerson('lek', { state: 'SUSPENDED' }, tx));
    await goOn(TEN + 300 * DAY_MS);
    expect([await times('nok'), await times('lek')]).toEqual([[], []]);
    expect(await job().nextDue(clock.now())).toBeUndefined();
  });

  it('of two hundred, one card has the first few and says how many there are', async () => {
    for (let n = 0; n < 200; n += 1) await begin(`draft${n}`);
    await goOn(TEN + 3 * DAY_MS);
    const [card, ...others] = await told();
    expect(others).toEqual([]);
    expect(card?.other.draftCount).toBe(200);
    expect(card?.other.drafts).toHaveLength(3);
  });
});

describe('in quiet hours', () => {
  const work = 'markets:\n  TH: { currency: THB, workingDays: [1, 2, 3, 4, 5] }\n';
  beforeEach(() =>
    useProgrammes(programmesOf(programmeOf(withChange('programme.yaml', /markets:\n(?: {2}.*\n)+/, work)))),
  );

  it('a promotion is told of in the last allowed hour before, but not on the day of its last step', async () => {
    clock.moveTo(Date.UTC(2026, 10, 26, 3));
    await begin('thursday');
    clock.moveTo(Date.UTC(2026, 10, 27, 3));
    await begin('friday');
    await goOn(Date.UTC(2026, 10, 27, 16));
    expect(await times()).toEqual(['Fri 27, 18:00']);
    expect((await told())[0]?.other.drafts).toMatchObject([{ draftId: 'thursday' }]);
    await goOn(Date.UTC(2026, 11, 1));
    expect(await times()).toEqual(['Fri 27, 18:00', 'Mon 30, 09:00']);
  });

  it('an inspection that is due on a Sunday is told of on Friday evening', async () => {
    await lands('sunday', Date.UTC(2026, 10, 29, 11));
    await goOn(Date.UTC(2026, 11, 1));
    expect(await times()).toEqual(['Fri 27, 18:00']);
  });
});

/** A task row lands that gives it to Nok. */
async function lands(sourceKey: string, dueAt: number, namedAssignee: string | undefined = 'nok'): Promise<string> {
  const row = taskRow({ isoId: 'iso', sourceKey, dueAt, namedAssignee });
  const from = { asOf: '20261124_001', now: clock.now(), cause: 'inspection-tasks.csv' };
  await inTransaction((tx) => landTask(row, from, tx));
  return taskIdOf('iso', sourceKey);
}

async function becomes(taskId: string, ...steps: readonly TaskChange[]): Promise<void> {
  for (const change of steps) {
    const task = await findTask(taskId);
    if (task === undefined) throw new Error(`no task ${taskId}`);
    await inTransaction((tx) => changeTask(task, change, tx));
  }
}

describe('an inspection', () => {
  const DUE = TEN + 2 * DAY_MS + 8 * HOUR_MS;

  it('is told of on the morning of its last day, begun or not, to whoever has it in hand', async () => {
    const begun = await lands('begun', DUE);
    await lands('given', DUE);
    await becomes(begun, { state: 'STARTED' });
    await becomes(taskIdOf('iso', 'given'), { assigneeId: 'lek', formerId: 'nok' });
    await goOn(TEN + 5 * DAY_MS);
    expect([await times('nok'), await times('lek')]).toEqual([['Thu 26, 09:00'], ['Thu 26, 09:00']]);
    expect((await told('nok'))[0]?.other.inspections).toMatchObject([{ taskId: begun, due: 'overdue', again: false }]);
  });

  it('is told of at once where it comes on its last day', async () => {
    await lands('late', TEN + 5 * HOUR_MS);
    await goOn(TEN + DAY_MS);
    expect(await times()).toEqual(['Tue 24, 10:10']);
  });

  it.each([
    ['submitted', [{ state: 'STARTED' }, { state: 'SUBMITTED' }]],
    ['expired', [{ state: 'EXPIRED' }]],
    ['nobody’s', [{ assigneeId: null, formerId: 'nok' }]],
  ] as const)('is not told of once it is %s', async (_, steps) => {
    await becomes(await lands('task', DUE), ...steps);
    await goOn(TEN + 5 * DAY_MS);
    expect(await times()).toEqual([]);
    expect(await job().nextDue(clock.now())).toBeUndefined();
  });

  it('is told of on another day where a row says so', async () => {
    await lands('task', DUE);
    const row = taskRow({ isoId: 'iso', dueAt: DUE + DAY_MS, namedAssignee: 'nok' });
    const from = { asOf: '20261124_002', now: clock.now(), cause: 'inspection-tasks.csv' };
    await inTransaction((tx) => landTask(row, from, tx));
    await goOn(TEN + 5 * DAY_MS);
    expect(await times()).toEqual(['Fri 27, 09:00']);
  });

  it('that came back is told of on the morning until which it can be corrected, and not where it cannot be', async () => {
    const correctable = await lands('again', DUE);
    const final = await lands('final', DUE);
    for (const taskId of [correctable, final]) {
      await becomes(taskId, { state: 'STARTED' }, { state: 'SUBMITTED', submittedAt: TEN });
      await rejected(taskId, taskId === final ? 'NONE' : undefined, TEN + 3 * DAY_MS);
    }
    await goOn(TEN + 2 * DAY_MS);
    expect(await times()).toEqual([]);
    await goOn(TEN + 3 * DAY_MS - HOUR_MS / 2);
    expect(await times()).toEqual(['Fri 27, 09:00']);
    const [card] = await told();
    expect(card?.other).toMatchObject({ inspectionCount: 1, inspections: [{ taskId: correctable, again: true }] });
  });

  /** A review row said so. */
  async function rejected(taskId: string, remedy: 'NONE' | undefined, deadlineAt: number): Promise<void> {
    const item = { itemRef: taskId, itemType: 'INSPECTION', isoId: 'iso', staffId: 'nok', storeId: 'store' } as const;
    const sent = { shop: 'Som Tam House', revision: 1, programme: 1, submittedAt: TEN };
    await inTransaction((tx) => addItems([{ ...item, ...sent }], tx));
    await decide(taskId, 'REJECTED', { deadlineAt, reasons: ['INSPECTION_INCOMPLETE'] });
    const { judgement } = await itemOf(taskId);
    await inTransaction(async (tx) => {
      if (judgement !== undefined) await changeItem(await itemOf(taskId), { judgement: { ...judgement, remedy } }, tx);
      await inspectionJudged(taskId, 'REJECTED', { now: clock.now(), cause: 'reviews.csv' }, tx);
    });
  }
});

describe('one card a day', () => {
  it('has all of it: what failed, what is due, what was left', async () => {
    await submitShop('nok', 'coffee', { spots: 1 });
    const deadlineAt = TEN + 3 * DAY_MS;
    await decide('coffee-1', 'REJECTED', {
      deadlineAt,
      noticeAt: firstNotice(TEN, deadlineAt, await hoursOfIso('iso')) ?? null,
    });
    await lands('task', TEN + DAY_MS + 2 * HOUR_MS);
    clock = new StillClock(TEN - DAY_MS);
    await begin('draft');
    await goOn(TEN + DAY_MS + 8 * HOUR_MS);
    const [card, ...others] = await told();
    expect(others).toEqual([]);
    expect(card).toMatchObject({ at: 'Wed 25, 09:00', failed: 1, other: { inspectionCount: 1, draftCount: 1 } });
  });

  it('has what was to be told of later that day', async () => {
    await begin('draft');
    // before the hours of Friday begin: to be told of on Thursday evening
    const early = await lands('early', Date.UTC(2026, 10, 27, 1));
    await goOn(TEN + 2 * DAY_MS + HOUR_MS / 6);
    expect(await told()).toMatchObject([
      { at: 'Thu 26, 10:00', other: { draftCount: 1, inspections: [{ taskId: early, due: 'later' }] } },
    ]);
    await goOn(TEN + 5 * DAY_MS);
    expect(await times()).toHaveLength(1);
  });

  it('is that of the day’s results where they come first, and says there what is due and was left', async () => {
    await lands('task', TEN + DAY_MS + 2 * HOUR_MS);
    clock = new StillClock(TEN - DAY_MS);
    await begin('draft');
    clock.moveTo(TEN + DAY_MS - 2 * HOUR_MS);
    await submitShop('nok', 'coffee', { spots: 1 });
    await decide('coffee-1', 'APPROVED', { dataDate: DATA_DATE });
    const tells = createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 });
    await tells({ userId: 'nok', isoId: 'iso', dataDate: DATA_DATE });
    await goOn(TEN + DAY_MS + 8 * HOUR_MS);
    expect(await times()).toEqual([]);
    const day = derivedId('record', derivedId('resultDay', 'nok', DATA_DATE));
    expect((await drawn(day)).model).toMatchObject({ other: { inspectionCount: 1, draftCount: 1 } });
    await becomes(taskIdOf('iso', 'task'), { state: 'STARTED' }, { state: 'SUBMITTED' });
    await changes('draft', { state: 'SUBMITTED' });
    expect((await drawn(day)).model).toMatchObject({ other: { inspectionCount: 0, draftCount: 0 } });
  });
});

it('where the programme has both off nobody is told of either, whatever is due already', async () => {
  await begin('draft');
  await lands('task', TEN + DAY_MS);
  const off = 'reminders: { from: 9, to: 19, inspections: false, halfDone: [] }\n';
  useProgrammes(programmesOf(programmeOf(withChange('programme.yaml', /reminders: .*\n/, off))));
  await begin('later');
  await goOn(TEN + 30 * DAY_MS);
  expect(await times()).toEqual([]);
  expect(await job().nextDue(clock.now())).toBeUndefined();
});
