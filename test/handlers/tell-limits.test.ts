import { asAppError } from '@field/kit/errors';
import { beforeAll, describe, expect, it } from 'vitest';
import { tellLimits } from '../../handlers/team/tell-limits.ts';
import { findCard } from '../../models/cards.ts';
import { addIso } from '../../models/isos.ts';
import { readMonth } from '../../models/month-of-calls.ts';
import { addCall, addPushed, addUsage, usageOf } from '../../models/monthly-usage.ts';
import { claimSend } from '../../models/outbox.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createPushCount } from '../../src/bot/push-count.ts';
import type { Amounts } from '../../src/domain/limits.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';

const CROWD = 20;
const NOW = Date.parse('2026-11-20T12:00:00+08:00');
const NEXT_MONTH = Date.parse('2026-12-01T00:00:00+08:00');
const LIMITS = { pushes: 100, calls: 1_000 };
let log = logLines();
const at = (now: number) => ({ now: () => now });

async function admin(userId: string, isoId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, { state: 'ACTIVE', role: 'ADMIN', isoId }, tx);
  });
}

async function iso(isoId: string): Promise<void> {
  const place = { name: isoId, country: 'TH', timeZone: 'UTC', language: 'en' } as const;
  await inTransaction((tx) => addIso({ isoId, email: `${isoId}@x.example`, joinToken: isoId, ...place }, tx));
}

/** To whom everything is that is pending, as one who sends would take it. */
async function sends(): Promise<readonly string[]> {
  const to: string[] = [];
  for (;;) {
    const row = await claimSend(`w${to.length}`, NEXT_MONTH * 2, NOW);
    if (row === undefined) return to.sort();
    const card = 'outTrackId' in row ? await findCard(row.outTrackId) : undefined;
    to.push(card?.viewer ?? '');
  }
}

/** A process looks, and at its next sweep again when others were in its way. */
async function looks(limits: Amounts, now: number): Promise<void> {
  for (;;) {
    const error = await tellLimits(log.log, limits, await readMonth(now)).catch(asAppError);
    if (error === undefined) return;
    if (error.code !== 'store.transient') throw error;
  }
}

/** As many processes look at the same time. */
const everybodyLooks = (limits = LIMITS, now = NOW) =>
  Promise.all(Array.from({ length: CROWD }, () => looks(limits, now)));

describe.each(servers())('the month on the $name server', ({ uri }) => {
  useModels(uri);
  beforeAll(async () => {
    log = logLines();
    for (const isoId of ['one', 'other']) await iso(isoId);
    await admin('ploy', 'one');
    await admin('som', 'one');
    await admin('rival', 'other');
  });

  it('adds up what many processes count, whatever comes between two writes', async () => {
    const counts = Array.from({ length: CROWD }, () => createPushCount(at(NOW)));
    for (const { count } of counts) count();
    await Promise.all(counts.map(({ write }) => write()));
    await Promise.all(counts.flatMap(({ write }) => [write(), write()]));
    await Promise.all(Array.from({ length: CROWD }, () => addUsage(NOW + 5, { calls: 1 })));
    expect(await usageOf('2026-11')).toMatchObject({ pushes: CROWD, calls: CROWD, since: NOW });
  });

  it('adds up calls by who pays and what they are for, however many processes count at once', async () => {
    const month = '2026-09';
    const at = Date.parse('2026-09-20T12:00:00+08:00');
    const bills = [
      { payer: 'one', class: 'own' },
      { payer: 'one', class: 'digest' },
      { payer: 'other', class: 'own' },
    ] as const;
    const crowd = async () =>
      await Promise.all(Array.from({ length: CROWD }, () => bills.map((bill) => addCall(at, bill))).flat());
    await crowd();
    expect(await usageOf(month)).toMatchObject({ calls: 3 * CROWD, since: at });
    const each = { one: { own: CROWD, digest: CROWD }, other: { own: CROWD } };
    expect(Object.fromEntries((await usageOf(month)).payers)).toEqual(each);
    // Each learns the month with its own call in it. Asked of a month that has begun: PostgreSQL with DocumentDB answers
    // whoever loses the race to begin it with the row that it would have made.
    const seen = (await crowd()).map(({ calls }) => calls).sort((one, other) => one - other);
    expect(seen).toEqual(Array.from({ length: 3 * CROWD }, (_, index) => 3 * CROWD + 1 + index));
  });

  it('counts what came at the turn of the month in the month in which it came', async () => {
    let now = NEXT_MONTH - 1;
    const { count, write } = createPushCount({ now: () => now });
    count();
    now = NEXT_MONTH;
    count();
    count();
    await write();
    expect(await usageOf('2026-11')).toMatchObject({ pushes: CROWD + 1 });
    expect(await usageOf('2026-12')).toMatchObject({ pushes: 2, since: NEXT_MONTH });
  });

  it('says nothing below 70 % of a share, and then tells the admins of that ISO alone, once', async () => {
    // two of the three people: 63 of 95 pushes
    await addPushed(NOW, 'one', 44);
    await everybodyLooks();
    expect(await sends()).toEqual([]);
    await addPushed(NOW, 'one', 1);
    await everybodyLooks();
    expect(await sends()).toEqual(['ploy', 'som']);
    await everybodyLooks();
    expect(await sends()).toEqual([]);
    expect((await usageOf('2026-11')).notices).toMatchObject([
      { payer: 'one', what: 'pushes', percent: 70, used: 45, limit: 63, whole: 100 },
    ]);
  });

  it('says only the highest of what was reached at once, and nothing again because a share grew', async () => {
    await addPushed(NOW, 'one', 25);
    await everybodyLooks();
    expect(await sends()).toEqual(['ploy', 'som']);
    await admin('nok', 'one');
    await everybodyLooks();
    await addPushed(NOW, 'one', 1);
    await everybodyLooks();
    expect(await sends()).toEqual([]);
    expect((await usageOf('2026-11')).notices.map(({ percent }) => percent)).toEqual([70, 100]);
  });

  it('begins afresh with another limit, or month', async () => {
    await everybodyLooks({ ...LIMITS, pushes: 110 });
    expect(await sends()).toEqual(['nok', 'ploy', 'som']);
    for (let calls = 0; calls < 215; calls += 1) await addCall(NEXT_MONTH, { payer: 'other', class: 'own' });
    await everybodyLooks(LIMITS, NEXT_MONTH);
    expect(await sends()).toEqual(['rival']);
    expect((await usageOf('2026-12')).notices).toMatchObject([
      { payer: 'other', what: 'calls', percent: 90, used: 215, limit: 236 },
    ]);
  });

  it('tells the operator alone what all together have used, once', async () => {
    await addUsage(NEXT_MONTH, { pushes: 71 });
    await everybodyLooks(LIMITS, NEXT_MONTH);
    await everybodyLooks(LIMITS, NEXT_MONTH);
    expect(await sends()).toEqual([]);
    expect(log.of('month.nearLimit').filter(({ used }) => used === 73)).toMatchObject([
      { what: 'pushes', percent: 70, limit: 100 },
    ]);
  });
});
