import { DAY_MS } from '@field/kit/calendar';
import { expect, it } from 'vitest';
import { pendingDataNotices } from '../../models/data-notices.ts';
import { writeDigest } from '../../models/digests.ts';
import { landBatch, moveFile, receiveFile } from '../../models/incoming-files.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { tellOfLateResults } from '../../src/daily/tell-of-late-results.ts';
import type { RowOutcome } from '../../src/domain/review-decision.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

const world = useWorld();
/** Friday, ten in the morning where the programme is. */
const FRIDAY_10 = Date.UTC(2026, 10, 27, 2);
const isoIdOf = async (email: string): Promise<string> => (await findIsoByEmail(email))?.isoId ?? '';
const none = { promoted: 0, approved: 0, failed: 0, inReview: 0, again: 0 };

/** A file that landed, and what its rows about an ISO became. */
async function landed(name: string, outcomes: Readonly<Record<string, readonly RowOutcome[]>>): Promise<void> {
  const all = Object.entries(outcomes).flatMap(([isoId, of]) => of.map((outcome) => ({ isoId, outcome })));
  await receiveFile(name, name, world().clock.now());
  await moveFile(name, 'RECEIVED', 'VALIDATED');
  await moveFile(name, 'VALIDATED', 'APPLYING');
  const batch = { from: 0, outcomes: all.map(({ outcome }) => outcome), ofIsos: all, lines: '' };
  await inTransaction((tx) => landBatch(name, batch, tx));
  await moveFile(name, 'APPLYING', 'APPLIED');
}

async function decided(isoId: string, dataDate: string, approved: number, failed: number): Promise<void> {
  const numbers = { stores: { ...none, approved }, spots: { ...none, approved: 1, failed }, reasons: [] };
  await inTransaction((tx) => writeDigest({ isoId, dataDate, toldAt: 0, numbers, urgent: 0, urgentBy: dataDate }, tx));
}

async function inData() {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.cameIn']) await admin.taps({ action });
  return admin;
}

it('an admin sees what came of each day for the own ISO alone, and what is missing', async () => {
  world().clock.moveTo(FRIDAY_10 - 60_000);
  const [own, other] = [await isoIdOf(DEMO_ISO), await isoIdOf('story@iso.example')];
  await landed('review_20261124_001.csv', { [other]: ['applied', 'unmatched'] });
  await landed('review_20261125_001.csv', { [own]: ['applied', 'unmatched', 'conflict'], [other]: ['unmatched'] });
  await decided(own, '20261125', 3, 2);
  await decided(other, '20261124', 40, 50);
  await landed('settlement_20261125_001.csv', {});
  const admin = await inData();
  await admin.sees('Thu 26 Nov', '… comes by 09:00', '✓ 4 · ✗ 2 · 2 not known here', 'fee', '✓ nothing of yours');
  const { text } = await admin.card();
  expect(text).not.toMatch(/41|50|not in yet/);
  world().clock.moveTo(FRIDAY_10);
  await (await inData()).sees('! not in yet', 'Nothing to do: late results show when they come.');
});

it('results that are late are said once a day, from ten in the morning, to the admins of who waits for them', async () => {
  const { clock } = world();
  const own = await isoIdOf(DEMO_ISO);
  const job = tellOfLateResults({ clock, timeZone: 'Asia/Shanghai', wake: () => undefined });
  const run = async (at: number): Promise<readonly string[]> => {
    clock.moveTo(at);
    await job.run(at);
    const pending = await pendingDataNotices();
    return pending.map(({ isoId, kind, what }) => `${kind} ${what} ${isoId === own}`).sort();
  };
  clock.moveTo(FRIDAY_10 - 12 * 3_600_000);
  await landed('review_20261125_001.csv', {});
  const waits = submittedSpot('waits', { isoId: own, submittedAt: FRIDAY_10 - DAY_MS });
  await inTransaction((tx) => addItems([waits], tx));
  await landed('review_20261124_001.csv', {});
  expect(await run(FRIDAY_10 - 1)).toEqual([]);
  expect(await run(FRIDAY_10 + 120_000)).toEqual(['lateResults 20261126 true']);
  expect(await run(FRIDAY_10 + 3_600_000)).toEqual(['lateResults 20261126 true']);
  expect(await run(FRIDAY_10 + DAY_MS)).toEqual(['lateResults 20261126 true', 'lateResults 20261127 true']);
});

it('what has come is not late', async () => {
  const { clock } = world();
  const own = await isoIdOf(DEMO_ISO);
  clock.moveTo(FRIDAY_10);
  for (const day of ['20261124', '20261125', '20261126']) await landed(`review_${day}_001.csv`, {});
  await inTransaction((tx) => addItems([submittedSpot('w', { isoId: own, submittedAt: FRIDAY_10 - DAY_MS })], tx));
  await tellOfLateResults({ clock, timeZone: 'Asia/Shanghai', wake: () => undefined }).run(FRIDAY_10);
  expect(await pendingDataNotices()).toEqual([]);
});
