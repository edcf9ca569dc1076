import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addSite } from '../../models/sites.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { StillClock } from '../support/still-clock.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const MANGO = 'mango@iso.example';
const at = new StillClock().now();

it('an operator says how many sites an ISO agreed on for a month, reads how many it has begun, and takes it back', async () => {
  await typed(`iso create --email ${MANGO} --name Mango --time-zone UTC`);
  const { isoId = '' } = (await findIsoByEmail(MANGO)) ?? {};
  const period = new Date(at).toISOString().slice(0, 7);
  await inTransaction((tx) => addSite({ siteId: 's', isoId, period, number: 1, at, draftIds: [] }, tx));
  expect((await typed('iso sites list')).out).toContain(`${MANGO}  Mango  no number agreed`);
  expect((await typed(`iso sites set ${MANGO} 40`)).out).toContain('Mango may begin 40 sites a month');
  expect((await typed('iso sites list')).out).toContain(`Sites a month\n${MANGO}  Mango  1 of 40`);
  expect((await typed(`iso sites none ${MANGO}`)).out).toContain('No quota of sites is kept for Mango');
  expect((await findIsoByEmail(MANGO))?.sites).toBeUndefined();
});

it('only a whole number from 1 on is one', async () => {
  await typed(`iso create --email ${MANGO} --name Mango`);
  for (const wrong of ['0', '-1', '1.5', 'many', '1000001'])
    expect((await typed(`iso sites set ${MANGO} ${wrong}`)).exit).not.toBe(0);
  expect((await findIsoByEmail(MANGO))?.sites).toBeUndefined();
});
