import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { startWorld, type World } from '../support/world/world.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_127);
const PEOPLE = ['mai', 'ton', 'ying', 'bank'].slice(0, howOften({ inEachRun: 1, inFull: 4 }));
/** Sooner than a tap begins to be applied, and later than it is. */
const LAST_MS = 400;
const DEMO = 'demo@iso.example';

describe.each(servers())('on the $name store', ({ uri }) => {
  const env: Record<string, string> = {};
  let world: World;
  beforeAll(async () => {
    if (uri !== undefined) env.MONGODB_URI = databaseAt(uri);
    world = await startWorld({ env });
  });
  afterAll(async () => {
    if (uri !== undefined) await behindTheScenes(world, () => mongoose.connection.dropDatabase());
    await world.close();
  });

  /** What somebody is, and whose their promotion is. */
  const standing = (userId: string, draftId: string) =>
    behindTheScenes(world, async () => {
      const person = await findPerson(userId);
      const draft = await mongoose.connection
        .collection<{ _id: string; userId?: string; formerId?: string }>('drafts')
        .findOne({ _id: draftId });
      const audit = { 'subject.id': userId, what: 'member.remove' };
      const said = await mongoose.connection.collection('audit').countDocuments(audit);
      return { state: person?.state, isoId: person?.isoId, owner: draft?.userId, former: draft?.formerId, said };
    });

  /** Somebody new of the ISO, who has begun a promotion; answers its id. */
  async function begins(userId: string): Promise<string> {
    const person = await world.newPerson({
      userId,
      name: userId,
      mobile: `+66-81990${PEOPLE.length}${userId.length}${userId.charCodeAt(0)}`,
    });
    await employ(world, { userId, name: userId, role: 'STAFF', isoEmail: DEMO });
    await person.says('menu');
    await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
    await person.taps({ action: 'promotion.start' });
    const [draft] = await behindTheScenes(world, () => openDraftsOf(userId));
    return draft?.draftId ?? '';
  }

  test(`a removal that a power cut meets is done with all that it leaves behind, or not at all (seed ${SEED})`, async () => {
    const random = seeded(SEED);
    const admin = world.person('admin1');
    for (const userId of PEOPLE) {
      const draftId = await begins(userId);
      await admin.says('menu');
      const { outTrackId } = await admin.card();
      const params = { action: 'team.change', subject: `memberChange:remove/${userId}`, version: '0' };
      const tap = { userId: 'admin1', actionId: 'x', params };
      const before = await standing(userId, draftId);
      const cut = world.sandbox.tap(outTrackId, tap).catch(() => undefined);
      await after(random() * LAST_MS);
      await world.killBot();
      await cut;
      await world.startBot();
      await world.untilIdle();
      const left = await standing(userId, draftId);
      if (left.state === 'ACTIVE') expect(left).toEqual(before);
      // a tap may be answered "try again" in time rather than applied too late: so the admin does
      while ((await standing(userId, draftId)).state === 'ACTIVE') {
        await world.sandbox.tap(outTrackId, tap);
        await world.untilIdle();
      }
      expect(await standing(userId, draftId)).toEqual({
        state: 'UNKNOWN',
        isoId: undefined,
        owner: undefined,
        former: userId,
        said: 1,
      });
      await admin.says('menu');
      await world.person(userId).says('menu');
      await world.person(userId).sees('You have left');
    }
  });
});

function databaseAt(uri: string): string {
  const address = new URL(uri);
  address.pathname = `/removal_${randomUUID().slice(0, 8)}`;
  return address.href;
}
