import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPerson } from '../../models/people.ts';
import { useModels } from '../models/store.ts';
import { ISO_NAMES } from '../support/forger/cast.ts';
import { reportOf } from '../support/forger/report.ts';
import type { SeenTap } from '../support/forger/seen-taps.ts';
import { forgerSession, forgersWorld } from '../support/forger/session.ts';
import { type OpenWorld, openWorld } from '../support/in-process/open-world.ts';

const SEED = Number(process.env.FORGER_SEED ?? 20_261_127);
/** Each forger once; `npm run forger` plays more. */
const A_ROUND = 180;

const { onDisk } = useModels(undefined);
let open: OpenWorld;
let seen: readonly SeenTap[];
beforeAll(async () => {
  open = await openWorld(onDisk);
  seen = await forgersWorld(open);
});
afterAll(() => open.close());

const forged = async (taps: number) => {
  const plan = { seed: SEED, taps, say: () => undefined };
  const result = await forgerSession(open.world, seen, plan);
  return { result, report: reportOf(plan, result) };
};

it(`no forged tap changes or reads what it may not, whatever it says (seed ${SEED})`, async () => {
  const { result, report } = await forged(A_ROUND);
  expect(result.violations, report).toEqual([]);
  expect(result.actions.forged).toBe(result.actions.routed);
});

it('a change is seen where whoever taps has the rights of an admin, a word where a card says what is of another ISO, and how to play it again is told', async () => {
  const isoId = (await findPerson('admin1'))?.isoId;
  open.world.standsAround(async (ctx, handle) => {
    const { person, update } = ctx;
    if (update.kind === 'tap' && person.userId !== 'lek')
      ctx.person = { ...person, state: 'ACTIVE', role: 'ADMIN', isoId };
    await handle();
    const line = { key: 'association.welcome', args: { iso: ISO_NAMES.jasmine } } as const;
    const card = { kind: 'line', view: 'line', subject: { kind: 'person', id: person.userId }, line } as const;
    if (update.kind === 'tap' && person.userId === 'lek') ctx.send({ ...card, intent: update.id, to: person.userId });
  });
  const { result, report } = await forged(A_ROUND);
  const seen = result.violations.map((one) => one.split('\n')[0] ?? '');
  expect(seen.filter((one) => !one.includes('lek,'))).not.toEqual([]);
  expect(report).toContain(`reads “${ISO_NAMES.jasmine}”`);
  expect(report).toContain(`npm run forger -- --seed ${SEED}`);
});
