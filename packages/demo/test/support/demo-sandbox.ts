import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { aSandbox } from '../../../dingtalk-sandbox/test/support/sandbox.ts';
import { DEMO_SEED } from '../../src/demo-people.ts';
import { demoExtension, demoParts } from '../../src/demo-sandbox.ts';

/** A sandbox with all that the demo adds, in a folder of its own that a bot would share. */
export async function aDemoSandbox(options: Parameters<typeof aSandbox>[0] = {}, programmeTimeZone = 'Asia/Shanghai') {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-sandbox-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return await aSandbox({
    ...options,
    dataDir,
    seed: DEMO_SEED,
    extend: (control) => {
      const settings = { dataDir, programmeTimeZone };
      return demoExtension(control, settings, demoParts(control, settings, false));
    },
  });
}
