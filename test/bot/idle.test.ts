import { expect, it } from 'vitest';
import { hearCommands } from '../support/hear-commands.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld({}, { watched: true });

/** A sweep each five seconds is twelve a minute. */
const MOST_A_SWEEP = 6;

it('who has nothing to do asks the store six times a sweep at most, and writes nothing', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await world().sweep();
  const asked: string[] = [];
  const enough = hearCommands(({ command, commandName }) => {
    asked.push(`${commandName} ${String(command[commandName])}`);
  });
  try {
    await world().sweep();
  } finally {
    enough();
  }
  expect(asked.filter((one) => !/^(aggregate|find) /.test(one))).toEqual([]);
  expect(asked.length, asked.join(', ')).toBeLessThanOrEqual(MOST_A_SWEEP);
});
