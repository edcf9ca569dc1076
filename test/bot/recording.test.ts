import { expect, it } from 'vitest';
import { lanesWithWork } from '../../models/inbox.ts';
import { feelPulse } from '../../models/store-pulse.ts';
import { createRecordQueue } from '../../src/bot/record-queue.ts';
import { createRecorder } from '../../src/bot/recording.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** A recorder whose lanes nobody works on, and whom it would have woken. */
function recording() {
  const { clock, log } = world();
  const woken: string[] = [];
  const record = createRecordQueue({ clock, pulse: feelPulse(clock) });
  return { woken, recorder: createRecorder({ log: log.log, record, wake: (lane) => void woken.push(lane) }) };
}

it('a message is recorded for the lane of whoever wrote it, once, however often it is pushed', async () => {
  const { recorder, woken } = recording();
  const message = world().message('nok', { text: 'hello' });
  for (const _ of [1, 2]) await recorder.message(message);
  expect(await lanesWithWork()).toEqual(['nok']);
  expect(woken).toEqual(['nok', 'nok']);
  await world().sweep();
  expect(await world().person('nok').cards()).toHaveLength(1);
});

it('whoever is outside the organisation is not recorded: no card reaches them', async () => {
  const { recorder, woken } = recording();
  const message = world().message('outside:x', { text: 'hello' });
  await recorder.message({ ...message, from: { userId: 'outside:x', outside: true } });
  expect([await lanesWithWork(), woken]).toEqual([[], []]);
  expect(world().log.of('message.fromOutside')).toMatchObject([{ messageId: message.id }]);
});

it('an event that names several people is recorded for each of them', async () => {
  const { recorder, woken } = recording();
  const event = world().event('user_add_org', ['nok', 'lek']);
  for (const _ of [1, 2]) await recorder.event(event);
  expect((await lanesWithWork()).toSorted()).toEqual(['lek', 'nok']);
  expect(woken).toEqual(['nok', 'lek', 'nok', 'lek']);
});
