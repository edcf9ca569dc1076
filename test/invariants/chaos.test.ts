import { expect, test } from 'vitest';
import { reportOf } from '../support/chaos/report.ts';
import { session } from '../support/chaos/session.ts';
import type { TopologyName } from '../support/chaos/topology.ts';

const SEED = Number(process.env.CHAOS_SEED ?? 20_261_127);
/** `npm run chaos` plays all four, and longer. */
const TOPOLOGIES: readonly TopologyName[] = ['own'];
/** Of faults. */
const FAULTS_MS = 10_000;

test.each(TOPOLOGIES)(
  `six people work while everything fails that can, and nothing is lost, doubled or misplaced (%s, seed ${SEED})`,
  async (topology) => {
    const said: string[] = [];
    const plan = { topology, seed: SEED, ms: FAULTS_MS, roundMs: FAULTS_MS, nights: false } as const;
    const result = await session({ ...plan, say: (line) => said.push(line) });
    expect(result.violations, [...said, reportOf([result])].join('\n')).toEqual([]);
  },
);
