import { AppError } from '@field/kit/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { changeTodos, findIsoByEmail } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO, MORNING } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Thursday, 18:00 in Bangkok. */
const THURSDAY = Date.UTC(2026, 10, 26, 11);

const world = useWorld();
const todos = () => [...world().platform.todos.values()];
const shown = () => todos().map(({ subject, done }) => `${done ? '✓' : '○'} ${subject}`);
const calls = (...of: string[]) => world().platform.calls.filter((call) => of.includes(call)).length;
const isoId = async (): Promise<string> => (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';

async function set(on: boolean): Promise<void> {
  const id = await isoId();
  await inTransaction((tx) => changeTodos(id, on, tx));
}

async function fails(deadlineAt: number, ...spots: readonly string[]): Promise<void> {
  const of = { isoId: await isoId(), staffId: 'lek', submittedAt: MORNING - DAY_MS };
  await inTransaction((tx) =>
    addItems(
      spots.map((spot) => submittedSpot(spot, of)),
      tx,
    ),
  );
  for (const spot of spots) await decided(spot, 'REJECTED', deadlineAt);
}

async function decided(spot: string, state: 'REJECTED' | 'PENDING', deadlineAt: number | null): Promise<void> {
  const item = await findItem(spot);
  if (item === undefined) throw new Error(`no ${spot}`);
  const found = { dataDate: '20261123', sourceRowKey: `${spot}-row`, revision: 1, decidedAt: MORNING };
  const judgement = { decision: 'REJECTED' as const, reasonCodes: ['SPOT_PHOTO_BLURRY'], ...found };
  const change = state === 'PENDING' ? { state, revision: 2, deadlineAt } : { state, deadlineAt, judgement };
  await inTransaction((tx) => changeItem(item, change, tx));
}

const putRight = (spot: string): Promise<void> => decided(spot, 'PENDING', null);

beforeEach(async () => {
  await world().hires('lek');
  world().platform.members.set('lek', { name: 'Lek', mobile: undefined, unionId: 'union-lek' });
});

describe('in an ISO that has to-dos', () => {
  beforeEach(() => set(true));

  it('a person has one of all that failed, until when the first is to be put right', async () => {
    await fails(THURSDAY + DAY_MS, 'a', 'b');
    await fails(THURSDAY, 'c');
    await world().advance(HOUR_MS);
    expect(todos()).toMatchObject([
      {
        unionId: 'union-lek',
        subject: '3 to fix, first by Thu 26 Nov, 18:00',
        dueAt: THURSDAY,
        page: { phoneUrl: 'https://bot.example/go/results?corpId=ding' },
      },
    ]);
  });

  it('it changes once a day, in the hours in which they may be told, and is closed at once when nothing is left', async () => {
    await fails(THURSDAY + DAY_MS, 'a', 'b', 'c');
    await world().advance(HOUR_MS);
    await putRight('a');
    await world().advance(5 * HOUR_MS);
    expect(shown()).toEqual(['○ 3 to fix, first by Fri 27 Nov, 18:00']);
    await putRight('b');
    // 8:50 of the next day
    await world().advance(DAY_MS - 7 * HOUR_MS - HOUR_MS / 6);
    expect(shown()).toEqual(['○ 3 to fix, first by Fri 27 Nov, 18:00']);
    await world().advance(HOUR_MS);
    expect(shown()).toEqual(['○ 1 to fix by Fri 27 Nov, 18:00']);
    await putRight('c');
    await world().advance(HOUR_MS / 3);
    expect(shown()).toEqual(['✓ 1 to fix by Fri 27 Nov, 18:00']);
    expect(calls('createTodo', 'updateTodo')).toBe(3);
  });

  it('what fails after that has one of its own, on another day', async () => {
    await fails(THURSDAY, 'a');
    await world().advance(HOUR_MS);
    await putRight('a');
    await world().advance(HOUR_MS);
    await fails(THURSDAY, 'b');
    await world().advance(HOUR_MS);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00']);
    await world().advance(DAY_MS);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00', '○ 1 to fix by Thu 26 Nov, 18:00']);
    expect(await database().collection('todos').countDocuments()).toBe(1);
  });

  it('what lapses is none to fix', async () => {
    await fails(THURSDAY, 'a');
    await world().advance(HOUR_MS);
    await world().advance(THURSDAY - MORNING);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00']);
  });

  it('it speaks the language of its person', async () => {
    await inTransaction((tx) => changePerson('lek', { language: 'th' }, tx));
    await fails(THURSDAY, 'a');
    await world().advance(HOUR_MS);
    expect(shown()[0]).toMatch(/^○ ต้องแก้ 1 รายการ ภายใน .*18:00$/);
  });

  it.each([
    ['paused', async () => void (await inTransaction((tx) => changePerson('lek', { state: 'PAUSED' }, tx)))],
    ['of an ISO that has none any more', () => set(false)],
  ])('whoever is %s has none: theirs is closed', async (_, becomes) => {
    await fails(THURSDAY, 'a');
    await world().advance(HOUR_MS);
    await becomes();
    await world().advance(HOUR_MS);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00']);
  });

  it('one that its person deleted does not come again while the same is open', async () => {
    await fails(THURSDAY + 4 * DAY_MS, 'a', 'b');
    await world().advance(HOUR_MS);
    world().platform.todos.clear();
    await putRight('a');
    await world().advance(2 * DAY_MS);
    expect([todos(), calls('createTodo', 'updateTodo')]).toEqual([[], 2]);
    await putRight('b');
    await world().advance(DAY_MS);
    await fails(THURSDAY + 6 * DAY_MS, 'c');
    await world().advance(DAY_MS);
    expect(shown()).toEqual(['○ 1 to fix by Wed 2 Dec, 18:00']);
  });

  it('one of which nobody heard whether it was made is found, not made again', async () => {
    await fails(THURSDAY, 'a');
    world().platform.loseAnswers('createTodo', 1);
    await world().advance(3 * HOUR_MS);
    expect(shown()).toEqual(['○ 1 to fix by Thu 26 Nov, 18:00']);
    expect(calls('createTodo', 'findTodo', 'updateTodo')).toBe(4);
    await putRight('a');
    await world().advance(HOUR_MS);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00']);
  });

  it('one of which nobody heard is closed, too, where nothing is left meanwhile', async () => {
    await fails(THURSDAY, 'a');
    world().platform.loseAnswers('createTodo', 1);
    await world().advance(HOUR_MS / 6);
    await putRight('a');
    await world().advance(HOUR_MS);
    expect(shown()).toEqual(['✓ 1 to fix by Thu 26 Nov, 18:00']);
  });

  it('without the permission it waits, and the health page says so', async () => {
    await fails(THURSDAY, 'a');
    world().platform.refuse('createTodo', new AppError('dingtalk.permission'));
    await world().advance(2 * HOUR_MS);
    expect(world().faults()).toHaveLength(1);
    world().platform.allow('createTodo');
    await world().advance(2 * HOUR_MS);
    expect(shown()).toEqual(['○ 1 to fix by Thu 26 Nov, 18:00']);
  });

  it('whoever DingTalk does not know has none', async () => {
    world().platform.members.clear();
    await fails(THURSDAY, 'a');
    await world().advance(3 * HOUR_MS);
    expect([todos(), calls('createTodo')]).toEqual([[], 0]);
  });
});

it('without that nobody has one, and nothing is asked for it', async () => {
  await fails(THURSDAY, 'a');
  await world().advance(DAY_MS);
  expect([todos(), calls('createTodo', 'updateTodo', 'findTodo')]).toEqual([[], 0]);
});
