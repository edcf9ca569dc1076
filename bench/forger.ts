import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '@field/embedded-store/server';
import { connect, disconnect } from '../models/database.ts';
import { changeIndexes, indexChanges } from '../models/indexes.ts';
import { useProgrammes } from '../models/programme-in-use.ts';
import { useDataKey } from '../models/sealing.ts';
import { reportOf } from '../test/support/forger/report.ts';
import { forgerSession, forgersWorld } from '../test/support/forger/session.ts';
import { openWorld } from '../test/support/in-process/open-world.ts';
import { SHIPPED_PROGRAMMES } from '../test/support/shipped-programme.ts';

// `npm run forger -- [--seed 1] [--taps 5000]`: two ISOs at work, and taps that nine kinds of people forged. Prints what they changed or
// read that they may not; exits with 1 for that.

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, taps: { type: 'string', default: '5000' } },
});
/** What stops when a month runs short is not what is looked for. */
const CALLS = '1000000';
const dataDir = mkdtempSync(join(tmpdir(), 'forger-'));
useDataKey(Buffer.alloc(32, 7));
useProgrammes(SHIPPED_PROGRAMMES);
const store = await startServer({ dataDir });
try {
  await connect(store.uri);
  await changeIndexes(await indexChanges());
  const open = await openWorld((trouble) => store.onDisk(trouble), { DINGTALK_CALLS_A_MONTH: CALLS });
  const plan = { seed: Number(values.seed), taps: Number(values.taps), say: (line: string) => console.log(line) };
  const result = await forgerSession(open.world, await forgersWorld(open), plan);
  console.log(reportOf(plan, result));
  process.exitCode = result.violations.length > 0 ? 1 : 0;
  await open.close();
} finally {
  await disconnect();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}
