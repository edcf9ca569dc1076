import { setTimeout as after } from 'node:timers/promises';
import { violationsAtRest } from './at-rest.ts';
import { Chance } from './chance.ts';
import { employed } from './employed.ts';
import { keepEvidence } from './evidence.ts';
import { Hits } from './hits.ts';
import { Ledger } from './ledger.ts';
import { Recovery } from './recovery.ts';
import { aNightPasses, comesToRest } from './rest.ts';
import { startTopology } from './start-topology.ts';
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
  /** Which kinds of faults, by their names; all, where that is not said. */
  readonly only?: RegExp | undefined;
  /** Whether a night passes between rounds, and brings results. */
  readonly nights: boolean;
  /** Keeps what a session is judged by, whether anything is wrong or not. */
  readonly keep?: boolean | undefined;
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
  /** Where what is known of the violations lies. */
  readonly kept?: string | undefined;
  readonly counts: Readonly<Record<string, number>>;
}

/** What a session is played with. */
interface Played {
  readonly plan: SessionPlan;
  readonly topology: Topology;
  readonly people: readonly string[];
  readonly ledger: Ledger;
  readonly workers: readonly Worker[];
  readonly hits: Hits;
  readonly recovery: Recovery;
  readonly storm: Storm;
}

const LOOK_AGAIN_MS = 100;

/** Six people at work in one topology under the faults of one seed. A violation ends it, and what it is judged by is kept. */
export async function session(plan: SessionPlan): Promise<SessionResult> {
  const topology = await startTopology(plan.topology);
  plan.started?.(topology);
  let kept: string | undefined;
  try {
    for (const remark of topology.remarks) plan.say(remark);
    const played = await readyToPlay(plan, topology);
    const { hits, recovery } = played;
    const { violations, counts } = await rounds(played);
    if (violations.length > 0 || plan.keep) {
      kept = await keepEvidence({ ...played, name: `${plan.topology}-seed-${plan.seed}`, violations });
      plan.say(`${plan.topology}, seed ${plan.seed}: what is known of it lies in ${kept}`);
    }
    return { plan, remarks: topology.remarks, hits: hits.byKind, recovery, violations, kept, counts };
  } finally {
    await topology.close(kept);
  }
}

async function readyToPlay(plan: SessionPlan, topology: Topology): Promise<Played> {
  const chance = new Chance(plan.seed).fork(plan.topology);
  const { sandbox } = topology;
  const ledger = new Ledger();
  const people = await employed(topology);
  const workers = people.map(
    (userId, index) => new Worker({ userId, number: index + 1, sandbox, ledger, chance: chance.fork(userId) }),
  );
  const storm = new Storm(chance.fork('storm'), plan.only);
  plan.say(`${plan.topology}, seed ${plan.seed}: the first faults are ${storm.plan(12).join(', ')} …`);
  const [hits, recovery] = [new Hits(sandbox), new Recovery(workers)];
  return { plan, topology, people, ledger, workers, hits, recovery, storm };
}

async function rounds(played: Played): Promise<Pick<SessionResult, 'violations' | 'counts'>> {
  const { plan, topology, hits, recovery } = played;
  const { topology: name, seed, ms, roundMs, nights, say } = plan;
  const times = Math.max(1, Math.round(ms / roundMs));
  const violations: string[] = [];
  let counts: Readonly<Record<string, number>> = {};
  for (let round = 1; round <= times && violations.length === 0; round += 1) {
    const looked = await oneRound(played);
    violations.push(...looked.violations);
    ({ counts } = looked);
    say(`${name}, seed ${seed}, round ${round}: ${hits.total} faults, ${JSON.stringify(counts)}`);
    if (violations.length > 0) break;
    await recovery.killedInCalm(topology);
    if (nights && round < times) violations.push(...(await aNightPasses(topology)));
  }
  return { violations: [...violations, ...died(topology)], counts };
}

/** Faults until the round is over, then all off and at rest: what does not hold then. */
async function oneRound(played: Played): Promise<Pick<SessionResult, 'violations' | 'counts'>> {
  const { plan, topology, people, ledger, workers, hits, recovery, storm } = played;
  const working = new AbortController();
  const work = Promise.all(workers.map((worker) => worker.works(working.signal)));
  // whoever fails ends the session when its round is over, and everything that runs with it
  work.catch(() => undefined);
  const botKilled = (at: number): void => recovery.botKilled(at);
  await storm.rages({ topology, hits, people, botKilled }, Math.min(plan.ms, plan.roundMs));
  await cleared(hits);
  await recovery.allOff();
  working.abort();
  await work;
  const unrest = await comesToRest(topology);
  for (const worker of workers) await worker.writes('menu');
  unrest.push(...(await comesToRest(topology)));
  const { violations, counts } = await violationsAtRest(topology, ledger, workers);
  return { violations: [...unrest, ...violations], counts };
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

/** A part that ended and was not told to, once it had been up. */
function died({ parts }: Topology): string[] {
  return parts.flatMap((part) => part.deaths.map((words) => `${part.name} ended by itself: ${words}`));
}
