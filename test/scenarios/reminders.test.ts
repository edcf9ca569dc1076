import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('A spot fails, and nobody puts it right at once');

it('two days before it lapses one card comes, with what failed and until when', async () => {
  await promote(nok, { spots: 2 });
  await nextDayFails(world, handedOverKey(world, 'SPOT', 2), ['SPOT_PHOTO_BLURRY']);
  await nok.sees('Results up to', 'Baan Coffee · Cashier 2: photo too dark');
  await world.nextDay();
  await nok.doesNotSee('reminder.title');
  await world.nextDay();
  await nok.sees('Still to do', 'Baan Coffee · Cashier 2: photo too dark', /Put it right by \S+ \d+ \S+, \d\d:00/);
  expect((await nok.card('Still to do')).buttons.map(({ label }) => label)).toEqual([
    'Fix Cashier 2',
    'Failed (1)',
    'Menu',
  ]);
});

it('from there it is put right in three taps and one photo', async () => {
  await nok.taps('Fix Cashier 2', { on: await nok.card('Still to do') });
  await nok.taps('Modify');
  await nok.sees('Modify · Cashier 2', 'Only this is needed: the close-up.');
  await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 91 }));
  await nok.sees('Look at both. Send it again?');
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)', 'Baan Coffee · Cashier 2');
});

it('the reminder says so itself', async () => {
  expect((await nok.card('✓ All done')).text).toContain('Nothing to do');
});

it('once it is put right nothing more is said of it', async () => {
  await world.nextDay();
  await world.nextDay();
  await nok.doesNotSee('reminder.title');
});
