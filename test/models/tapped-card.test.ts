import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { bindingsOfSpots } from '../../models/bindings.ts';
import { type AnswerInFlight, beginAnswer, finishAnswers, TAPS_KEPT } from '../../models/card-answers.ts';
import { addCard, cardWasDelivered, findCard, wantCard } from '../../models/cards.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import { findItem } from '../../models/items.ts';
import { changePerson, findPerson, meetPerson, teamOf } from '../../models/people.ts';
import { seenIn } from '../../models/read-ahead.ts';
import { addSpots, findSpots, type Spot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { findTapped, wasApplied } from '../../models/tapped-card.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createAnswerNotes } from '../../src/bot/answer-notes.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { hearCommands } from '../support/hear-commands.ts';
import { allAtOnce, insist, refusals, useModels, winners } from './store.ts';

const CROWD = 50;
const QUIET_MS = 3_000;
const NOW = 1_800_000_000_000;
const at = (version: number, hash = `v${version}`) => ({ version, hash });

const TASK = {
  taskId: 'task-1',
  sourceKey: 'row-1',
  isoId: 'iso',
  storeRef: 'shop-1',
  storeName: 'Baan Coffee',
  address: '',
  countryRegion: 'TH',
  acceptsOnlyAlipay: false,
  spotRefs: ['spot-1', 'spot-2'],
  dueAt: NOW,
  priority: 1,
  assigneeId: undefined,
  namedAssignee: undefined,
  noticeAt: undefined,
  promoters: [],
  asOf: '20261124_001',
};

function spotAt(spotId: string): Spot {
  return {
    spotId,
    promotionId: 'p',
    storeId: 'shop-1',
    isoId: 'iso',
    staffId: 'lek',
    product: 'PRIMARY_POSM',
    spotType: 'CASHIER',
    number: 1,
    quantity: 1,
    photos: [],
    deployedAt: NOW,
    revision: 1,
  };
}

/** What is asked of a collection from now on, until it is told. */
function commandsOn(collection: string): () => readonly string[] {
  const commands: string[] = [];
  const enough = hearCommands(({ command, commandName }) => {
    if (command[commandName] === collection) commands.push(commandName);
  });
  return () => {
    enough();
    return commands;
  };
}

describe.each(servers())('tapped cards on the $name server', ({ uri }) => {
  useModels(uri, { watched: true });
  let made = 0;

  /** A card that DingTalk has, showing version 1, with nothing to do. */
  async function deliveredCard(): Promise<string> {
    made += 1;
    const outTrackId = `card-${made}`;
    const subject = { kind: 'person', id: 'nok' } as const;
    const card = { outTrackId, kind: 'working', view: 'menu', subject, viewer: 'nok', line: undefined, at: 0 } as const;
    await inTransaction((tx) => addCard(card, tx));
    await inTransaction((tx) => cardWasDelivered(outTrackId, at(1), false, tx));
    return outTrackId;
  }

  const tapOn = (
    outTrackId: string,
    id: string,
    extra: TapUpdate['params']['extra'] = {},
    action = 'menu.open',
  ): TapUpdate => ({
    kind: 'tap',
    id,
    at: NOW,
    outTrackId,
    userId: 'nok',
    params: { action, extra },
  });

  async function applied(tap: TapUpdate, tx: Transaction): Promise<AnswerInFlight> {
    const card = await findTapped(tap, tx);
    const answered = { id: tap.id, at: NOW, until: NOW + QUIET_MS, applies: TAPS_KEPT.person, seen: card };
    return (await beginAnswer(card?.outTrackId ?? '', answered, { view: 'help' }, tx)).answer;
  }

  /** `work` as the work of a tap that may write its card alone, with what it turned out to be each time. */
  async function asSingleWrite<T>(work: (tx: Transaction) => Promise<T>, givenUp?: AbortSignal) {
    const was: boolean[] = [];
    const mayBeSingle = { isLikely: () => true, was: (single: boolean) => void was.push(single) };
    return { result: await inTransaction(work, { mayBeSingle, givenUp }), was };
  }

  it('a tap that writes nothing but its card is two trips, and fifty of it at once are one', async () => {
    const card = await deliveredCard();
    const asked = commandsOn('cards');
    const { was } = await asSingleWrite((tx) => applied(tapOn(card, 'tap-1'), tx));
    expect([asked(), was]).toEqual([['aggregate', 'findAndModify'], []]);
    const again = tapOn(card, 'tap-2');
    const crowd = Array.from({ length: CROWD }, () => asSingleWrite((tx) => applied(again, tx)));
    const outcomes = await Promise.allSettled(crowd);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await findCard(card)).toMatchObject({ wanted: 3 });
  });

  it('brings whoever is in the team of a supervisor who asks for it, and of nobody else', async () => {
    const card = await deliveredCard();
    await inTransaction(async (tx) => {
      for (const [userId, supervisorId] of [
        ['nok', undefined],
        ['kwan', 'nok'],
        ['bee', 'ploy'],
      ] as const) {
        await meetPerson(userId, 'Nok', tx);
        await changePerson(userId, { supervisorId, isoId: 'iso' }, tx);
      }
    });
    const asked = commandsOn('peoples');
    await inTransaction(async (tx) => {
      await findTapped(tapOn(card, 'tap-1', {}, 'team.failed'), tx);
      expect((await teamOf('nok', 'iso', tx)).map(({ userId }) => userId)).toEqual(['kwan']);
      expect(await teamOf('nok', 'another', tx)).toEqual([]);
    });
    expect(asked()).toEqual([]);
  });

  it('what changed on the card since it was read is kept, and the tap goes by it', async () => {
    const card = await deliveredCard();
    const seen: (number | undefined)[] = [];
    await asSingleWrite(async (tx) => {
      const found = await findTapped(tapOn(card, 'tap-1'), tx);
      seen.push(found?.wanted);
      if (seen.length === 1) await inTransaction((other) => wantCard(card, { view: 'language' }, other));
      const answered = { id: 'tap-1', at: NOW, until: NOW + QUIET_MS, applies: TAPS_KEPT.person, seen: found };
      await beginAnswer(card, answered, { line: { key: 'notice.oldCard' } }, tx);
    });
    expect(seen).toEqual([1, 2]);
    expect(await findCard(card)).toMatchObject({ view: 'language', wanted: 3 });
  });

  it('a tap that writes something else is begun anew in a transaction, also where it did not hear of that', async () => {
    const card = await deliveredCard();
    const other = await deliveredCard();
    const killed = asSingleWrite(async (tx) => {
      await findTapped(tapOn(card, 'tap-1'), tx);
      await wantCard(other, { view: 'help' }, tx).catch(() => undefined);
      await applied(tapOn(card, 'tap-1'), tx);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    for (const one of [card, other]) expect(await findCard(one)).toMatchObject({ wanted: 1 });
    const { was } = await asSingleWrite(async (tx) => {
      await wantCard(other, { view: 'help' }, tx);
      await applied(tapOn(card, 'tap-1'), tx);
    });
    expect(was).toEqual([false, false]);
    for (const one of [card, other]) expect(await findCard(one)).toMatchObject({ view: 'help', wanted: 2 });
  });

  it('a tap that was given up before its one write writes nothing', async () => {
    const card = await deliveredCard();
    const giveUp = new AbortController();
    const given = asSingleWrite(async (tx) => {
      giveUp.abort(new AppError('store.cannotSave', { why: 'silent' }));
      await applied(tapOn(card, 'tap-1'), tx);
    }, giveUp.signal);
    await expect(given).rejects.toMatchObject({ code: 'store.cannotSave' });
    expect(await findCard(card)).toMatchObject({ wanted: 1 });
  });

  it('a tap that comes fifty times at once is applied exactly once, and remembered', async () => {
    const card = await deliveredCard();
    const tap = tapOn(card, 'tap-1');
    const outcomes = await allAtOnce(CROWD, (_, tx) => applied(tap, tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(['tap.duplicate', 'subject.lostRace', 'store.transient']).toEqual(
      expect.arrayContaining(refusals(outcomes)),
    );
    await expect(inTransaction((tx) => applied(tap, tx))).rejects.toMatchObject({ code: 'tap.duplicate' });
    expect([await wasApplied(tap), await wasApplied(tapOn(card, 'tap-2'))]).toEqual([true, false]);
    expect(await findCard(card)).toMatchObject({ wanted: 2 });
  });

  it('a tap that was not committed is applied when it comes again', async () => {
    const card = await deliveredCard();
    const tap = tapOn(card, 'tap-1');
    const broken = inTransaction(async (tx) => {
      await applied(tap, tx);
      throw new Error('killed');
    });
    await expect(broken).rejects.toThrow('killed');
    expect(await wasApplied(tap)).toBe(false);
    await inTransaction((tx) => applied(tap, tx));
    expect(await wasApplied(tap)).toBe(true);
  });

  it('the taps of a minute are remembered, not all of them', async () => {
    const card = await deliveredCard();
    const taps = Array.from({ length: 70 }, (_, n) => tapOn(card, `tap-${n}`));
    for (const tap of taps) await insist((tx) => applied(tap, tx));
    const remembered = await Promise.all(taps.map(wasApplied));
    expect(remembered.indexOf(true)).toBe(6);
    expect(remembered.filter(Boolean)).toHaveLength(64);
  });

  it('a tap that a release before this one noted apart from its card is known', async () => {
    const card = await deliveredCard();
    await mongoose.connection.collection<{ _id: string }>('taps').insertOne({ _id: 'tap-before' });
    const again = inTransaction((tx) => applied(tapOn(card, 'tap-before'), tx));
    await expect(again).rejects.toMatchObject({ code: 'tap.duplicate' });
  });

  it('whoever taps is found as they were read with the card, and as they are once something was written', async () => {
    const card = await deliveredCard();
    await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
    await inTransaction(async (tx) => {
      // ids that are fields in the words of the store bring nothing
      await findTapped(tapOn(card, 'tap-1', { draft: '$viewer', item: '$' }), tx);
      expect(await findPerson('nok', tx)).toMatchObject({ name: 'Nok' });
      await mongoose.connection
        .collection<{ _id: string }>('peoples')
        .updateOne({ _id: 'nok' }, { $set: { role: 'ADMIN' } }, { session: tx });
      expect(await findPerson('nok', tx)).toMatchObject({ role: 'STAFF' });
      await meetPerson('lek', 'Lek', tx);
      expect(await findPerson('nok', tx)).toMatchObject({ role: 'ADMIN' });
    });
    await inTransaction(async (tx) => expect(await findPerson('nok', tx)).toMatchObject({ role: 'ADMIN' }));
  });

  it('a tap that names a task has what hangs on it with its first command, and none of it is asked again', async () => {
    const card = await deliveredCard();
    await inTransaction(async (tx) => {
      await meetPerson('nok', 'Nok', tx);
      await addTask(TASK, tx);
      await addSpots([spotAt('spot-1'), spotAt('spot-2')], tx);
    });
    const asked: string[] = [];
    const enough = hearCommands(({ commandName }) => asked.push(commandName));
    const found = await inTransaction(async (tx) => {
      await findTapped(tapOn(card, 'tap-task', { task: TASK.taskId }), tx);
      const task = await findTask(TASK.taskId, tx);
      const { spotRefs = [] } = task ?? {};
      return [
        task?.taskId,
        await findStore('shop-1', tx),
        (await findSpots(spotRefs, tx)).map(({ spotId }) => spotId),
        await bindingsOfSpots(spotRefs, tx),
        await findItem(TASK.taskId, tx),
      ];
    });
    enough();
    expect(found).toEqual([TASK.taskId, undefined, ['spot-1', 'spot-2'], [], undefined]);
    expect(asked).toEqual(['aggregate', 'commitTransaction']);
  });

  it('what is drawn after a tap knows what it wrote, and asks again what it only read, with what it asks besides', async () => {
    const card = await deliveredCard();
    const drawn = async (between: () => Promise<void>) => {
      const seen = await inTransaction(async (tx) => {
        await findTapped(tapOn(card, `tap-${between.name}`, { task: TASK.taskId }), tx);
        await changePerson('nok', { language: 'th' }, tx);
        return seenIn(tx);
      });
      await between();
      const told = seen();
      const asked: string[] = [];
      const enough = hearCommands(({ commandName }) => asked.push(commandName));
      const [person, task] = [await findPerson('nok', told), await findTask(TASK.taskId, told)];
      const [holds] = await Promise.all([told.holds(), findStore('shop-2', told)]);
      enough();
      return [person?.language, task?.storeName, holds, asked];
    };
    expect(await drawn(async () => undefined)).toEqual(['th', 'Baan Coffee', true, ['aggregate']]);
    const renamed = await drawn(async function renamed() {
      const task = await findTask(TASK.taskId);
      const { namedAssignee, ...facts } = TASK;
      if (task !== undefined)
        await inTransaction((tx) => changeTask(task, { facts: { ...facts, storeName: 'Baan Tea' } }, tx));
    });
    expect(renamed).toEqual(['th', 'Baan Coffee', false, ['aggregate']]);
  });

  it('answers that end at once are each known or not by themselves', async () => {
    const cards = [await deliveredCard(), await deliveredCard(), await deliveredCard(), await deliveredCard()];
    const answerAll = (ids: readonly string[], tap: string) =>
      Promise.all(ids.map((id) => beginAnswer(id, { id: tap, at: NOW, until: NOW + QUIET_MS })));
    const [fresh = '', other = '', behind = '', lost = ''] = cards;
    const begun = await answerAll(cards, 't1');
    await insist((tx) => wantCard(behind, { view: 'help' }, tx));
    const ends = begun.map(({ answer }) => {
      const shown = answer.outTrackId === lost ? undefined : at(1, 'new');
      return { answer, shown, formOpen: true };
    });
    const written = commandsOn('cards');
    expect((await finishAnswers(ends)).map(({ needsPut }) => needsPut)).toEqual([false, false, true, true]);
    // all at once, then which of them was behind, and that one alone: the others may have been tapped again
    expect(written()).toEqual(['update', 'find', 'update', 'update']);
    for (const card of [fresh, other, behind])
      expect(await findCard(card)).toMatchObject({ shown: at(1, 'new'), formOpen: true });
    expect((await findCard(lost))?.shown).toBeUndefined();
    const again = await answerAll([fresh, other], 't2');
    const both = await finishAnswers(again.map(({ answer }) => ({ answer, shown: at(1), formOpen: false })));
    expect(both).toEqual([{ needsPut: false }, { needsPut: false }]);
    for (const card of [fresh, other]) expect(await findCard(card)).toMatchObject({ shown: at(1), formOpen: false });
  });

  it('that many answers left is noted by few commands', async () => {
    const cards = await Promise.all(Array.from({ length: 40 }, deliveredCard));
    const begun = await Promise.all(cards.map((id) => beginAnswer(id, { id: 't1', at: NOW, until: NOW + QUIET_MS })));
    // the second time others tap meanwhile: what ends next is waited for
    for (const [othersTap, most] of [
      [false, 8],
      [true, 2],
    ] as const) {
      const note = createAnswerNotes(() => othersTap);
      const written = commandsOn('cards');
      const ends = begun.map(({ answer }) => ({ answer, shown: at(1, 'new'), formOpen: false }));
      const noted = await Promise.all(ends.map((end) => note(end)));
      expect(written().length).toBeLessThanOrEqual(most);
      expect(noted.filter(({ needsPut }) => needsPut)).toEqual([]);
    }
    for (const card of cards) expect(await findCard(card)).toMatchObject({ shown: at(1, 'new') });
  });
});
