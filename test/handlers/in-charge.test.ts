import { beforeEach, describe, expect, it } from 'vitest';
import { EVERYTHING, type HandOverModel } from '../../cards/hand-over.ts';
import { NO_HEIR } from '../../cards/team/member-change.ts';
import { openWorkOf, workWithoutHands } from '../../handlers/hand-over/open-work.ts';
import { loadCard } from '../../handlers/views.ts';
import { findDraft } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { tap } from '../review/thumb.ts';
import { hire, NOW } from '../support/shop-under-review.ts';
import { begins, failedDoor, giveOn, personOf, taskFor } from './hands.ts';

useModels(process.env.REALDB_URI);

let round = 0;
/** Ids of this test alone. */
const own = (name: string): string => `${name}-${round}`;
const become = (name: string, change: PersonChange) => inTransaction((tx) => changePerson(own(name), change, tx));

/** Sam looks after Nok and Lek; Dao is in nobody's team, and Boss is the admin. */
beforeEach(async () => {
  round += 1;
  for (const name of ['nok', 'lek', 'dao', 'sam', 'boss']) await hire(own(name));
  await become('boss', { role: 'ADMIN' });
  await become('sam', { role: 'SUPERVISOR' });
  for (const name of ['nok', 'lek']) await become(name, { supervisorId: own('sam') });
});

async function cardOf(name: string, work: string): Promise<HandOverModel | 'old'> {
  const subject = { kind: 'work', id: work } as const;
  const card = {
    outTrackId: 'card',
    kind: 'working',
    view: 'handOver',
    subject,
    viewer: own(name),
    inGroup: false,
  } as const;
  const drawn = await loadCard(
    { ...card, wanted: 1, formOpen: false, delivered: true },
    await personOf(own(name)),
    NOW,
  );
  return drawn.name === 'handOver' ? drawn.model : 'old';
}

async function shown(name: string, work: string): Promise<HandOverModel> {
  const model = await cardOf(name, work);
  if (model === 'old') throw new Error(`${work} is not shown to ${name}`);
  return model;
}
const keysOf = ({ rows }: HandOverModel) => rows.map(({ key }) => key).toSorted();
const openOf = async (name: string) => (await openWorkOf(own(name), { isoId: 'iso', now: NOW })).map(({ id }) => id);

describe('a supervisor', () => {
  it('sees what their team has open, a person at a time or all its tasks, and gives it within the team', async () => {
    const door = await failedDoor(own('nok'), own('shop'));
    await begins(own('nok'), own('draft'));
    await taskFor(own('lek'), own('task'));
    const model = await shown('sam', `person/${own('nok')}`);
    expect(keysOf(model)).toContain(`item:${door}`);
    expect(model.people.map(({ userId }) => userId)).toEqual([own('lek'), own('sam')]);
    await giveOn(own('sam'), `person/${own('nok')}`, { what: [EVERYTHING], to: own('lek') });
    expect(await openOf('nok')).toEqual([]);
    expect(await openOf('lek')).toEqual(expect.arrayContaining([door, own('draft'), own('task')]));
    expect(keysOf(await shown('sam', 'tasks/iso'))).toEqual([`inspection:${own('task')}`]);
    await giveOn(own('sam'), 'tasks/iso', { what: [`inspection:${own('task')}`], to: own('sam') });
    expect(await openOf('sam')).toEqual([own('task')]);
    // what they got themselves they give on, too
    await giveOn(own('sam'), `person/${own('sam')}`, { what: [EVERYTHING], to: own('nok') });
    expect(await openOf('nok')).toEqual([own('task')]);
  });

  it('neither sees nor gives what is of others, nor gives to them', async () => {
    const door = await failedDoor(own('dao'), own('shop'));
    await begins(own('nok'), own('draft'));
    await begins(own('dao'), own('hers'));
    await taskFor(own('dao'), own('task'));
    for (const work of [`person/${own('dao')}`, `item/${door}`]) expect(await cardOf('sam', work)).toBe('old');
    expect(keysOf(await shown('sam', 'tasks/iso'))).not.toContain(`inspection:${own('task')}`);
    const all = {
      what: [EVERYTHING, `item:${door}`, `inspection:${own('task')}`, `draft:${own('hers')}`],
      to: own('lek'),
    };
    for (const work of [`person/${own('dao')}`, `item/${door}`, 'tasks/iso', 'nobody/iso'])
      await giveOn(own('sam'), work, all);
    expect(await openOf('dao')).toEqual(expect.arrayContaining([door, own('hers'), own('task')]));
    await giveOn(own('sam'), `person/${own('nok')}`, { what: [EVERYTHING], to: own('dao') });
    expect(await findDraft(own('draft'))).toMatchObject({ ownerId: own('nok') });
  });

  it('finds what one of the team gave back among what is without hands, and nothing else of that', async () => {
    for (const name of ['nok', 'dao']) {
      await taskFor(own(name), own(`of-${name}`));
      const subject = { kind: 'inspection', id: own(`of-${name}`) } as const;
      await tap('inspection.giveBackSure', {
        by: own(name),
        params: { subject, version: 1, form: { giveBack: 'NO_TIME' } },
      });
    }
    expect(keysOf(await shown('sam', 'nobody/iso'))).toEqual([`inspection:${own('of-nok')}`]);
    await giveOn(own('sam'), 'nobody/iso', { what: [EVERYTHING], to: own('lek') });
    expect(await findTask(own('of-nok'))).toMatchObject({ assigneeId: own('lek') });
    expect(await findTask(own('of-dao'))).toMatchObject({ assigneeId: undefined });
  });
});

describe('who is paused', () => {
  it('has what falls due within a week ticked first, and nothing of it moves by itself', async () => {
    const door = await failedDoor(own('nok'), own('shop'));
    await begins(own('nok'), own('draft'));
    await become('nok', { state: 'PAUSED', paused: { by: own('boss'), at: NOW } });
    expect(await openOf('nok')).toEqual(expect.arrayContaining([door, own('draft')]));
    expect(await shown('boss', `person/${own('nok')}`)).toMatchObject({ ticked: [`item:${door}`], soon: true });
    await giveOn(own('boss'), `person/${own('nok')}`, { what: [`item:${door}`], to: own('lek') });
    expect(await openOf('lek')).toEqual([door]);
    expect(await shown('boss', `person/${own('nok')}`)).toMatchObject({ soon: false });
  });
});

describe('to whom, among more than a card lists', () => {
  beforeEach(async () => {
    await inTransaction(async (tx) => {
      for (let n = 0; n < 25; n += 1) {
        await meetPerson(own(`one${n}`), `Somchai ${n}`, tx);
        await changePerson(own(`one${n}`), { state: 'ACTIVE', isoId: `big${round}` }, tx);
      }
      await meetPerson(own('zoe'), 'Zoe', tx);
      for (const name of ['zoe', 'nok', 'boss'])
        await changePerson(own(name), { state: 'ACTIVE', isoId: `big${round}`, supervisorId: null }, tx);
    });
  });

  it('is found by a part of the name, with the ticks as they were', async () => {
    const work = `person/${own('nok')}`;
    expect(await shown('boss', work)).toMatchObject({ search: true, find: '' });
    expect((await shown('boss', work)).people).toHaveLength(20);
    await giveOn(own('boss'), work, { what: ['draft:d'], find: 'zo' });
    const found = { find: 'zo', ticked: ['draft:d'], people: [{ userId: own('zoe'), name: 'Zoe' }] };
    expect(await shown('boss', work)).toMatchObject(found);
    await giveOn(own('boss'), work, { what: ['draft:d'], find: 'nobody is called so' });
    expect(await shown('boss', work)).toMatchObject({ people: [], find: 'nobody is called so' });
  });

  it('is whoever is looked for, not who was found before', async () => {
    const work = `person/${own('nok')}`;
    await giveOn(own('boss'), work, { what: ['draft:d'], find: 'zo' });
    expect(await giveOn(own('boss'), work, { what: ['draft:d'], find: 'somchai 3', to: own('zoe') })).toBe('handOver');
    expect((await shown('boss', work)).people.map(({ name }) => name)).toEqual(['Somchai 3']);
  });
});

describe('who is removed', () => {
  const removes = async (heir: string) => {
    const { changes = 0 } = await personOf(own('nok'));
    const subject = { kind: 'memberChange', id: `remove/${own('nok')}` } as const;
    return await tap('team.change', { by: own('boss'), params: { subject, version: changes, form: { heir } } });
  };

  it('leaves what is open to whom the admin chose', async () => {
    await begins(own('nok'), own('draft'));
    await removes(own('dao'));
    expect(await openOf('dao')).toEqual([own('draft')]);
  });

  it('or to nobody, if the admin says so', async () => {
    await begins(own('nok'), own('draft'));
    await removes(NO_HEIR);
    expect((await workWithoutHands({ isoId: 'iso', now: NOW })).map(({ id }) => id)).toContain(own('draft'));
  });

  it('or to their supervisor, where who was chosen works there no more', async () => {
    await begins(own('nok'), own('draft'));
    await become('dao', { state: 'PAUSED' });
    await removes(own('dao'));
    expect(await openOf('sam')).toEqual([own('draft')]);
  });
});
