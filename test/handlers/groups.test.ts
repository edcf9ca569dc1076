import { expect, it } from 'vitest';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { findGroup } from '../../models/groups.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO, MORNING } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const GROUP = 'group-1';
const APPROVED = {
  revision: 1,
  decision: 'APPROVED',
  reasonCodes: [],
  decidedAt: MORNING,
  dataDate: '20261123',
  text: undefined,
  language: undefined,
  sourceRowKey: 'row',
} as const;

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
  await admin.taps({ action: 'group.language' });
  await admin.taps({ action: 'group.language', language: 'th' });
  expect((await findGroup(GROUP))?.language).toBe('th');
  await admin.taps({ action: 'group.unbind' });
  expect(await stateOf()).toBe('ASKED');
});

it('an admin says from when on it comes, and that nights and days off are quiet', async () => {
  const { admin, nok } = await askedFor();
  await admin.taps({ action: 'group.bind' });
  await admin.taps('18:00');
  await admin.sees('✓ 18:00', 'From 18:00 on');
  await admin.taps({ action: 'group.quiet' });
  await admin.sees(wordsOf('group.quietHours'));
  expect(await findGroup(GROUP)).toMatchObject({ hour: 18, quiet: true });
  await nok.taps({ action: 'group.hour', hour: '8' });
  expect((await findGroup(GROUP))?.hour).toBe(18);
  await admin.taps({ action: 'group.hour', hour: '' });
  await admin.taps({ action: 'group.quiet' });
  const group = await findGroup(GROUP);
  expect([group?.hour, group?.quiet]).toEqual([undefined, undefined]);
});

it.each([true, false])(
  'a digest waits for the hour of its group, and for none that has stopped it (%s)',
  async (stops) => {
    const { admin } = await askedFor();
    await admin.taps({ action: 'group.bind' });
    await admin.taps({ action: 'group.hour', hour: '18' });
    const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
    await inTransaction(async (tx) => {
      await addItems([submittedSpot('door', { isoId, submittedAt: MORNING - 86_400_000 })], tx);
      const item = await findItem('door', tx);
      if (item !== undefined) await changeItem(item, { state: 'APPROVED', judgement: APPROVED }, tx);
    });
    await tellDigest(world().clock, { isoId, dataDate: '20261123', timeZone: 'Asia/Shanghai' });
    await world().sweep();
    const told = async () =>
      (await admin.cards()).filter(({ text }) => wordsOf('button.openMyResults').test(text)).length;
    await world().advance(7 * 3_600_000);
    expect(await told()).toBe(0);
    if (stops) await admin.taps({ action: 'group.unbind' });
    await world().advance(2 * 3_600_000);
    expect(await told()).toBe(stops ? 0 : 1);
  },
);

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
  await nok.taps({ action: 'group.language' });
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
  await admin.taps({ action: 'group.language' });
  await admin.taps({ action: 'group.language', language: 'th' });
  await alone.taps({ action: 'team.stopGroup' }, { on: old });
  expect(await stateOf()).toBe('BOUND');
  await alone.taps({ action: 'team.stopGroup' });
  expect(await stateOf()).toBe('ASKED');
});
