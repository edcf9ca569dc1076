import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Association, addAssociations, associationsOfIso } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { howOften } from '../support/how-often.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { startWorld, type World } from '../support/world/world.ts';

const DEMO = 'demo@iso.example';
const WAITING = howOften({ inEachRun: 30, inFull: 100 });
const AT_ONCE = 5;

describe.each(servers())('on the $name store', ({ uri }) => {
  const env: Record<string, string> = {};
  let world: World;
  beforeAll(async () => {
    if (uri !== undefined) env.MONGODB_URI = databaseAt(uri);
    world = await startWorld({ env });
    await world.newPerson({ userId: 'admin2', name: 'Som Jai', mobile: '+66-812340088' });
    await employ(world, { userId: 'admin2', name: 'Som Jai', role: 'ADMIN', isoEmail: DEMO });
  });
  afterAll(async () => {
    if (uri !== undefined) await behindTheScenes(world, () => mongoose.connection.dropDatabase());
    await world.close();
  });

  const ofIso = <T>(work: (isoId: string) => Promise<T>) =>
    behindTheScenes(world, async () => await work((await findIsoByEmail(DEMO))?.isoId ?? ''));
  const requests = () => ofIso((isoId) => associationsOfIso(isoId, ['PENDING', 'APPROVED', 'INVITED', 'REJECTED']));
  const undecided = async () => (await requests()).filter(({ state }) => state === 'PENDING');

  /** As they come from the public page. */
  const wait = () =>
    ofIso(async (isoId) => {
      const asked = Array.from({ length: WAITING }, (_, index) => ({
        requestId: `page-${index}`,
        isoId,
        name: `Person ${index}`,
        phone: `+66812${String(index).padStart(6, '0')}`,
        channel: 'QR' as const,
        at: Date.now(),
      }));
      await inTransaction((tx) => addAssociations(asked, tx));
    });

  async function decideAtOnce(waiting: readonly Association[]): Promise<void> {
    const [ploy, som] = [world.person('admin1'), world.person('admin2')];
    const [hers, theirs] = [await ploy.card(), await som.card()];
    const tap = (outTrackId: string, userId: string, params: object) =>
      world.sandbox.tap(outTrackId, { userId, actionId: 'x', params: { version: '1', ...params } });
    for (let first = 0; first < waiting.length; first += AT_ONCE) {
      const subjects = waiting.slice(first, first + AT_ONCE).map(({ requestId }) => `association:${requestId}`);
      await Promise.all(
        subjects.flatMap((subject) => [
          tap(hers.outTrackId, 'admin1', { action: 'association.approve', subject }),
          tap(theirs.outTrackId, 'admin2', { action: 'association.reject', subject, form: { words: 'No.' } }),
        ]),
      );
    }
    await world.untilIdle();
  }

  /** Whom DingTalk asked into the organisation, by number. */
  const invited = async (): Promise<readonly string[]> => {
    const users = await world.sandbox.get<readonly { mobile: string; state: string }[]>('/users');
    return users.filter(({ state }) => state === 'invited').map(({ mobile }) => mobile.replace('-', ''));
  };

  test('two admins decide at once, again and again: one decision each, and whoever was let in is invited', async () => {
    await wait();
    const before = await invited();
    await Promise.all([world.person('admin1').says('menu'), world.person('admin2').says('menu')]);
    // on a busy machine a tap may be answered "try again" in time rather than applied too late: so both do
    for (let left = await undecided(); left.length > 0; left = await undecided()) await decideAtOnce(left);
    const decided = await requests();
    expect(decided).toHaveLength(WAITING);
    for (const one of decided) {
      expect([one.state, one.decidedBy, one.reason]).toEqual(
        one.state === 'INVITED' ? ['INVITED', 'admin1', undefined] : ['REJECTED', 'admin2', 'No.'],
      );
    }
    const approved = decided.filter(({ state }) => state === 'INVITED').map(({ phone }) => phone);
    // by number: DingTalk may be asked twice about one of them, where its answer was lost on the way
    expect((await invited()).filter((phone) => !before.includes(phone)).sort()).toEqual(approved.sort());
  });
});

function databaseAt(uri: string): string {
  const address = new URL(uri);
  address.pathname = `/admins_${randomUUID().slice(0, 8)}`;
  return address.href;
}
