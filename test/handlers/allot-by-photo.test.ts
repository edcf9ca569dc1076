import { beforeEach, describe, expect, it } from 'vitest';
import { findStock, moveCodes } from '../../models/code-stock.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { codesWith } from '../../models/stock-lists.ts';
import { inTransaction } from '../../models/transaction.ts';
import { codeHash, readPayload } from '../../src/domain/code.ts';
import type { CodeMove } from '../../src/domain/stock-state.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { sheetOfCodes } from '../support/sheet-of-codes.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { stocked } from '../support/stocked.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUV';

const world = useWorld();
let anong: Person;
let isoId: string;

beforeEach(async () => {
  anong = await world().hires('anong', { role: 'ADMIN' });
  for (const userId of ['nok', 'lek']) await world().hires(userId);
  isoId = (await findPerson('anong'))?.isoId ?? '';
  await stocked(isoId, range(0, 30).map(serial));
});

const serial = (n: number) => `SHEETCDEFG${LETTERS[Math.floor(n / 20)]}${LETTERS[n % 20]}`;
const payload = (n: number) => `https://qr.alipayplus.example/m/${serial(n)}`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const photoOf = async (...codes: number[]) => await sheetOfCodes(codes.map(payload), { columns: 3 });
const held = async (holderId: string) =>
  (await codesWith({ holderId, isoId }, 100)).map((one) => one.serial ?? '').toSorted();
const serials = (...codes: number[]) => codes.map(serial).toSorted();

/** What becomes of a code elsewhere. */
async function move(n: number, to: CodeMove): Promise<void> {
  const codes = await findStock([hashOf(n) ?? '']);
  await inTransaction((tx) => moveCodes(codes, to, { by: 'anong', at: 1 }, tx));
}

async function begins(admin: Person, to: string): Promise<void> {
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.promotionData', 'team.stock', 'team.allot'] as const)
    await admin.taps({ action });
  await admin.fills({ batch: 'photo', to });
}

describe('codes that go to somebody by a photo', () => {
  it('are given at once, told to who gets them, and counted on the card with those that were not', async () => {
    await begins(anong, 'nok');
    await anong.sees(wordsOf('allot.photosHow'));
    await anong.sends(await sheetOfCodes([...range(0, 24).map(payload), payload(40)], { columns: 5 }));
    expect(await held('nok')).toEqual(serials(...range(0, 24)));
    await anong.sees(wordsOf('allot.counted', { count: 24 }), wordsOf('allot.countedNotInStock', { count: 1 }));
    await world()
      .person('nok')
      .sees(wordsOf('line.codesGiven', { count: 24 }));
  });

  it('of several photos are counted together, each code once, whatever the same photo shows again', async () => {
    await begins(anong, 'nok');
    const first = await photoOf(0, 1, 2);
    await anong.sends(first, await photoOf(2, 3, 4));
    await anong.sends(first);
    expect(await held('nok')).toEqual(serials(0, 1, 2, 3, 4));
    await anong.sees(wordsOf('allot.counted', { count: 5 }), wordsOf('allot.countedBefore', { count: 4 }));
  });

  it('stay where they are when somebody has them, and what is no code of ours is none', async () => {
    const code = (await findStock([hashOf(0) ?? '']))[0];
    if (code === undefined) throw new Error('no code');
    await inTransaction((tx) => moveCodes([code], { kind: 'allot', to: 'lek' }, { by: 'anong', at: 1 }, tx));
    await begins(anong, 'nok');
    await anong.sends(await sheetOfCodes([payload(0), payload(1), 'https://example.com/menu'], { columns: 3 }));
    expect([await held('lek'), await held('nok')]).toEqual([serials(0), serials(1)]);
    await anong.sees(
      wordsOf('allot.counted', { count: 1 }),
      wordsOf('allot.countedBefore', { count: 1 }),
      wordsOf('allot.countedOthers', { count: 1 }),
    );
  });

  it('are not there in a photo without one, which the card says; no such photo is kept', async () => {
    await begins(anong, 'nok');
    const message = await anong.sends(await pictures.storefront(1), await photoOf(3));
    await anong.sees(wordsOf('allot.counted', { count: 1 }));
    await anong.sends(await pictures.storefront(2));
    await anong.sees(wordsOf('allot.noCode'));
    expect(await contentHashesOf([`${message}#0`, `${message}#1`])).toEqual(new Map());
  });

  it('were taken down before, and go out again though no batch has any left', async () => {
    for (const n of range(0, 30)) await move(n, { kind: 'putUp', by: 'lek', spotId: `spot${n}` });
    await begins(anong, 'nok').catch(() => undefined);
    await anong.sees(wordsOf('allot.none'));
    expect((await anong.card()).forms).toEqual([]);
    await move(7, { kind: 'takeDown', spotId: 'spot7' });
    await begins(anong, 'nok');
    await anong.sends(await photoOf(7, 8));
    expect(await held('nok')).toEqual(serials(7));
    await anong.sees(wordsOf('allot.counted', { count: 1 }));
  });

  it('go to whom the photo was sent for, also when it comes after that was done', async () => {
    await begins(anong, 'nok');
    const arrives = await photoOnItsWay(await photoOf(0, 1));
    await anong.taps({ action: 'team.allotDone' });
    await begins(anong, 'lek');
    await arrives();
    expect([await held('nok'), await held('lek')]).toEqual([serials(0, 1), []]);
    await anong.sees(wordsOf('allot.givenTo', { name: 'Nok', count: 2, others: 0 }));
    await anong.sends(await photoOf(2));
    expect(await held('lek')).toEqual(serials(2));
  });

  it('go to nobody once that is done, nor an hour after the last photo', async () => {
    await begins(anong, 'nok');
    await world().advance(50 * 60_000);
    await anong.sends(await photoOf(0));
    await world().advance(61 * 60_000);
    await anong.sends(await photoOf(1));
    await anong.sees(wordsOf('allot.photosOver'));
    await begins(anong, 'nok');
    await anong.taps({ action: 'team.allotDone' });
    await world().advance(1_000);
    await anong.sends(await photoOf(2));
    expect(await held('nok')).toEqual(serials(0));
    await anong.sees(wordsOf('line.photoNeedsShop'));
  });

  it('go to nobody who left meanwhile', async () => {
    await begins(anong, 'nok');
    await inTransaction((tx) => changePerson('nok', { state: 'UNKNOWN', isoId: null }, tx));
    await world().advance(1_000);
    await anong.sends(await photoOf(0));
    expect(await held('nok')).toEqual([]);
    await anong.sees(wordsOf('allot.left', { name: 'Nok' }));
  });

  it('are given by nobody who is no admin any more, also when the photo was under way', async () => {
    await begins(anong, 'nok');
    const arrives = await photoOnItsWay(await photoOf(0));
    await inTransaction((tx) => changePerson('anong', { role: 'STAFF' }, tx));
    await arrives();
    await anong.sends(await photoOf(1));
    expect(await held('nok')).toEqual([]);
    await anong.sees(wordsOf('allot.notAdmin'));
  });

  it('of two admins at once go to one person each', async () => {
    const somchai = await world().hires('somchai', { role: 'ADMIN' });
    await begins(anong, 'nok');
    await begins(somchai, 'lek');
    const [one, other] = [await photoOf(0, 1, 2), await photoOf(1, 2, 3)];
    await Promise.all([anong.sends(one), somchai.sends(other)]);
    const [nok, lek] = [await held('nok'), await held('lek')];
    expect([...nok, ...lek].toSorted()).toEqual(serials(0, 1, 2, 3));
  });
});

function hashOf(code: number): string | undefined {
  const read = readPayload(payload(code), MARKETING_CODE_FLOW.codes);
  return read.kind === 'ours' ? codeHash(read.code) : undefined;
}

/** A photo that leaves the phone now, and is pushed when it is called. */
async function photoOnItsWay(bytes: Buffer): Promise<() => Promise<void>> {
  world().platform.keepFile('on its way', bytes);
  const message = world().message('anong', { pictures: [{ downloadCode: 'on its way' }] });
  await world().advance(1_000);
  return async () => {
    await world().advance(61_000);
    await world().receive(message);
  };
}
