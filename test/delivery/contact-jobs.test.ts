import { systemIds } from '@field/kit/ids';
import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { addToOutbox, claimSend } from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { runContactJob } from '../../src/delivery/contact-jobs.ts';
import type { Invited } from '../../src/platform/platform.ts';
import { useModels } from '../models/store.ts';
import { RecordingPlatform } from '../support/in-process/recording-platform.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

const NOW = Date.UTC(2026, 10, 24, 3);
const { onDisk } = useModels(undefined);

/** The store takes nothing from the moment at which DingTalk has sent the invitation. */
class WhileTheDiskFails extends RecordingPlatform {
  override async invite(person: { name: string; mobile: string }): Promise<Invited> {
    const invited = await super.invite(person);
    onDisk('failing');
    return invited;
  }
}

it('DingTalk is asked once where its answer cannot be noted at once', async () => {
  const asked = {
    requestId: 'asked',
    isoId: 'iso',
    name: 'Kit',
    phone: '+66810000001',
    channel: 'QR',
    at: NOW,
  } as const;
  await inTransaction(async (tx) => {
    await addAssociations([asked], tx);
    const pending = await findAssociation('asked', tx);
    if (pending === undefined) throw new Error('nobody asked');
    await moveAssociation(pending, { state: 'APPROVED', decidedBy: 'anong', decidedAt: NOW }, tx);
    const job = { kind: 'invitation', id: 'asked' } as const;
    await addToOutbox({ intent: 'invites', priority: 'answer', dueAt: NOW, job }, tx);
  });
  const clock = new StillClock(NOW);
  const platform = new WhileTheDiskFails(() => undefined);
  const log = logLines('info');
  const woken: string[] = [];
  const claim = await claimSend(systemIds.lease(), NOW, clock.machine());
  if (claim === undefined || !('job' in claim)) throw new Error('no job');
  const done = runContactJob({ platform, clock, log: log.log, recorded: (lane) => woken.push(lane) }, claim);
  await expect.poll(() => log.of('contactJob.notNoted')).not.toEqual([]);
  onDisk(undefined);
  await done;
  expect(platform.invited).toHaveLength(1);
  expect(woken).toEqual(['anong']);
  const stored = (name: string) => mongoose.connection.collection(name).find({}).toArray();
  expect(await stored('outbox')).toMatchObject([{ _id: 'invites', state: 'SENT' }]);
  expect(await stored('inbox')).toMatchObject([{ _id: 'contact-job:invites', lane: 'anong', applied: false }]);
});
