import { expect, it } from 'vitest';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

it('a tap on a card that was never made here changes nothing, and an operator reads of it', async () => {
  await world().hires('nok');
  const tap = { userId: 'nok', actionId: 'x', params: { action: 'menu.open' } };
  const { answer } = await world().receive(world().tap('card of another installation', tap));
  expect(answer).toEqual({});
  expect(world().log.of('tap.unknownCard')).toHaveLength(1);
});
