import mongoose from 'mongoose';
import { beforeAll, expect } from 'vitest';
import { addPushed, usageOf } from '../../models/monthly-usage.ts';
import { findPerson } from '../../models/people.ts';
import { monthOf } from '../../src/domain/limits.ts';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const HOUR_MS = 3_600_000;
const GROUP = 'cid-demo';
const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('An admin reads the same day in every list of the team');
const rival = world.person('rival');
beforeAll(async () => {
  // it is the same day for the programme and for the ISO
  await world.advance(24 * HOUR_MS - (((await today()) - 5 * HOUR_MS) % (24 * HOUR_MS)));
  await world.newPerson({ userId: 'rival', name: 'Rival Admin', mobile: '+66-812340177' });
  await employ(world, { userId: 'rival', name: 'Rival Admin', role: 'ADMIN', isoEmail: 'rival@iso.example' });
});

const today = async (): Promise<number> => (await world.sandbox.advance(0)).now;
const refsOf = (collection: string, filter: object): Promise<string[]> =>
  behindTheScenes(world, async () => {
    const rows = mongoose.connection.collection<{ _id: string }>(collection).find(filter);
    return (await rows.toArray()).map(({ _id }) => _id).sort();
  });

/** What the taps of a team would be, by hand, about what is of the demo's ISO. */
async function everyTeamTap(): Promise<Record<string, string>[]> {
  const [item = ''] = await refsOf('items', { itemType: 'SPOT' });
  return [
    ...[
      'open',
      'more',
      'limits',
      'requests',
      'approveAll',
      'people',
      'failed',
      'tasks',
      'groups',
      'search',
      'invite',
    ].map((what) => ({ action: `team.${what}` })),
    { action: 'team.failedItem', item },
    { action: 'team.story', item },
    ...['1', '2', '3'].map((seen) => ({ action: 'team.stopGroup', group: GROUP, seen })),
  ];
}

it('an admin’s day begins with what yesterday brought', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees('Lotus Partners · today', '✓ Nothing to do.', 'Yesterday: nobody of 3 sent anything.');
  await promote(nok, { spots: 2 });
  const [one, two] = await refsOf('items', { itemType: 'SPOT' });
  await world.nextDay([
    { submissionKey: `${one}#1`, decision: 'REJECTED', reasonCodes: ['SPOT_NOT_FIXED'] },
    { submissionKey: `${two}#1`, decision: 'REJECTED', reasonCodes: ['FRAUD_SUSPECTED'], reasonText: 'Never seen.' },
  ]);
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees('! 1 suspected fraud', 'is in: 33 % approved.', 'Yesterday: 1 of 3 active, 1 store, 2 spots.');
});

it('reads what data came of which day, of the own ISO alone', async () => {
  await ploy.taps('More');
  await ploy.taps('Data');
  await ploy.sees('Data · 5 days', '✓ 1 · ✗ 2', 'none came', 'This is about your ISO only.');
  await rival.says('menu');
  for (const label of ['Team', 'More', 'Data']) await rival.taps(label);
  await rival.sees('✓ nothing of yours');
  await ploy.says('menu');
  await ploy.taps('Team');
});

it('reads who failed and why, until when, and sends nothing by it', async () => {
  const before = (await nok.entries()).length;
  await ploy.taps('Failed spots');
  await ploy.sees('Failed (2)', 'not stuck on firmly', 'suspected fraud', /Nok Suda · \d days left/);
  await ploy.taps(/Cashier 2/);
  await ploy.sees(/To be put right by/, 'Nok Suda has a card for it.');
  expect((await ploy.card()).buttons.map(({ label }) => label)).toEqual(['Give to…', 'What happened', 'Failed spots']);
  expect((await nok.entries()).length).toBe(before);
});

it('sees deadlines come near, and data that does not come', async () => {
  await promote(nok, { shop: 'Nine Mart', series: 'BB' });
  await world.advance(26 * HOUR_MS);
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees(/! 2 deadlines by \w+ \d+ \w+/, /! Data of .+ is not in yet\./);
});

it('lists what is to be inspected, by whom and until when', async () => {
  await world.nextDay();
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('Tasks');
  await ploy.sees('Tasks (1)', 'Nine Mart', 'Nobody yet', 'Not begun');
});

it('stops the digest of a group from here, once', async () => {
  await ploy.inGroup(GROUP).says('digest');
  await ploy.inGroup(GROUP).taps('Yes, send it here');
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('Groups');
  await ploy.sees('1 group gets the daily digest.', 'To add one, put me in the group');
  const before = await ploy.card();
  await ploy.taps(/^Stop /);
  await ploy.sees('No group gets the daily digest yet.');
  await ploy.inGroup(GROUP).sees('Yes, send it here');
  await ploy.inGroup(GROUP).taps('Yes, send it here');
  await ploy.taps(/^Stop /, { on: before });
  await ploy.inGroup(GROUP).sees('✓ On');
  await ploy.sees('1 group gets the daily digest.');
});

it('another ISO’s admin sees and changes nothing of it, by whatever tap', async () => {
  await rival.says('menu');
  const { outTrackId } = await rival.card();
  for (const params of await everyTeamTap()) {
    await world.sandbox.tap(outTrackId, { userId: 'rival', actionId: 'x', params });
    await world.untilIdle();
    expect(await rival.chat(), params.action).not.toMatch(/Nok|Lek|Suda|Boonmee|Baan|Nine Mart|Lotus|Stop/);
  }
  await ploy.inGroup(GROUP).sees('✓ On');
});

it('a staff member gets nothing of it, by whatever tap', async () => {
  await lek.says('menu');
  const { outTrackId } = await lek.card();
  const before = await lek.chat();
  for (const params of await everyTeamTap()) {
    await world.sandbox.tap(outTrackId, { userId: 'staff2', actionId: 'x', params });
    await world.untilIdle();
    expect(await lek.chat(), params.action).toBe(before);
  }
  await ploy.inGroup(GROUP).sees('✓ On');
});

it('counts every push, those that came twice too, and every call; admins hear when a limit comes near', async () => {
  const counted = () =>
    behindTheScenes(world, async () => {
      const months = new Set([await today(), (await today()) - 7 * 24 * HOUR_MS].map(monthOf));
      const usage = await Promise.all([...months].map(usageOf));
      const sum = (what: 'pushes' | 'calls') => usage.reduce((total, month) => total + month[what], 0);
      return { pushes: sum('pushes'), calls: sum('calls') };
    });
  await world.sandbox.repeat(await lek.says('menu'));
  await world.untilIdle();
  const { pushes, apiCalls } = await world.stats();
  const all = pushes.messages + pushes.taps + pushes.events + pushes.redelivered;
  const wanted = { pushes: all, calls: apiCalls.billed };
  await expect.poll(() => counted()).toEqual(wanted);
  await behindTheScenes(world, async () => {
    const isoId = (await findPerson('admin1'))?.isoId ?? '';
    await addPushed(await today(), isoId, 2_850);
  });
  // besides those there are the pushes of the tests before
  await ploy.sees('Your share is used up', /(2,[89]|3,0)\d\d of [\d,]+ pushes/);
  await ploy.taps('Limits');
  await ploy.sees(/DingTalk in \w+/, 'From people (pushes)', 'Pushes are used up.');
  await rival.doesNotSee('limits.reached');
});
