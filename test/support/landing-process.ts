import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { MovableClock } from '@field/kit/clock';
import { systemIds as ids } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import mongoose from 'mongoose';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { tellDataNotice } from '../../handlers/team/tell-data-notice.ts';
import { connect, disconnect } from '../../models/database.ts';
import { freeLeases } from '../../models/leases.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { directorySource } from '../../src/daily/incoming/directory-source.ts';
import { createLanding } from '../../src/daily/incoming/landing.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { SHIPPED_PROGRAMMES } from './shipped-programme.ts';
import { sayReady } from './to-be-killed.ts';

// A process that does the product's own landing and telling, to be killed: on an embedded store of its own (`uri` empty) or on a
// server. Says `sayReady` when it begins, and a dot for each batch that is committed; nothing is ever delivered.
const [dir = '', uri = '', landedAt = ''] = process.argv.slice(2);
useDataKey(Buffer.alloc(32, 7));
useProgrammes(SHIPPED_PROGRAMMES);
const store = uri === '' ? await startEmbeddedStore({ dataDir: join(dir, 'store'), port: 0 }) : undefined;
const monitored = new URL(store?.uri ?? uri);
monitored.searchParams.set('monitorCommands', 'true');
await connect(monitored.href);
mongoose.connection.getClient().on('commandSucceeded', ({ commandName }) => {
  if (commandName === 'commitTransaction') process.stdout.write('.');
});
// who held it was killed
await freeLeases();
const clock = new MovableClock(Number(landedAt) - Date.now());
const log = createLog({ level: 'silent' });
const inFlight = createInFlight();
const landing = createLanding({
  source: directorySource(join(dir, 'incoming'), log, () => clock.now()),
  workDir: join(dir, 'landing'),
  tell: {
    staff: createTellStaff(clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 }),
    iso: (day) => tellDigest(clock, { ...day, timeZone: 'Asia/Shanghai' }),
    admins: (notice) => tellDataNotice(clock, notice),
  },
  wake: () => undefined,
  clock,
  ids,
  log,
  inFlight,
});
sayReady();
landing.wake();
while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 100);
await disconnect();
await store?.close();
