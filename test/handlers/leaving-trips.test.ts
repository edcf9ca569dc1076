import { expect, it } from 'vitest';
import { leaveBehind } from '../../handlers/hand-over/leave-behind.ts';
import { openWorkOf } from '../../handlers/hand-over/open-work.ts';
import { latestAppealOf } from '../../models/appeals.ts';
import { isTogether } from '../../models/database.ts';
import { findOpenModification } from '../../models/drafts.ts';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { hearCommands } from '../support/hear-commands.ts';
import { hire, NOW } from '../support/shop-under-review.ts';
import { begins, failedDoor, taskFor, within } from './hands.ts';

useModels(process.env.REALDB_URI, { watched: true });

it('all that somebody leaves, and what goes along with it, is asked for by one command and written by another', async () => {
  for (const name of ['nok', 'lek']) await hire(name);
  await inTransaction((tx) => changePerson('nok', { supervisorId: 'lek' }, tx));
  const door = await failedDoor('nok', 'shop');
  await tap('review.modify', { ...(await onItem(door)), by: 'nok' });
  const other = await failedDoor('nok', 'other');
  await tap('review.appeal', { ...(await onItem(other)), by: 'nok' });
  await begins('nok', 'draft');
  await taskFor('nok', 'task');
  const asked: string[] = [];
  const enough = hearCommands(({ commandName }) => asked.push(commandName));
  await within('nok', (ctx) => leaveBehind(ctx, ctx.person));
  enough();
  if (isTogether()) expect(asked).toEqual(['find', 'aggregate', 'bulkWrite', 'commitTransaction']);
  const has = await openWorkOf('lek', { isoId: 'iso', now: NOW });
  expect(has.map(({ id }) => id)).toEqual(expect.arrayContaining([door, 'draft', other, 'task']));
  const modification = await inTransaction((tx) => findOpenModification(door, tx));
  expect([modification?.ownerId, (await latestAppealOf(other))?.ownerId]).toEqual(['lek', 'lek']);
});
