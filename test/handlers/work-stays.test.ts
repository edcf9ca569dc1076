import { beforeEach, expect, it } from 'vitest';
import { memberGone } from '../../handlers/association/membership.ts';
import { giveWork } from '../../handlers/hand-over/give-work.ts';
import { openWorkOf, workWithoutHands } from '../../handlers/hand-over/open-work.ts';
import { notePromoter } from '../../handlers/inspection/note-promoter.ts';
import { changeMembership } from '../../handlers/people/change-member.ts';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { tasksFor } from '../../models/task-lists.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { hire, itemOf, NOW } from '../support/shop-under-review.ts';
import { begins, failedDoor, isFound, personOf, taskFor, within } from './hands.ts';

useModels(process.env.REALDB_URI);

const PHONE = '+66812344821';
let round = 0;
/** Ids of this test alone. */
const own = (name: string): string => `${name}-${round}`;
const when = { isoId: 'iso', now: NOW };
const openOf = async (name: string) => (await openWorkOf(own(name), when)).map(({ id }) => id);
const nobodys = async () => (await workWithoutHands(when)).map(({ id }) => id);

beforeEach(async () => {
  round += 1;
  for (const name of ['nok', 'lek', 'boss']) await hire(own(name));
  await inTransaction((tx) => changePerson(own('boss'), { role: 'ADMIN' }, tx));
});

/** Somebody with this number is let in, or is invited and has not come. */
async function associated(requestId: string, of: { readonly userId?: string; readonly phone: string }): Promise<void> {
  const asked = { requestId, isoId: 'iso', name: 'Nok', at: NOW, channel: 'INVITE', approvedBy: own('boss') } as const;
  await inTransaction((tx) => addAssociations([{ ...asked, ...of }], tx));
  await inTransaction(async (tx) => {
    const added = await findAssociation(requestId, tx);
    if (added === undefined) throw new Error('not added');
    const to =
      of.userId === undefined ? ({ state: 'INVITED', invitedAt: NOW } as const) : ({ state: 'ACTIVE' } as const);
    await moveAssociation(added, { ...to, decidedBy: own('boss'), decidedAt: NOW }, tx);
  });
}

it('a number that is somebody else’s by now brings them nothing of what the first had open', async () => {
  const place = { country: 'TH', timeZone: 'UTC', language: 'en' } as const;
  await inTransaction((tx) =>
    addIso({ isoId: 'iso', email: 'i@x.example', name: 'Lotus', joinToken: 't', ...place }, tx),
  );
  await associated(own('first'), { userId: own('nok'), phone: PHONE });
  const door = await failedDoor(own('nok'), own('shop'));
  await begins(own('nok'), own('draft'));
  await within(own('nok'), memberGone);
  expect(await nobodys()).toEqual(expect.arrayContaining([door, own('draft')]));
  await inTransaction((tx) => meetPerson(own('other'), 'Other', tx));
  await isFound(own('other'), PHONE);
  expect(await personOf(own('other'))).toMatchObject({ state: 'UNKNOWN' });
  // the userId is somebody’s with another number: not the one who left
  await isFound(own('nok'), '+66899999999');
  expect(await personOf(own('nok'))).toMatchObject({ state: 'SUSPENDED' });
  await within(own('boss'), async (ctx) => void (await changeMembership(ctx, await personOf(own('nok')), 'remove')));
  await associated(own('second'), { phone: PHONE });
  await isFound(own('other'), PHONE);
  expect(await personOf(own('other'))).toMatchObject({ state: 'ACTIVE', isoId: 'iso' });
  expect(await openOf('other')).toEqual([]);
  const opened = { by: own('other'), params: (await onItem(door)).params };
  expect(await tap('review.modify', opened)).not.toContain('promotion');
  expect(await openOf('nok')).toEqual([]);
  expect(await nobodys()).toEqual(expect.arrayContaining([door, own('draft')]));
});

it('what is killed while it is given on stays where it was, all of it', async () => {
  const door = await failedDoor(own('nok'), own('shop'));
  await tap('review.modify', { ...(await onItem(door)), by: own('nok') });
  await begins(own('nok'), own('draft'));
  const [before, had] = [await itemOf(door), await openOf('nok')];
  const killed = within(own('nok'), async (ctx) => {
    const what = await openWorkOf(own('nok'), when, ctx.tx);
    await giveWork(ctx, { what, to: await personOf(own('lek')), from: ctx.person });
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  expect(await openOf('nok')).toEqual(had);
  expect(await openOf('lek')).toEqual([]);
  expect(await itemOf(door)).toEqual(before);
});

it('a task of nobody is offered to everybody but whoever sends something of that shop, from then on', async () => {
  await taskFor(undefined, own('task'), [own('boss')]);
  const offered = async (name: string) =>
    (await tasksFor({ userId: own(name), ...when }, { skip: 0, limit: 50 })).map(({ taskId }) => taskId);
  expect(await offered('lek')).toContain(own('task'));
  await within(own('nok'), (ctx) => notePromoter(ctx, { isoId: 'iso', storeId: 'elsewhere' }, own('nok'), own('lek')));
  for (const name of ['nok', 'lek', 'boss']) expect(await offered(name)).not.toContain(own('task'));
  await hire(own('dao'));
  expect(await offered('dao')).toContain(own('task'));
});

it('a task of whoever sends something of that shop afterwards is offered to the others, unless it is begun', async () => {
  await taskFor(own('nok'), own('waits'));
  await taskFor(own('nok'), own('begun'));
  await inTransaction(async (tx) => {
    const begun = await findTask(own('begun'), tx);
    if (begun !== undefined) await changeTask(begun, { state: 'STARTED' }, tx);
  });
  await within(own('nok'), (ctx) => notePromoter(ctx, { isoId: 'iso', storeId: 'elsewhere' }, own('nok')));
  expect(await openOf('nok')).toEqual([own('begun')]);
  expect(await findTask(own('begun'))).toMatchObject({ assigneeId: own('nok'), promoters: [own('nok')] });
  const offered = async (name: string) =>
    (await tasksFor({ userId: own(name), ...when }, { skip: 0, limit: 50 })).map(({ taskId }) => taskId);
  expect(await offered('lek')).toContain(own('waits'));
  expect(await offered('nok')).not.toContain(own('waits'));
  expect(await nobodys()).not.toContain(own('waits'));
});

it('where nobody else is at work there, it stays theirs', async () => {
  await inTransaction((tx) => changePerson(own('nok'), { isoId: own('alone') }, tx));
  await taskFor(own('nok'), own('task'), [], own('alone'));
  await within(own('nok'), (ctx) => notePromoter(ctx, { isoId: own('alone'), storeId: 'elsewhere' }, own('nok')));
  expect(await findTask(own('task'))).toMatchObject({ assigneeId: own('nok'), promoters: [own('nok')] });
});
