import mongoose from 'mongoose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { addAssociations, associationsOfIso, rejectWaiting, waitingFromPage } from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const CROWD = 1_000;

/** Counts what the store answered from now on. */
function heardFrom(client: mongoose.mongo.MongoClient) {
  const heard = { answers: 0 };
  const hear = (): void => {
    heard.answers += 1;
  };
  client.on('connectionCheckedIn', hear);
  onTestFinished(() => void client.off('connectionCheckedIn', hear));
  return heard;
}

describe.each(servers())('a crowd that waits on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('is turned away but for whom to keep, and no command takes more than a part of it', async () => {
    const crowd = Array.from({ length: CROWD }, (_, index) => ({
      requestId: `crowd-${index}`,
      isoId: 'iso',
      name: `Bogus ${index}`,
      phone: `+6681${2_000_000 + index}`,
      channel: 'QR' as const,
      at: index < CROWD - 10 ? 1 : 3_600_000,
    }));
    await inTransaction((tx) => addAssociations(crowd, tx));
    const heard = heardFrom(mongoose.connection.getClient());
    const decided = { by: 'ploy', at: 2, reason: 'NOT_STAFF' };
    const keep = ['crowd-7', 'crowd-42'];
    const rejected = await inTransaction(async (tx) => {
      const asked = await waitingFromPage('iso', { from: 0, to: 3_600_000 }, tx);
      const others = asked.map(({ requestId }) => requestId).filter((requestId) => !keep.includes(requestId));
      await rejectWaiting('iso', others, decided, tx);
      return others;
    });
    expect(rejected).toHaveLength(CROWD - 12);
    expect(heard.answers).toBeGreaterThan(CROWD / 100);
    const left = (await associationsOfIso('iso', ['PENDING'])).map(({ requestId }) => requestId);
    expect(left.toSorted()).toEqual(
      [...keep, ...Array.from({ length: 10 }, (_, n) => `crowd-${CROWD - 10 + n}`)].toSorted(),
    );
    expect(await associationsOfIso('iso', ['REJECTED'])).toHaveLength(CROWD - 12);
    // who was decided before stays as decided
    await inTransaction((tx) => rejectWaiting('iso', rejected.slice(0, 3), { ...decided, by: 'nok' }, tx));
    const [first] = await associationsOfIso('iso', ['REJECTED']);
    expect(first?.decidedBy).toBe('ploy');
  });
});
