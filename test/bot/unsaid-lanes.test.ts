import { systemIds } from '@field/kit/ids';
import { expect, it } from 'vitest';
import { createLanes } from '../../src/bot/lanes.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

const { onDisk } = useModels(undefined);

it('a lane whose end could not be noted is worked on by the same process as soon as the disk has room', async () => {
  const steps: string[] = [];
  const lanes = createLanes({
    clock: new StillClock(),
    ids: systemIds,
    log: logLines().log,
    inFlight: createInFlight(),
    async step() {
      steps.push('step');
      if (steps.length === 1) onDisk('failing');
      return { kind: 'empty' };
    },
    look: async () => undefined,
    wake: () => undefined,
    heldElsewhere: async () => undefined,
  });
  lanes.wake('nok');
  await expect.poll(() => lanes.atWork()).toBe(0);
  onDisk(undefined);
  lanes.wake('nok');
  await expect.poll(() => lanes.atWork()).toBe(0);
  expect(steps).toHaveLength(2);
  await lanes.close();
});
