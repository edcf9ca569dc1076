import { expect, test } from 'vitest';
import { ControlClient } from '../../packages/demo/src/story/control-client.ts';
import { STORY_PEOPLE } from '../../packages/demo/src/story/people.ts';
import { StoryPerson } from '../../packages/demo/src/story/story-person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, ploy } = sharedWorld();

test('somebody of the story taps again what got no answer in time, and never twice what was applied', async () => {
  const client = new ControlClient(world.sandbox.url);
  await client.post('/users', { userId: 'nok', ...STORY_PEOPLE.nok });
  const nok = new StoryPerson('nok', client);
  await nok.says('hi');
  await world.advance(2_100);
  await world.fault({ kind: 'dropAck', on: 'tap', times: 1 });
  await nok.fills({ isoEmail: 'demo@iso.example', phone: '+66812345021' });
  await world.person('nok').sees('Request sent');
  await world.fault({ kind: 'dropPush', on: 'tap', times: 2 });
  await nok.taps({ action: 'language.open' });
  await world.person('nok').sees('Language', 'ไทย');
  const requests = (await ploy.cards()).filter(({ title }) => title === 'Join request');
  expect(requests).toHaveLength(1);
});
