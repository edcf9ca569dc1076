import { expect, it } from 'vitest';
import { findGroup } from '../../models/groups.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const GROUP = 'group-1';

/** The admin has asked for the digest in a group. */
async function askedFor() {
  const admin = world().person('admin1').inGroup(GROUP);
  await admin.says('digest');
  return { admin, nok: (await world().hires('nok')).inGroup(GROUP) };
}
const stateOf = async () => (await findGroup(GROUP))?.state;

it('an admin has the digest sent to a group, in its language, and stops it', async () => {
  const { admin } = await askedFor();
  expect(await stateOf()).toBe('ASKED');
  await admin.taps({ action: 'group.bind' });
  expect(await stateOf()).toBe('BOUND');
  await admin.taps({ action: 'group.language', language: 'th' });
  expect((await findGroup(GROUP))?.language).toBe('th');
  await admin.taps({ action: 'group.unbind' });
  expect(await stateOf()).toBe('ASKED');
});

it('an admin says no: the card says so, and asks again when the bot is mentioned', async () => {
  const { admin } = await askedFor();
  await admin.taps({ action: 'group.decline' });
  await admin.sees(wordsOf('group.declined'));
  expect(await stateOf()).toBe('ASKED');
  await admin.says('digest');
  await admin.sees(wordsOf('group.noNames'));
  await admin.taps({ action: 'group.decline' });
  await admin.taps({ action: 'group.bind' });
  await admin.sees(wordsOf('group.tag'));
  expect(await stateOf()).toBe('BOUND');
});

it('who is no admin changes nothing, and is told so in their own chat', async () => {
  const { admin, nok } = await askedFor();
  await nok.taps({ action: 'group.bind' });
  await nok.taps({ action: 'group.decline' });
  expect(await stateOf()).toBe('ASKED');
  await admin.taps({ action: 'group.bind' });
  await nok.taps({ action: 'group.language', language: 'th' });
  await nok.taps({ action: 'group.unbind' });
  expect(await findGroup(GROUP)).toMatchObject({ state: 'BOUND', language: 'en' });
  await world().person('nok').sees('Only an admin of your ISO');
  await nok.doesNotSee('group.adminOnly');
  await nok.sees(wordsOf('group.adminNote', { iso: 'Lotus Partners' }));
});

it('an admin of another ISO decides nothing there', async () => {
  await askedFor();
  const ploy = world().person('ploy').inGroup(GROUP);
  await ploy.taps({ action: 'group.bind' });
  expect(await stateOf()).toBe('ASKED');
});

it('what is tapped on the card as it was before changes nothing', async () => {
  const { admin } = await askedFor();
  const old = await admin.card();
  await admin.taps({ action: 'group.bind' }, { on: old });
  await admin.taps({ action: 'group.unbind' });
  await admin.taps({ action: 'group.bind' }, { on: old });
  expect(await stateOf()).toBe('ASKED');
});

it('an admin stops it from the list of groups, and not from an old list', async () => {
  const { admin } = await askedFor();
  await admin.taps({ action: 'group.bind' });
  const alone = world().person('admin1');
  await alone.says('menu');
  for (const action of ['team.open', 'team.more', 'team.groups']) await alone.taps({ action });
  const old = await alone.card();
  await admin.taps({ action: 'group.language', language: 'th' });
  await alone.taps({ action: 'team.stopGroup' }, { on: old });
  expect(await stateOf()).toBe('BOUND');
  await alone.taps({ action: 'team.stopGroup' });
  expect(await stateOf()).toBe('ASKED');
});
