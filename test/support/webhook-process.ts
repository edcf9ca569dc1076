import { MovableClock } from '@field/kit/clock';
import { systemIds as ids } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { connect } from '../../models/database.ts';
import { freeLeases } from '../../models/leases.ts';
import { createWebhooks } from '../../src/webhooks/webhooks.ts';
import { createInFlight } from '../../src/work/in-flight.ts';

// A process that sends the product's webhooks until it is killed.
const [uri = '', url = '', secret = '', now = '0'] = process.argv.slice(2);
await connect(uri);
// who held it was killed
await freeLeases();
const sender = createWebhooks({
  url,
  secrets: [Buffer.from(secret, 'hex')],
  clock: new MovableClock(Number(now) - Date.now()),
  ids,
  random: ids.random,
  log: createLog({ level: 'silent' }),
  inFlight: createInFlight(),
});
sender.wake();
