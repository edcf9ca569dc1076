import { writeSync } from 'node:fs';
import { makeBackup } from '../../src/operator/backup/make-backup.ts';

// A process that makes a backup, and at the file of this number says `holds` and stands still for ever, to be killed there.
const [dataDir = '', to = '', key = '', at = '0', now = '0'] = process.argv.slice(2);
let kept = 0;
await makeBackup({
  dataDir,
  to,
  dataKey: Buffer.from(key, 'hex'),
  now: Number(now),
  progress: {
    say() {
      kept += 1;
      if (kept !== Number(at)) return;
      writeSync(1, 'holds\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
    end: () => undefined,
  },
});
