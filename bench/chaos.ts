import { parseArgs } from 'node:util';
import { reportOf } from '../test/support/chaos/report.ts';
import { type SessionResult, session } from '../test/support/chaos/session.ts';
import { TOPOLOGIES, type Topology, type TopologyName } from '../test/support/chaos/topology.ts';

// `npm run chaos -- [--seed 1] [--minutes 60] [--topologies own,apart,demo,two] [--round 60] [--only 'disk|clock'] [--keep]`: six people at work while
// everything fails that can, or what is named so alone, each topology for its share of the minutes, with everything at rest after each
// round of so many seconds. Prints faults by kind, violations, where what is known of them lies, and times to recover; exits with 1 for a violation.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    topologies: { type: 'string', default: TOPOLOGIES.join(',') },
    round: { type: 'string', default: '60' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const asked = values.topologies.split(',');
const topologies = TOPOLOGIES.filter((name) => asked.includes(name));
const unknown = asked.filter((name) => !topologies.some((known: TopologyName) => known === name));
if (unknown.length > 0) throw new Error(`There is no topology ${unknown.join()}; there are ${TOPOLOGIES.join(', ')}`);

let running: Topology | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (running?.close() ?? Promise.resolve()).finally(() => process.exit(130)));
}

const results: SessionResult[] = [];
for (const topology of topologies) {
  const ms = (Number(values.minutes) * 60_000) / topologies.length;
  const plan = {
    topology,
    seed: Number(values.seed),
    ms,
    roundMs: Number(values.round) * 1_000,
    only: values.only === undefined ? undefined : new RegExp(values.only),
    keep: values.keep,
    nights: true,
  } as const;
  const started = (topology: Topology): void => {
    running = topology;
  };
  results.push(await session({ ...plan, say: (line) => console.log(line), started }));
}
console.log(`\n${reportOf(results)}`);
process.exitCode = results.some(({ violations }) => violations.length > 0) ? 1 : 0;
