import { parseArgs } from 'node:util';
import { reportOf } from '../test/support/chaos/report.ts';
import { type SessionResult, session } from '../test/support/chaos/session.ts';
import { TOPOLOGIES, type TopologyName } from '../test/support/chaos/topology.ts';

// `npm run chaos -- [--seed 1] [--minutes 60] [--topologies own,apart,demo,two]`: six people at work while everything fails that can,
// each topology for its share of the minutes. Prints faults by kind, violations and times to recover; exits with 1 for a violation.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    topologies: { type: 'string', default: TOPOLOGIES.join(',') },
  },
});
const asked = values.topologies.split(',');
const topologies = TOPOLOGIES.filter((name) => asked.includes(name));
const unknown = asked.filter((name) => !topologies.some((known: TopologyName) => known === name));
if (unknown.length > 0) throw new Error(`There is no topology ${unknown.join()}; there are ${TOPOLOGIES.join(', ')}`);

const results: SessionResult[] = [];
for (const topology of topologies) {
  const ms = (Number(values.minutes) * 60_000) / topologies.length;
  const plan = { topology, seed: Number(values.seed), ms, roundMs: 60_000, nights: true } as const;
  results.push(await session({ ...plan, say: (line) => console.log(line) }));
}
console.log(`\n${reportOf(results)}`);
process.exitCode = results.some(({ violations }) => violations.length > 0) ? 1 : 0;
