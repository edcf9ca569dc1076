import { expect, it } from 'vitest';
import { tellFarAbove } from '../../handlers/team/tell-far-above.ts';
import { readSharedMonth } from '../../models/month-of-calls.ts';
import { findPerson } from '../../models/people.ts';
import { addPersonal } from '../../models/personal-usage.ts';
import { readInstallation } from '../../models/settings.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();
const LIMIT = 3_000;

async function pushes(userId: string, count: number): Promise<void> {
  const isoId = (await findPerson(userId))?.isoId;
  await addPersonal({ userId, isoId, at: world().clock.now() }, { pushes: count, calls: 0, opened: 0 });
}

/** Of two ISOs, of which nobody but its admin works for the other. */
async function pushesOfDemoIso(): Promise<number> {
  const [isoId, { limits }] = [(await findPerson('admin1'))?.isoId ?? '', await readInstallation()];
  const share = (await readSharedMonth(world().clock.now(), limits)).shares.get(isoId)?.pushes.limit ?? 0;
  expect(share).toBeLessThan(limits.pushes * 0.9);
  return share;
}

async function looks(): Promise<void> {
  const { clock, log } = world();
  for (const _ of [1, 2]) await tellFarAbove({ clock, log: log.log }, LIMIT);
  await world().sweep();
}

it('who is far above everybody is named once to the admins of their ISO alone, who can pause them from there', async () => {
  await world().hires('nok');
  await world().hires('lek');
  await pushes('lek', 40);
  await pushes('nok', 299);
  await looks();
  const [admin, rival] = [world().person('admin1'), world().person('ploy')];
  expect(await admin.cards()).toEqual([]);
  await pushes('nok', 20);
  await looks();
  await pushes('nok', 300);
  await looks();
  expect(await rival.cards()).toEqual([]);
  expect(await admin.cards()).toHaveLength(1);
  const share = await pushesOfDemoIso();
  await admin.sees(
    'One person does very much',
    'Nok',
    '319',
    `${Math.floor((319 * 100) / share)} % of your ISO’s share`,
  );
  expect(world().log.text()).toContain('pushes.farAbove');
  await admin.taps('Pause');
  await admin.taps({ action: 'team.change' });
  expect((await findPerson('nok'))?.state).toBe('PAUSED');
});
