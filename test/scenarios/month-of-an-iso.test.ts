import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '@field/kit/calendar';
import { beforeAll, describe, expect, it } from 'vitest';
import { usageOf } from '../../models/monthly-usage.ts';
import { personalUsage } from '../../models/personal-usage.ts';
import { ORGANISATION } from '../../src/domain/budget.ts';
import type { ListName } from '../../src/domain/list-names.ts';
import { inspect, openTasks } from '../support/conversations/inspection.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { howOften } from '../support/how-often.ts';
import { countedOf, landedRows, type SentThing, thingsInFiles } from '../support/month/counted-files.ts';
import { type ListRow, listByCommand, listInChat } from '../support/month/taken-lists.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { carriedBy, type Person } from '../support/world/person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const ISO = 'demo@iso.example';
const GROUP = 'cid-demo';
const DAYS = howOften({ inEachRun: 4, inFull: 20 });
const STAFF = howOften({ inEachRun: 3, inFull: 10 });
/** Each photo is one of its own, however many shops there are: promotions have what is below. */
const REMEDY_SEEDS = 500_000;
const INSPECTION_SEEDS = 600_000;
/** The whole month is lived before anything is asked of it. */
const MONTH_MS = howOften({ inEachRun: 600_000, inFull: 2 * 3_600_000 });
const PLACES = 'Mango River Golden Night Orchid Corner Silver Garden Harbour Lucky Bamboo Sunrise'.split(' ');
const TRADES = 'Bakery Noodles Pharmacy Books Flowers Tailor Coffee Massage Market Phones Barber Toys'.split(' ');
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** What comes of itself: results, what ends on a day, what is asked for and decided, digests, reminders; with what the admin takes away. */
const OF_ITSELF = ['result', 'deadline', 'approval', 'digest', 'reminder'] as const;
/** Of all calls, percent. */
const MOST_OF_ITSELF = 10;

/** What somebody is told of again, as it stands, and once all of it is done. */
const REMINDERS: readonly string[] = ['Still to do', '✓ All done'];
/** In each run these are taken in the chat, the others by command. */
const TAKEN_IN_CHAT: readonly ListName[] = ['promotions', 'fees'];
/** The card of a day's results, on which reminders ride. */
const RESULTS = /^Results up to/;
/** Notices are two days before a deadline; quiet hours move them to before a weekend. */
const NOTICE_MS = 5 * 24 * 3_600_000;

interface Shop {
  readonly name: string;
  readonly day: number;
  readonly series: string;
  readonly by: number;
  readonly product: 'MARKETING_CODE' | 'PRIMARY_POSM';
}

describe(`${DAYS} working days of an ISO with ${STAFF} staff`, () => {
  const { world, ploy } = sharedWorld({ env: { DINGTALK_CALLS_A_MONTH: '100000', DINGTALK_PUSHES_A_MONTH: '100000' } });
  const staff = Array.from({ length: STAFF }, (_, n) => world.person(`field${n}`));
  const [heir = ploy, leaver = ploy] = [staff[0], staff.at(-1)];
  const shops: Shop[] = [];
  const months = new Set<string>();
  let things: readonly SentThing[] = [];

  beforeAll(async () => {
    for (const [n, { userId }] of staff.entries()) {
      const name = `Field ${LETTERS[n]}`;
      await world.newPerson({ userId, name, mobile: `+66-8123499${String(n).padStart(2, '0')}` });
      await employ(world, { userId, name, role: 'STAFF', isoEmail: ISO });
    }
    await ploy.inGroup(GROUP).says('digest');
    await ploy.inGroup(GROUP).taps({ action: 'group.bind' });
    for (let day = 0; day < DAYS; day += 1) await workADay(day);
    things = thingsInFiles(world);
  }, MONTH_MS);

  /** Everybody promotes a shop; one puts right what failed for them, one inspects; one of the new spots fails at night. */
  async function workADay(day: number): Promise<void> {
    if (day === DAYS / 2) await removesLeaver();
    for (const [by, person] of atWork(day)) {
      const n = shops.length;
      const series = `${LETTERS[Math.floor(n / LETTERS.length)]}${LETTERS[n % LETTERS.length]}`;
      const product = (day + by) % 3 === 2 ? 'PRIMARY_POSM' : 'MARKETING_CODE';
      const name = `${PLACES[n % 12]} ${TRADES[(n + Math.floor(n / 12)) % 12]} ${series}`;
      const shop = { name, day, series, by, product } as const;
      const store = { address: `${PLACES[(n * 5) % 12]} Road ${100 + 37 * n}` };
      await promote(person, { shop: name, series, product, together: true, visit: n, store });
      shops.push(shop);
    }
    if (day % 2 === 1) await putRight(day - 1);
    if (day > 0) await inspectOne(day);
    const { now } = await world.advance(0);
    months.add(new Date(now).toISOString().slice(0, 7));
    const failing = shopOf(day, day % STAFF);
    await world.nextDay(
      failing === undefined
        ? undefined
        : [{ submissionKey: keyOf(failing), decision: 'REJECTED', reasonCodes: ['SPOT_PHOTO_BLURRY'] }],
    );
  }

  /** What the last one has open goes to the first. */
  async function removesLeaver(): Promise<void> {
    await ploy.says('menu');
    for (const action of ['team.open', 'team.people']) await ploy.taps({ action });
    const isListed = async () => (await ploy.card()).buttons.some((one) => carriedBy(one).person === leaver.userId);
    while (!(await isListed())) await ploy.taps('Next page');
    await ploy.taps({ action: 'team.member', person: leaver.userId });
    await ploy.taps({ action: 'team.memberMore' });
    await ploy.taps({ action: 'team.askChange', change: 'remove' });
    const { forms } = await ploy.card();
    await (forms.length === 0 ? ploy.taps({ action: 'team.change' }) : ploy.fills({ heir: 'Field A' }));
    await ploy.sees('✓ Removed. I have told them.');
  }

  /** The last one leaves in the middle of it. */
  function atWork(day: number): readonly (readonly [number, Person])[] {
    return [...staff.entries()].filter(([by]) => by < STAFF - 1 || day < DAYS / 2);
  }

  function shopOf(day: number, by: number): Shop | undefined {
    return shops.find((shop) => shop.by === by && shop.day === day);
  }

  function storeOf({ name }: Shop): string {
    return outgoingLines(world).find((line) => line.values.nameLocal === name)?.itemRef ?? '';
  }

  function keyOf(shop: Shop): string {
    const store = storeOf(shop);
    const spot = outgoingLines(world).findLast((line) => line.storeRef === store && line.itemType === 'SPOT');
    return spot?.submissionKey ?? '';
  }

  async function putRight(day: number): Promise<void> {
    const shop = shopOf(day, day % STAFF);
    const person = staff[day % STAFF];
    if (shop === undefined || person === undefined || shop.product !== 'MARKETING_CODE') return;
    await person.says('menu');
    await person.taps({ action: 'review.mine' });
    await person.taps({ action: 'review.list' });
    await person.taps(new RegExp(shop.name));
    await person.taps({ action: 'review.modify' });
    await person.sends(await pictures.closeup(codeOf(shop.series, 0), { seed: REMEDY_SEEDS + day }));
    await person.taps({ action: 'review.resubmit' });
  }

  async function inspectOne(day: number): Promise<void> {
    const given = landedRows(world, 'inspection-tasks').findLast(({ storeRef, assignee }) => {
      const shop = shops.find((one) => storeOf(one) === storeRef);
      return shop?.product === 'MARKETING_CODE' && atWork(day).some(([, { userId }]) => userId === assignee);
    });
    const [shop, person] = [
      shops.find((one) => storeOf(one) === given?.storeRef),
      staff.find(({ userId }) => userId === given?.assignee),
    ];
    if (shop === undefined || person === undefined) return;
    await openTasks(person);
    // what nobody came to is overdue, and stands before it
    const isListed = async () => (await person.card()).buttons.some(({ label }) => label.includes(shop.name));
    while (!(await isListed())) await person.taps('Next page');
    await inspect(person, {
      shop: new RegExp(shop.name),
      series: shop.series,
      spots: 1,
      seed: INSPECTION_SEEDS + 100 * day,
    });
  }

  it('shows each of them what the files say of what they sent', async () => {
    for (const person of staff) {
      await person.says('menu');
      // who left reads of stores and spots alone
      const columns = person === leaver ? 2 : 3;
      if (person === leaver) await person.taps({ action: 'review.former' });
      else {
        await person.taps({ action: 'review.mine' });
        await person.taps({ action: 'review.times' });
        await person.taps({ action: 'review.mine', period: 'all' });
      }
      const { text } = await person.card();
      const own = things.filter(({ staff: of }) => of === person.userId);
      const [store, spot, posm] = ['STORE', 'SPOT', 'POSM'].map((type) => countedOf(own, type));
      const row = (of: 'promoted' | 'approved' | 'failed' | 'inReview') =>
        [store, spot, posm].slice(0, columns).map((counted) => counted?.[of]);
      expect([person.userId, numbersIn(text, 'Promoted'), numbersIn(text, 'Approved')]).toEqual([
        person.userId,
        row('promoted'),
        row('approved'),
      ]);
      expect([numbersIn(text, 'Failed'), numbersIn(text, 'In review')]).toEqual([row('failed'), row('inReview')]);
    }
  });

  it('exports every item as the files have it, and every day as the group was told', async () => {
    const promotions = await exported('promotions');
    expect(promotions.map((row) => row['Name in daily data']).sort()).toEqual(
      things
        .filter(({ itemType }) => itemType !== 'INSPECTION')
        .map(({ itemRef }) => itemRef)
        .sort(),
    );
    const digests = new Map(
      (await exported('digests')).map((row) => [(row['Result of'] ?? '').replaceAll('-', ''), row]),
    );
    const days = new Set(landedRows(world, 'review').map(({ dataDate = '' }) => dataDate.replaceAll('-', '')));
    expect([...digests.keys()].sort()).toEqual([...days].sort());
    for (const day of days) {
      const of = landedRows(world, 'review').filter((row) => row.dataDate?.replaceAll('-', '') === day);
      const judged = (type: string, decision: RegExp): number =>
        of.filter((row) => row.itemType === type && decision.test(row.decision ?? '')).length;
      const row = digests.get(day) ?? {};
      expect([day, row['Stores approved'], row['Spots approved'], row['Spots failed']]).toEqual([
        day,
        String(judged('STORE', /APPROVED/)),
        String(judged('SPOT', /APPROVED/)),
        String(judged('SPOT', /REJECTED/)),
      ]);
    }
  });

  it('exports what failed, was inspected, was paid and who works there as the files have it', async () => {
    const refs = (rows: readonly Readonly<Record<string, string>>[]) =>
      rows.map((row) => row['Name in daily data'] ?? '').sort();
    const failed = things.filter(({ stands, itemType }) => stands === 'failed' && itemType !== 'INSPECTION');
    expect(refs(await exported('failures'))).toEqual(
      refs(failed.map((one) => ({ 'Name in daily data': one.itemRef }))),
    );
    const given = new Set(landedRows(world, 'inspection-tasks').map(({ sourceKey }) => sourceKey));
    expect(await exported('tasks')).toHaveLength(given.size);
    const people = (await exported('people')).map((row) => row['DingTalk userId']);
    expect(people).toEqual(expect.arrayContaining(staff.slice(0, -1).map(({ userId }) => userId)));
    expect(people).not.toContain(leaver.userId);
    const paid = landedRows(world, 'settlement');
    const lines = await exported('fees');
    expect([lines.length, sumOf(lines.map((row) => Number(row['How much'])))]).toEqual([
      paid.length,
      sumOf(paid.map(({ amount }) => Number(amount))),
    ]);
  });

  it('told the group of each day what the files say of it', async () => {
    const said = (await ploy.inGroup(GROUP).cards()).filter(({ title }) => title.endsWith('· results'));
    const days = [...new Set(landedRows(world, 'review').map(({ dataDate = '' }) => dataDate))].sort();
    expect(said).toHaveLength(days.length);
    for (const [n, day] of days.entries()) {
      const of = landedRows(world, 'review').filter(
        ({ dataDate, itemType = '' }) => dataDate === day && ['STORE', 'SPOT'].includes(itemType),
      );
      const count = (decision: string): number => of.filter((row) => row.decision === decision).length;
      const failed = count('REJECTED');
      const { text = '' } = said[n] ?? {};
      expect([day, text]).toEqual([day, expect.stringContaining(`✓ ${count('APPROVED')} approved`)]);
      expect([day, /✗ (\d+) failed/.exec(text)?.[1] ?? '0']).toEqual([day, String(failed)]);
    }
  });

  it('reminded once a day at most, and of nothing that lapsed too late', async () => {
    const { now } = await world.advance(0);
    const told = async (person: Person): Promise<readonly { readonly at: number; readonly isResult: boolean }[]> =>
      (await person.entries()).flatMap(({ view: { title = '' } = {}, at }) =>
        REMINDERS.includes(title) || RESULTS.test(title) ? [{ at, isResult: RESULTS.test(title) }] : [],
      );
    for (const person of staff) {
      const sent = await told(person);
      const days = sent.map(({ at }) => dayOf(at, 'Asia/Bangkok'));
      expect([person.userId, new Set(days).size]).toEqual([person.userId, days.length]);
      // what the files say failed, was not sent again, and lapsed by their deadline
      const lapsed = things.filter(({ staff: of, deadlineAt = now }) => of === person.userId && deadlineAt < now);
      const toldOf = person === leaver ? [...sent, ...(await told(heir))] : sent;
      for (const { itemRef, decidedBy, deadlineAt = 0 } of lapsed) {
        // the card that says that it failed is none that reminds of it
        const isLater = ({ at }: { readonly at: number }): boolean =>
          dayOf(at, 'Asia/Bangkok').replaceAll('-', '') > decidedBy;
        const first = toldOf.find((one) => one.isResult && isLater(one));
        const inTime = toldOf.filter(
          (one) => one !== first && isLater(one) && one.at < deadlineAt && one.at > deadlineAt - NOTICE_MS,
        );
        expect([itemRef, inTime.length]).toEqual([itemRef, expect.toSatisfy((count: number) => count > 0)]);
      }
    }
  });

  it('exports every code of its stock where the files have it', async () => {
    const name = `stock_${dayOf((await world.advance(0)).now, 'Asia/Shanghai')}_001.csv`;
    const codes = shops
      .map(({ series }) => codeOf(series, 0))
      .concat(['A', 'B'].map((letter) => codeOf('ZZ', 'AB'.indexOf(letter))));
    const isoId = outgoingLines(world)[0]?.isoId;
    const rows = codes.map((code) => `B-1,${isoId},MARKETING_CODE,${code},2026-05-02T09:00:00+08:00\r\n`);
    writeFileSync(join(world.dataDir, name), `batchId,isoId,product,code,receivedAt\r\n${rows.join('')}`);
    renameSync(join(world.dataDir, name), join(world.dataDir, 'incoming', name));
    await world.advance(3_600_000);
    expect(landedRows(world, 'stock')).toHaveLength(codes.length);
    const names = new Map(shops.map((shop) => [storeOf(shop), shop.name]));
    const shopAt = new Map<string, string>();
    for (const line of outgoingLines(world)) {
      const shop = names.get(line.storeRef ?? '');
      if (line.itemType === 'POSM' && line.code !== undefined)
        shopAt.set(serialIn(line.code.payload ?? ''), shop ?? '');
    }
    const told = (await exported('stock')).map((row) => [row.Code, row.State, row.Shop]);
    const expected = codes.map((code) => {
      const serial = serialIn(code);
      const shop = shopAt.get(serial);
      return shop === undefined ? [serial, 'With the ISO', ''] : [serial, 'Put up', shop];
    });
    expect(told.toSorted()).toEqual(expected.toSorted());
    expect(shopAt.size).toBeGreaterThan(0);
  });

  it('adds the fees up to what the settlement files say', async () => {
    const sums = new Map<string, number>();
    for (const row of landedRows(world, 'settlement')) {
      const month = (row.dataDate ?? '').slice(0, 7);
      sums.set(month, (sums.get(month) ?? 0) + Number(row.amount));
    }
    for (const [month, sum] of sums) {
      const { out } = await operatorCommand(world.dataDir, 'fees', 'show', ISO, month);
      expect([month, out]).toEqual([month, expect.stringContaining(`${sum.toFixed(2)} USD`)]);
    }
  });

  it('told everybody of what lapses before it did', async () => {
    for (const [by, person] of staff.entries()) {
      const own = things.filter(({ staff: of, stands }) => of === person.userId && stands === 'failed');
      if (own.length === 0 || by === STAFF - 1) continue;
      expect([person.userId, await person.chat()]).toEqual([person.userId, expect.stringContaining('Fix')]);
    }
  });

  it('spends nearly everything on their own steps', async () => {
    const figures = await behindTheScenes(world, async () =>
      Promise.all(
        [...months].map(async (month) => ({ usage: await usageOf(month), people: await personalUsage(month) })),
      ),
    );
    const spent = new Map<string, number>();
    for (const { usage } of figures) {
      for (const [payer, used] of usage.payers) {
        for (const [purpose, calls = 0] of Object.entries(used)) {
          const of = `${payer === ORGANISATION ? payer : 'the ISO'}, ${purpose}`;
          spent.set(of, (spent.get(of) ?? 0) + calls);
        }
      }
    }
    const byPerson = new Map<string, readonly number[]>();
    for (const { userId, pushes: of, calls: hours } of figures.flatMap(({ people }) => people)) {
      const [before = 0, called = 0] = byPerson.get(userId) ?? [];
      byPerson.set(userId, [before + of, called + sumOf(Object.values(hours))]);
    }
    const calls = sumOf(figures.map(({ usage }) => usage.calls));
    const pushes = sumOf(figures.map(({ usage }) => usage.pushes));
    console.log(
      [
        `${shops.length} promotions: ${calls} calls, ${pushes} pushes`,
        ...[...spent].map(([of, count]) => `${of}: ${count} calls`),
        ...[...byPerson].map(([userId, [of, called]]) => `${userId}: ${called} calls, ${of} pushes`),
      ].join('\n'),
    );
    const ofItself = sumOf(OF_ITSELF.map((purpose) => spent.get(`the ISO, ${purpose}`) ?? 0));
    expect(ofItself).toBeGreaterThan(0);
    // seven lists are much for four days
    const [, taken = 0] = process.env.LONG ? (byPerson.get(ploy.userId) ?? []) : [];
    expect((100 * (ofItself + taken)) / calls).toBeLessThanOrEqual(MOST_OF_ITSELF);
  });

  /** As an admin takes it in the chat, or an operator by a command; in full both ways, which are the same. */
  async function exported(list: ListName): Promise<readonly ListRow[]> {
    const inChat = process.env.LONG || TAKEN_IN_CHAT.includes(list) ? await listInChat(world, ploy, list) : undefined;
    if (inChat !== undefined && !process.env.LONG) return inChat;
    const byCommand = await listByCommand(world, ISO, list);
    if (inChat !== undefined) expect([list, inChat]).toEqual([list, byCommand.map(withoutMidnight)]);
    return byCommand;
  }
});

/** A workbook tells no midnight from a day. */
function withoutMidnight(row: ListRow): ListRow {
  return Object.fromEntries(
    Object.entries(row).map(([heading, cell]) => [heading, cell.replace(/(?<=^[\d-]{10}) 00:00$/, '')]),
  );
}

/** What stands after the last stroke of an address. */
function serialIn(code: string): string {
  return code.slice(code.lastIndexOf('/') + 1);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** The numbers of a row of the table. */
function numbersIn(text: string, row: string): readonly number[] {
  const [, ...numbers] = new RegExp(`${row} \\| (\\d+) \\| (\\d+)(?: \\| (\\d+))?`).exec(text) ?? [];
  return numbers.filter((one) => one !== undefined).map(Number);
}
