import { expect, it } from 'vitest';
import { addAssociations, associationsOfIso } from '../../models/associations.ts';
import { database } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const isoIdOf = async () => (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';

/** So many wait for the admin's decision. */
async function wait(count: number): Promise<void> {
  const isoId = await isoIdOf();
  const { clock } = world();
  const asked = Array.from({ length: count }, (_, index) => ({
    requestId: `guest-${index}`,
    isoId,
    name: `Guest ${index}`,
    phone: `+6681555000${index}`,
    channel: 'QR' as const,
    at: clock.now() + index,
  }));
  await inTransaction((tx) => addAssociations(asked, tx));
}

/** The admin in the team, at the end of these buttons. */
async function inTeam(...actions: readonly string[]) {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', ...actions]) await admin.taps({ action });
  return admin;
}
const statesOf = async () =>
  (await associationsOfIso(await isoIdOf(), ['PENDING', 'APPROVED', 'INVITED', 'REJECTED'])).map(({ state }) => state);

it('those who wait stand on pages, the longest first', async () => {
  await wait(8);
  const admin = await inTeam('team.requests');
  await admin.sees('Guest 0', 'Page 1 of 2');
  await admin.taps({ action: 'team.requests', page: '2' });
  await admin.sees('Guest 6', 'Guest 7', 'Page 2 of 2');
});

it('a page that is not there is the one nearest to it', async () => {
  await wait(8);
  const admin = await inTeam('team.requests');
  const { outTrackId } = await admin.card();
  for (const [page, said] of [
    ['99', 'Page 2 of 2'],
    ['-3', 'Page 1 of 2'],
    ['x', 'Page 1 of 2'],
  ] as const) {
    const params = { action: 'team.requests', page };
    await world().receive(world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params }));
    await admin.sees(said);
  }
});

it('all who are ticked are approved; who was decided meanwhile, or is of another ISO, stays as it is', async () => {
  await wait(3);
  const admin = await inTeam('team.requests');
  const { outTrackId } = await admin.card();
  const form = { who: ['guest-0', 'guest-0', 'guest-2', 'nobody'] };
  await world().receive(
    world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params: { action: 'team.approve', form } }),
  );
  await admin.sees('2 approved');
  expect((await statesOf()).toSorted()).toEqual(['INVITED', 'INVITED', 'PENDING']);
});

it('an invitation of nobody says what is missing', async () => {
  const admin = await inTeam('team.more', 'team.invite');
  await admin.fills({});
  expect((await findPerson('admin1'))?.typed?.problems).toMatchObject([{ field: 'name', code: 'nobodyNamed' }]);
  await admin.sees('Name: write a name and a phone no., or a list.');
});

it('an invitation by a list alone misses no name, and one by name no list', async () => {
  const admin = await inTeam('team.more', 'team.invite');
  await admin.fills({ list: 'Som Jai 081 234 5099' });
  await admin.sees('✓ 1 invited.');
  await admin.fills({ name: 'Dao', phone: '081 234 5098' });
  await admin.sees('✓ 1 invited.');
  expect((await findPerson('admin1'))?.typed?.problems).toEqual([]);
});

it.each([
  ['a phone that is none', { name: 'Som', phone: 'x' }, [{ field: 'phone', code: 'notAPhone' }]],
  ['no phone', { name: 'Som', phone: '' }, [{ field: 'phone', code: 'required' }]],
  ['no name', { name: '', phone: '081 234 5099' }, [{ field: 'name', code: 'required' }]],
])('an invitation with %s comes back as typed, and nobody is invited', async (_what, typed, problems) => {
  const admin = await inTeam('team.more', 'team.invite');
  await admin.fills(typed);
  expect((await findPerson('admin1'))?.typed).toMatchObject({ problems, values: typed });
  expect(world().platform.invited).toEqual([]);
});

it('who is invited twice is invited once', async () => {
  const admin = await inTeam('team.more', 'team.invite');
  for (const _ of [1, 2]) await admin.fills({ name: 'Som Jai', phone: '081 234 5099' });
  expect(world().platform.invited).toEqual([{ name: 'Som Jai', mobile: '+66-812345099' }]);
  await admin.sees('Som Jai');
});

it('a search finds by name in any case, and is forgotten when the list is opened anew', async () => {
  for (const userId of ['nok', 'lek', 'dao', 'mali', 'som', 'kit', 'fon']) await world().hires(userId);
  const admin = await inTeam('team.people');
  await admin.taps({ action: 'team.search' });
  await admin.fills({ find: 'MALI' });
  const found = await admin.card();
  expect(found.text).toContain('Mali');
  expect(found.text).not.toContain('Nok');
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  expect((await findPerson('admin1'))?.typed).toBeUndefined();
});

it('a search by a number as it is typed there reads it as one of the country of the ISO', async () => {
  await database()
    .collection('isos')
    .updateOne({ email: DEMO_ISO }, { $set: { country: 'VN' } });
  for (const userId of ['nok', 'lek', 'dao', 'mali', 'som', 'kit', 'fon']) await world().hires(userId);
  const admin = await inTeam('team.more', 'team.invite');
  // a mobile number of both countries
  await admin.fills({ name: 'Bao Tran', phone: '091 234 56 78' });
  expect(world().platform.invited).toEqual([{ name: 'Bao Tran', mobile: '+84-912345678' }]);
  const people = await inTeam('team.people');
  await people.taps({ action: 'team.search' });
  await people.fills({ find: '091 234 56 78' });
  await people.sees('Bao Tran');
});

it('who is no admin any more sees nothing of a list that still stands in the chat', async () => {
  await wait(2);
  const admin = await inTeam('team.requests');
  const list = await admin.card();
  await world().hires('admin1', { role: 'STAFF' });
  await admin.taps({ action: 'team.request' }, { on: list });
  expect((await admin.card()).text).not.toContain('Guest');
});
