import { beforeEach, expect, it } from 'vitest';
import { database, forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';
const has = async () => (await findIsoByEmail(MANGO))?.todos ?? false;

it('an operator gives the people of an ISO to-dos, and takes them back', async () => {
  await typed(`iso create --email ${MANGO} --name Mango --time-zone UTC`);
  expect((await typed('iso todos list')).out).toContain(`${MANGO}  Mango  none`);
  expect((await typed(`iso todos on ${MANGO}`)).out).toContain('People of Mango get a to-do of what failed.');
  expect([(await typed('iso todos list')).out, await has()]).toEqual([`${MANGO}  Mango  to-dos`, true]);
  expect((await typed(`iso todos off ${MANGO}`)).out).toContain('People of Mango get no to-dos.');
  expect(await has()).toBe(false);
  const noted = await database().collection('audit').find({ what: 'iso.todos' }).toArray();
  expect(noted.map(({ details }) => details)).toEqual([{ todos: 'yes' }, { todos: 'no' }]);
});

it('an ISO that is not there has none', async () => {
  expect((await typed('iso todos on nobody@iso.example')).exit).not.toBe(0);
});
