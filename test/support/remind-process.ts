import { join } from 'node:path';
import { startEmbeddedStore } from '@field/embedded-store';
import { MovableClock } from '@field/kit/clock';
import mongoose from 'mongoose';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { connect, disconnect } from '../../models/database.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { SHIPPED_PROGRAMMES } from './shipped-programme.ts';
import { sayReady } from './to-be-killed.ts';

// A process that tells of failures until none is left to be told of, to be killed: on an embedded store of its own (`uri` empty) or on a
// server. Says `sayReady` when it begins, and a dot for each transaction that is committed; nothing is ever delivered.
const [dir = '', uri = '', startAt = ''] = process.argv.slice(2);
useDataKey(Buffer.alloc(32, 7));
useProgrammes(SHIPPED_PROGRAMMES);
const store = uri === '' ? await startEmbeddedStore({ dataDir: join(dir, 'store'), port: 0 }) : undefined;
const monitored = new URL(store?.uri ?? uri);
monitored.searchParams.set('monitorCommands', 'true');
await connect(monitored.href);
mongoose.connection.getClient().on('commandSucceeded', ({ commandName }) => {
  if (commandName === 'commitTransaction') process.stdout.write('.');
});
const clock = new MovableClock(Number(startAt) - Date.now());
const jobs = [1, 2, 3].map(() => remindStaff({ clock, draftsDays: 180, sends: () => undefined }));
sayReady();
for (;;) {
  const next = await jobs[0]?.nextDue(clock.now());
  if (next === undefined) break;
  clock.moveTo(next);
  // all three may find the same, and each but one is too late
  await Promise.allSettled(jobs.map((job) => job.run(next)));
}
await disconnect();
await store?.close();
