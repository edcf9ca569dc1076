import { beforeEach, describe, expect, it } from 'vitest';
import { leaveBehind, takeUpAgain } from '../../handlers/hand-over/leave-behind.ts';
import { handsOf, openWorkOf, workWithoutHands } from '../../handlers/hand-over/open-work.ts';
import { changeMembership } from '../../handlers/people/change-member.ts';
import { findAppeal } from '../../models/appeals.ts';
import { findDraft } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { findItem } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { accountOf, addTestAccount, changeAccount, findTestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { onAppeal, onItem, onModification, tap } from '../review/thumb.ts';
import { hire, NOW } from '../support/shop-under-review.ts';
import { begins, failedDoor, giveOn, taskFor, within } from './hands.ts';

useModels(process.env.REALDB_URI);

const PEOPLE = ['nok', 'lek', 'dao', 'boss'] as const;
let round = 0;
const iso = 'iso';
/** Ids of this test alone. */
const own = (name: string): string => `${name}${round}`;

beforeEach(async () => {
  round += 1;
  for (const name of PEOPLE) await hire(own(name));
  await inTransaction((tx) => changePerson(own('boss'), { role: 'ADMIN' }, tx));
});

/** Gives on, as an admin by the form; answers what is shown. */
const give = (work: string, what: readonly string[], to: string, by = own('boss')) => giveOn(by, work, { what, to });
const leaves = (userId: string) => within(userId, (ctx) => leaveBehind(ctx, ctx.person));
const nobodys = async () => (await workWithoutHands({ isoId: iso, now: NOW })).map(({ id }) => id);
const openOf = async (userId: string) => (await openWorkOf(userId, { isoId: iso, now: NOW })).map(({ id }) => id);

describe('Give to…', () => {
  it('a begun promotion goes on in other hands, and stays its author’s', async () => {
    await begins(own('nok'), own('draft'));
    await give(`person/${own('nok')}`, [`draft:${own('draft')}`], own('lek'));
    expect(await findDraft(own('draft'))).toMatchObject({
      ownerId: own('lek'),
      staffId: own('nok'),
      formerId: own('nok'),
    });
    expect(await openOf(own('lek'))).toEqual([own('draft')]);
    const resume = {
      params: { subject: { kind: 'person', id: own('lek') }, version: 0, extra: { draft: own('draft') } },
    } as const;
    expect(await tap('promotion.resume', { ...resume, by: own('nok') })).toBe('menu line.gone');
    expect(await tap('promotion.resume', { ...resume, by: own('lek') })).toBe('promotion');
  });

  it('what is given to somebody who began the same shop stands beside it (domain A.12-10)', async () => {
    await begins(own('nok'), own('hers'), 'TH|baan');
    await begins(own('lek'), own('his'), 'TH|baan');
    await give(`person/${own('nok')}`, ['all'], own('lek'));
    expect((await openOf(own('lek'))).toSorted()).toEqual([own('hers'), own('his')].toSorted());
  });

  it('a failure goes with what was begun about it: the new owner goes on with the modification, or the appeal', async () => {
    const modified = await failedDoor(own('nok'), own('modified'));
    await tap('review.modify', { ...(await onItem(modified)), by: own('nok') });
    const appealed = await failedDoor(own('nok'), own('appealed'));
    await tap('review.appeal', { ...(await onItem(appealed)), by: own('nok') });
    await give(`person/${own('nok')}`, ['all'], own('lek'));
    expect(await findItem(modified)).toMatchObject({ ownerId: own('lek'), staffId: own('nok'), state: 'MODIFYING' });
    const { draftId } = await onModification(modified);
    expect(await findDraft(draftId)).toMatchObject({ ownerId: own('lek'), state: 'OPEN' });
    const { appealId, ...onIt } = await onAppeal(appealed);
    expect(await findAppeal(appealId)).toMatchObject({ ownerId: own('lek'), userId: own('nok') });
    expect(await tap('review.modify', { ...(await onItem(modified)), by: own('lek') })).toBe('promotion');
    expect(await tap('review.appealWhy', { ...onIt, by: own('lek') })).toBe('review.appealWhy');
  });

  it('whoever had it in hand has nothing in hand any more, and both read one sentence', async () => {
    await begins(own('nok'), own('draft'));
    const resume = { subject: { kind: 'person', id: own('nok') }, version: 0, extra: { draft: own('draft') } } as const;
    await tap('promotion.resume', { by: own('nok'), params: resume });
    expect((await findPerson(own('nok')))?.currentWork).toMatchObject({ id: own('draft') });
    await give(`person/${own('nok')}`, ['all'], own('lek'));
    expect(await findPerson(own('nok'))).toMatchObject({ currentWork: undefined });
  });

  it('by two admins at once to two people: one has it', async () => {
    await hire(own('boss2'));
    await inTransaction((tx) => changePerson(own('boss2'), { role: 'ADMIN' }, tx));
    await begins(own('nok'), own('draft'));
    const both = [
      give(`person/${own('nok')}`, ['all'], own('lek')),
      give(`person/${own('nok')}`, ['all'], own('dao'), own('boss2')),
    ];
    await Promise.all(both);
    const { ownerId, formerId } = (await findDraft(own('draft'))) ?? {};
    expect([own('lek'), own('dao')]).toContain(ownerId);
    expect(formerId).toBe(own('nok'));
  });

  it('by nobody else than an admin of that ISO, and to nobody who is not at work there', async () => {
    await begins(own('nok'), own('draft'));
    await hire(own('stranger'), 'other');
    await inTransaction((tx) => changePerson(own('stranger'), { role: 'ADMIN' }, tx));
    await give(`person/${own('nok')}`, ['all'], own('stranger'));
    await give(`person/${own('nok')}`, ['all'], own('stranger'), own('stranger'));
    expect(await findDraft(own('draft'))).toMatchObject({ ownerId: own('nok') });
  });
});

describe('a task', () => {
  it('is not given to whoever promoted that shop while there is somebody else at work', async () => {
    await taskFor(own('lek'), own('task'), [own('dao')]);
    await give(`tasks/${iso}`, [`inspection:${own('task')}`], own('dao'));
    expect(await findTask(own('task'))).toMatchObject({ assigneeId: own('lek') });
    await give(`tasks/${iso}`, [`inspection:${own('task')}`], own('nok'));
    expect(await findTask(own('task'))).toMatchObject({ assigneeId: own('nok'), formerId: own('lek') });
  });

  it('is given back with why, and waits for an admin: nobody is offered it', async () => {
    await taskFor(own('lek'), own('task'));
    const subject = { kind: 'inspection', id: own('task') } as const;
    const on = { by: own('lek'), params: { subject, version: 1 } };
    expect(await tap('inspection.giveBack', on)).toBe('inspection.giveBack');
    const why = { ...on, params: { ...on.params, form: { giveBack: 'TOO_FAR' } } };
    expect(await tap('inspection.giveBackSure', why)).toBe('inspection.tasks line.givenBack');
    expect(await findTask(own('task'))).toMatchObject({
      assigneeId: undefined,
      formerId: own('lek'),
      givenBack: 'TOO_FAR',
    });
    expect(await nobodys()).toContain(own('task'));
    const open = { params: { subject, version: 1, extra: { task: own('task') } } };
    for (const name of ['lek', 'dao'] as const) {
      await tap('inspection.open', { ...open, by: own(name) });
      expect((await findPerson(own(name)))?.currentWork).toBeUndefined();
    }
    expect(await tap('inspection.giveBackSure', why)).toBe('inspection');
    await give(`nobody/${iso}`, [`inspection:${own('task')}`], own('dao'));
    expect(await findTask(own('task'))).toMatchObject({ assigneeId: own('dao'), givenBack: undefined });
  });
});

describe('whoever works there no more', () => {
  it('leaves all to the supervisor who is at work there', async () => {
    const door = await failedDoor(own('nok'), own('shop'));
    await begins(own('nok'), own('draft'));
    await inTransaction((tx) => changePerson(own('nok'), { supervisorId: own('boss') }, tx));
    await leaves(own('nok'));
    expect(await openOf(own('nok'))).toEqual([]);
    expect((await openOf(own('boss'))).toSorted()).toEqual(
      [door, `${own('shop')}`, `${door}.posm`, own('draft')].toSorted(),
    );
    // what is over too: a row may open it again
    expect(await findItem(own('shop'))).toMatchObject({ ownerId: own('boss'), staffId: own('nok') });
  });

  it('without one, to nobody, once told; two begun shops without a name do not stand in each other’s way', async () => {
    const door = await failedDoor(own('nok'), own('shop'));
    for (const name of ['nok', 'lek'] as const) await begins(own(name), own(`draft-${name}`));
    await taskFor(own('nok'), own('task'));
    for (const name of ['nok', 'lek'] as const) await leaves(own(name));
    const left = await nobodys();
    for (const id of [door, own('draft-nok'), own('draft-lek'), own('task')]) expect(left).toContain(id);
    for (const work of await workWithoutHands({ isoId: iso, now: NOW })) expect(handsOf(work)).toBeUndefined();
    await give(`nobody/${iso}`, [`draft:${own('draft-nok')}`, `draft:${own('draft-lek')}`], own('dao'));
    expect((await openOf(own('dao'))).toSorted()).toEqual([own('draft-lek'), own('draft-nok')]);
  });

  it('is removed: what was begun waits for hands, and is neither discarded nor theirs', async () => {
    const door = await failedDoor(own('nok'), own('shop'));
    await begins(own('nok'), own('draft'));
    await within(own('boss'), async (ctx) => {
      const nok = await findPerson(own('nok'), ctx.tx);
      if (nok !== undefined) await changeMembership(ctx, nok, 'remove');
    });
    expect(await openOf(own('nok'))).toEqual([]);
    expect(await nobodys()).toEqual(expect.arrayContaining([door, own('draft')]));
    expect(await findDraft(own('draft'))).toMatchObject({ state: 'OPEN' });
    expect(await findItem(door)).toMatchObject({ staffId: own('nok'), formerId: own('nok') });
  });

  it('gives the test account back', async () => {
    const added = { accountId: own('account'), isoId: iso, name: own('TH'), addedBy: own('boss'), addedAt: NOW };
    const given = { state: 'GIVEN', holderId: own('nok'), givenBy: own('boss'), givenAt: NOW } as const;
    await inTransaction(async (tx) => await changeAccount(await addTestAccount(added, tx), given, tx));
    await leaves(own('nok'));
    expect(await accountOf(own('nok'), iso)).toBeUndefined();
    const back = { state: 'RETURNED', back: 'left', lastHolderId: own('nok') };
    expect(await findTestAccount(own('account'))).toMatchObject(back);
  });

  it('and is back finds again what nobody has taken up meanwhile', async () => {
    for (const draft of ['taken', 'waits']) await begins(own('nok'), own(draft), draft);
    await leaves(own('nok'));
    await give(`nobody/${iso}`, [`draft:${own('taken')}`], own('dao'));
    await within(own('nok'), (ctx) => takeUpAgain(ctx, ctx.person));
    expect(await openOf(own('nok'))).toEqual([own('waits')]);
    expect(await openOf(own('dao'))).toEqual([own('taken')]);
  });
});
