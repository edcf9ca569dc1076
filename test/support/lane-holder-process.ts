import { once } from 'node:events';
import { asAppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { connect, disconnect } from '../../models/database.ts';
import { idsOfProcess } from '../../models/holders.ts';
import { holdLane, keepLane } from '../../models/lanes.ts';
import { changePerson } from '../../models/people.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { watchOtherProcesses } from '../../src/bot/other-processes.ts';

// A process to be killed or frozen while it works for `nok`: in the middle of a transaction of that lane, or between two. It says
// `holds` there, goes on when it is told to on stdin, and says what came of it.
const [uri = '', name = '', where = 'inside'] = process.argv.slice(2);
useDataKey(Buffer.alloc(32, 7));
await connect(uri);
const others = watchOtherProcesses({
  process: name,
  log: createLog({ level: 'silent' }),
  tookOver: () => undefined,
});
await others.look();
others.start();
const token = idsOfProcess(name, systemIds).lease();
if (!(await holdLane('nok', token, Date.now()))) throw new Error('somebody else has the lane');

let waited = false;
async function toldToGoOn(here: string): Promise<void> {
  if (waited || here !== where) return;
  waited = true;
  process.stdout.write('holds\n');
  await once(process.stdin, 'data');
}

async function write(): Promise<string> {
  await toldToGoOn('between');
  try {
    await inTransaction(async (tx) => {
      await keepLane('nok', token, Date.now(), tx);
      await changePerson('nok', { name: `written by ${name}` }, tx);
      await toldToGoOn('inside');
    });
    return 'written';
  } catch (thrown) {
    return asAppError(thrown).code;
  }
}

process.stdout.write(`${await write()}\n`);
await others.close();
await disconnect();
process.stdin.destroy();
