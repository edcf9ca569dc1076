import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { everyRow } from '../support/world/stored-rows.ts';

const HOUR_MS = 3_600_000;
const CREATE = '/v1.0/todo/users/{unionId}/tasks';

interface Todo {
  readonly subject: string;
  readonly done: boolean;
  readonly changes: number;
  readonly detailUrl: { readonly appUrl: string };
}

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('An ISO has to-dos in DingTalk');

async function todos(): Promise<readonly Todo[]> {
  const answer = await fetch(`${world.sandbox.url}/sandbox/api/users/${nok.userId}/todos`);
  return (await answer.json()) as readonly Todo[];
}
/** What the bot holds of it: where a test fails, that is to be read. */
async function kept(): Promise<string> {
  const { todos: rows, outbox = [], items = [], runs = [] } = await everyRow(world);
  const jobs = outbox.filter(({ job }) => job !== undefined);
  const states = items.map(({ _id, state }) => [_id, state]);
  const ran = runs.flatMap(({ _id }) => (String(_id).startsWith('keep-todos') ? [_id] : []));
  return JSON.stringify({ rows, jobs, states, ran }, undefined, 1);
}
const shown = async () => (await todos()).map(({ subject, done }) => `${done ? '✓' : '○'} ${subject}`);

it('an operator switches them on, and a spot fails', async () => {
  const { code, out } = await operatorCommand(world.dataDir, 'iso', 'todos', 'on', 'demo@iso.example');
  expect([code, out]).toEqual([0, expect.stringContaining('get a to-do of what failed')]);
  await promote(nok, { spots: 2 });
  await nextDayFails(world, handedOverKey(world, 'SPOT', 2), ['SPOT_PHOTO_BLURRY']);
});

it('one to-do says what is to be fixed, and by when, though the bot dies before it hears that it was made', async () => {
  await world.fault({ kind: 'gatewayTimeout', path: CREATE, done: true, delayMs: 4_000, times: 1 });
  const goesOn = world.advance(2 * HOUR_MS).catch(() => undefined);
  await expect.poll(async () => (await todos()).length).toBe(1);
  await world.restartBot();
  await goesOn;
  await world.advance(HOUR_MS);
  const [todo, ...others] = await todos();
  expect([todo?.subject, others]).toEqual([expect.stringMatching(/^1 to fix by \w{3} \d+ \w{3}, \d\d:\d\d$/), []]);
  expect(todo?.detailUrl.appUrl).toMatch(/\/go\/results\?corpId=[\w-]+$/);
});

it('once it is put right the to-do is closed', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'review.mine' });
  await nok.taps({ action: 'review.list' });
  await nok.taps(/Cashier 2/);
  await nok.taps({ action: 'review.modify' });
  await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 91 }));
  await nok.taps({ action: 'review.resubmit' });
  // the bot that died may have been ahead of the calendar by what it had walked of two hours
  for (let hours = 0; hours < 3 && (await shown())[0]?.startsWith('○'); hours += 1) await world.advance(HOUR_MS);
  expect(await shown(), await kept()).toEqual([expect.stringMatching(/^✓ 1 to fix by/)]);
});

// in each run `test/handlers/todos.test.ts` says it of who has one, and of who has none
if (process.env.LONG)
  it('switched off nobody gets one any more', async () => {
    await operatorCommand(world.dataDir, 'iso', 'todos', 'off', 'demo@iso.example');
    await promote(nok, { shop: 'Som Tam House', series: 'BB', visit: 1 });
    await nextDayFails(world, handedOverKey(world, 'SPOT', 1), ['SPOT_PHOTO_BLURRY']);
    await world.advance(3 * HOUR_MS);
    expect(await shown()).toHaveLength(1);
  });
