import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** A sweep each five seconds is twelve a minute. */
const MOST_A_SWEEP = 6;

it('who has nothing to do asks the store six times a sweep at most, and writes nothing', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await world().sweep();
  const asked: string[] = [];
  const hear = ({ command, commandName }: mongoose.mongo.CommandStartedEvent): void => {
    asked.push(`${commandName} ${String(command[commandName])}`);
  };
  const client = mongoose.connection.getClient();
  client.on('commandStarted', hear);
  try {
    await world().sweep();
  } finally {
    client.off('commandStarted', hear);
  }
  expect(asked.filter((one) => !/^(aggregate|find) /.test(one))).toEqual([]);
  expect(asked.length, asked.join(', ')).toBeLessThanOrEqual(MOST_A_SWEEP);
});
