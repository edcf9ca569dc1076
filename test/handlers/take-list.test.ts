import { AppError } from '@field/kit/errors';
import readXlsxFile from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { findExport, moveExport } from '../../models/exports.ts';
import { closedMonths } from '../../models/fee-months.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems } from '../../models/items.ts';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { SETTLEMENTS } from '../../src/daily/incoming/land-settlements.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO, MORNING } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;
const admin = (): Person => world().person('admin1');
const sent = () => world().platform.filesSent;

async function promoted(...spots: readonly string[]): Promise<void> {
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const of = { isoId, submittedAt: MORNING, product: 'PRIMARY_POSM' };
  await inTransaction((tx) =>
    addItems(
      spots.map((spot) => submittedSpot(spot, { ...of, shop: `Shop ${spot}` })),
      tx,
    ),
  );
}

async function inLists(person: Person): Promise<void> {
  await person.says('menu');
  for (const action of ['team.open', 'team.more', 'team.cameIn', 'team.lists']) await person.taps({ action });
}

async function asksFor(list: string, time = 'This month so far'): Promise<void> {
  await inLists(admin());
  await admin().fills({ List: list, 'Of which time': time });
}

async function onlyExport() {
  const [row] = await database().collection('exports').find({}).toArray();
  const found = await findExport(String(row?._id));
  if (found === undefined) throw new Error('no export');
  return found;
}

it('a list comes into the chat as a workbook, once, with what the admin may take away', async () => {
  await promoted('one', 'two');
  await asksFor('Promotions');
  await admin().sees('Promotions', wordsOf('export.sent'), '2 rows in 1 file');
  expect(sent()).toEqual([{ userId: 'admin1', mediaId: '@file1', fileName: 'Promotions 2026-11.xlsx' }]);
  const [sheet] = await readXlsxFile(world().platform.filesKept.get('@file1') ?? Buffer.alloc(0));
  expect(sheet?.data.slice(1).map(([shop]) => shop)).toEqual(['Shop one', 'Shop two']);
  expect(JSON.stringify(sheet?.data[0])).not.toMatch(/phone|contact|registration/i);
  const [entry] = await database().collection('audit').find({ what: 'export.make' }).toArray();
  expect(entry).toMatchObject({ by: 'admin1', details: { list: 'promotions', rows: 2, format: 'chat' } });
  await world().advance(HOUR_MS);
  expect(sent()).toHaveLength(1);
});

it('of fees a month that is over is closed as it is taken, and the card says so; one that goes on is not', async () => {
  await promoted('paid', 'other');
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const row = { isoId, fee: 'DEPLOYMENT', state: 'CONFIRMED', sourceRowKey: '1' } as const;
  for (const [itemRef, dataDate] of [
    ['paid', '20261030'],
    ['other', '20261102'],
  ] as const) {
    const about = { cause: `settlement_${dataDate}_001.csv`, asOf: `${dataDate}_001`, now: MORNING };
    const money = { currency: 'THB', minor: Number(dataDate) };
    await inTransaction(async (tx) =>
      (await SETTLEMENTS.plan([{ ...row, itemRef, dataDate, money }], about, tx)).write(tx),
    );
  }
  await asksFor('Fees row by row');
  await admin().sees(wordsOf('export.sent'), '1 row in 1 file');
  expect(await admin().card()).toMatchObject({ text: expect.not.stringContaining('Closed') });
  expect(await closedMonths([isoId])).toEqual(new Map());
  await asksFor('Fees row by row', 'Last month');
  await admin().sees(wordsOf('export.sent'), wordsOf('fees.closed'));
  expect(await closedMonths([isoId])).toEqual(new Map([[isoId, '202610']]));
  const [entry] = await database().collection('audit').find({ what: 'iso.feesClosed' }).toArray();
  expect(entry).toMatchObject({ by: 'admin1', details: { month: '202610' } });
});

it('of nothing no file comes', async () => {
  await asksFor('Inspections', 'Last month');
  await admin().sees(wordsOf('export.emptySays'));
  expect(sent()).toEqual([]);
});

it('what may have arrived is not sent again but when the admin says so', async () => {
  await promoted('one');
  world().platform.refuse('sendFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  await admin().sees(wordsOf('export.unsureSays'));
  world().platform.allow('sendFile');
  await world().advance(6 * HOUR_MS);
  expect(sent()).toEqual([]);
  await admin().taps({ action: 'team.sendList' });
  await admin().sees(wordsOf('export.sent'));
  expect(sent()).toHaveLength(1);
  expect(world().platform.calls.filter((call) => call === 'uploadFile')).toHaveLength(1);
});

it('whoever went on with something else is told below', async () => {
  await promoted('one');
  world().platform.refuse('uploadFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  const saying = async () =>
    (await admin().cards()).filter(({ text }) => wordsOf('export.failedSays').test(text)).length;
  world().platform.refuse('uploadFile', new AppError('dingtalk.refused'));
  await admin().says('menu');
  await world().advance(HOUR_MS);
  expect(await saying()).toBe(1);
  await asksFor('Everybody at work');
  expect(await saying()).toBe(2);
  await world().advance(HOUR_MS);
  expect(await saying()).toBe(2);
});

it('a process that died while it sent leaves that to the admin, too', async () => {
  await promoted('one');
  world().platform.refuse('uploadFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  const files = [{ mediaId: '@file9', fileName: 'Promotions.xlsx' }];
  await inTransaction(async (tx) => {
    const ready = await moveExport(await onlyExport(), { state: 'READY', rows: 1, files, sent: 0 }, tx);
    await moveExport(ready, { state: 'SENDING' }, tx);
  });
  world().platform.allow('uploadFile');
  await world().advance(HOUR_MS);
  await admin().sees(wordsOf('export.unsureSays'));
  expect(sent()).toEqual([]);
  await admin().taps({ action: 'team.sendList' });
  expect(sent()).toEqual([{ userId: 'admin1', ...files[0] }]);
});

it.each(['dingtalk.busy', 'dingtalk.robotCode'] as const)(
  'what DingTalk surely did not take (%s) comes once it does',
  async (code) => {
    await promoted('one');
    world().platform.refuse('sendFile', new AppError(code));
    await asksFor('Promotions');
    await admin().sees(wordsOf('export.making'));
    world().platform.allow('sendFile');
    await world().advance(HOUR_MS);
    await admin().sees(wordsOf('export.sent'));
    expect(sent()).toHaveLength(1);
  },
);

it.each(['sendFile', 'uploadFile'] as const)('what %s is refused is said, and can be asked for anew', async (call) => {
  await promoted('one');
  world().platform.refuse(call, new AppError('dingtalk.refused'));
  await asksFor('Promotions');
  await admin().sees(wordsOf('export.failedSays'));
  world().platform.allow(call);
  await admin().taps({ action: 'team.lists' });
  await admin().fills({ List: 'Promotions', 'Of which time': 'All of it' });
  await admin().sees(wordsOf('export.sent'));
  expect(sent()).toHaveLength(1);
});

it('somebody who is no admin any more gets nothing', async () => {
  await promoted('one');
  world().platform.refuse('uploadFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  await inTransaction((tx) => changePerson('admin1', { role: 'STAFF' }, tx));
  world().platform.allow('uploadFile');
  await world().advance(HOUR_MS);
  expect([sent(), (await onlyExport()).state]).toEqual([[], 'ENDED']);
});

it('one that cannot be made for an hour keeps nobody from asking anew', async () => {
  await promoted('one');
  world().platform.refuse('uploadFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  await world().advance(HOUR_MS - 60_000);
  await asksFor('Everybody at work');
  await admin().sees(wordsOf('export.oneAtATime'));
  await world().advance(2 * 60_000);
  await asksFor('Everybody at work');
  expect(await database().collection('exports').countDocuments()).toBe(2);
});

it('one at a time, and only for admins', async () => {
  await promoted('one');
  world().platform.refuse('uploadFile', new AppError('dingtalk.unreachable'));
  await asksFor('Promotions');
  await asksFor('Everybody at work');
  await admin().sees(wordsOf('export.oneAtATime'), 'Promotions');
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  for (const action of ['team.lists', 'team.takeList'])
    await world().sandbox.tap(outTrackId, { userId: 'nok', actionId: 'x', params: { action } });
  expect(await nok.chat()).not.toMatch(wordsOf('button.lists'));
  expect(await database().collection('exports').countDocuments()).toBe(1);
});
