import { setTimeout as after } from 'node:timers/promises';
import { addIso, findIsoByEmail } from '../../../models/isos.ts';
import { changePerson, meetPerson } from '../../../models/people.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { violationsAtRest } from './at-rest.ts';
import { Chance } from './chance.ts';
import { Hits } from './hits.ts';
import { Ledger } from './ledger.ts';
import { Recovery } from './recovery.ts';
import { startTopology } from './start-topology.ts';
import { inStore } from './stored-rows.ts';
import { Storm } from './storm.ts';
import type { Topology, TopologyName } from './topology.ts';
import { Worker } from './worker.ts';

export interface SessionPlan {
  readonly topology: TopologyName;
  readonly seed: number;
  /** Of faults, over all rounds. */
  readonly ms: number;
  /** Of faults in one round, after which everything comes to rest and is looked at. */
  readonly roundMs: number;
  /** Whether a night passes between rounds, and brings results. */
  readonly nights: boolean;
  readonly say: (line: string) => void;
  /** Told what was started, for whoever must end it early. */
  readonly started?: ((topology: Topology) => void) | undefined;
}

export interface SessionResult {
  readonly plan: SessionPlan;
  readonly remarks: readonly string[];
  readonly hits: ReadonlyMap<string, number>;
  readonly recovery: Recovery;
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const PEOPLE = 6;
const ISO = 'demo@iso.example';
const A_MINUTE_MS = 61_000;
const LOOK_AGAIN_MS = 100;
const REST_WITHIN_MS = 180_000;

/** Six people at work in one topology under the faults of one seed. */
export async function session(plan: SessionPlan): Promise<SessionResult> {
  const { say, seed, ms, roundMs } = plan;
  const topology = await startTopology(plan.topology);
  plan.started?.(topology);
  try {
    for (const remark of topology.remarks) say(remark);
    const chance = new Chance(seed).fork(plan.topology);
    const { sandbox } = topology;
    const ledger = new Ledger();
    const people = await employed(topology);
    const workers = people.map(
      (userId, index) => new Worker({ userId, number: index + 1, sandbox, ledger, chance: chance.fork(userId) }),
    );
    const hits = new Hits(sandbox);
    const recovery = new Recovery(workers);
    const storm = new Storm(chance.fork('storm'));
    say(`${plan.topology}, seed ${seed}: the first faults are ${storm.plan(12).join(', ')} …`);
    const violations: string[] = [];
    let counts: Readonly<Record<string, number>> = {};
    const rounds = Math.max(1, Math.round(ms / roundMs));
    for (let round = 1; round <= rounds && violations.length === 0; round += 1) {
      const working = new AbortController();
      const work = workers.map((worker) => worker.works(working.signal));
      await storm.rages({ topology, hits, people, botKilled: () => recovery.botKilled() }, Math.min(ms, roundMs));
      await cleared(hits);
      await recovery.allOff();
      working.abort();
      await Promise.all(work);
      violations.push(...(await comesToRest(topology)));
      for (const worker of workers) await worker.writes('menu');
      violations.push(...(await comesToRest(topology)));
      const looked = await violationsAtRest(topology, ledger, workers);
      violations.push(...looked.violations);
      counts = looked.counts;
      say(`${plan.topology}, seed ${seed}, round ${round}: ${hits.total} faults, ${JSON.stringify(counts)}`);
      if (violations.length === 0) await recovery.killedInCalm(topology);
      if (plan.nights && round < rounds) await aNightPasses(topology);
    }
    violations.push(...died(topology));
    return { plan, remarks: topology.remarks, hits: hits.byKind, recovery, violations, counts };
  } finally {
    await topology.close();
  }
}

/** The sandbox may still be on its way back. */
async function cleared(hits: Hits): Promise<void> {
  while (
    !(await hits.clears().then(
      () => true,
      () => false,
    ))
  )
    await after(LOOK_AGAIN_MS);
}

/** Six members of staff of one ISO. */
async function employed(topology: Topology): Promise<string[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => `chaos${index + 1}`);
  for (const [index, userId] of people.entries())
    await topology.sandbox.addUser({ userId, name: `Worker ${index + 1}`, mobile: `+66-81700000${index}` });
  await inStore(topology, () =>
    inTransaction(async (tx) => {
      const known = await findIsoByEmail(ISO, tx);
      const isoId = known?.isoId ?? 'iso-of-chaos';
      const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
      if (!known) await addIso({ isoId, email: ISO, name: 'Lotus Partners', joinToken: 'chaos', ...place }, tx);
      for (const [index, userId] of people.entries()) {
        const name = `Worker ${index + 1}`;
        await meetPerson(userId, name, tx);
        await changePerson(userId, { state: 'ACTIVE', role: 'STAFF', isoId, language: 'en', name }, tx);
      }
    }),
  );
  return people;
}

/** Everything that was begun is done, what DingTalk pushes again has come; else what is left is the violation. */
async function comesToRest(topology: Topology): Promise<string[]> {
  const deadline = performance.now() + REST_WITHIN_MS;
  let left = '';
  // the first minute brings what was not acknowledged, the second what followed from that
  for (let minutes = 0; minutes < 2 && performance.now() < deadline; ) {
    try {
      await topology.sandbox.idle(10_000);
      await topology.moves(A_MINUTE_MS);
      minutes += 1;
    } catch (error) {
      left = String(error);
      await after(500);
    }
  }
  return performance.now() < deadline ? [] : [`stuck: ${left}`];
}

async function aNightPasses(topology: Topology): Promise<void> {
  await topology.allUp();
  await topology.sandbox.nextDay();
  await topology.timesAgree();
}

/** A part that ended and was not told to, once it had been up. */
function died({ parts }: Topology): string[] {
  return parts.flatMap((part) => part.deaths.map((words) => `${part.name} ended by itself: ${words}`));
}
