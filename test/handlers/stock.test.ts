import { systemIds } from '@field/kit/ids';
import { beforeEach, expect, it } from 'vitest';
import type { FaceModels, FaceName } from '../../cards/views.ts';
import { leaveBehind } from '../../handlers/hand-over/leave-behind.ts';
import { allotTyped, openAllot } from '../../handlers/stock/allot-card.ts';
import { moveTicked } from '../../handlers/stock/codes-card.ts';
import { loadCard } from '../../handlers/views.ts';
import { bindCodes } from '../../models/bindings.ts';
import type { Card } from '../../models/cards.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { codesWith } from '../../models/stock-lists.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newContext, type TapContext } from '../../src/bot/context.ts';
import { readTyped } from '../../src/domain/code.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { hire, NOW, onlyAnIso } from '../support/shop-under-review.ts';
import { stocked } from '../support/stocked.ts';

useModels(undefined);

const SERIALS = ['ABCDEFGH2342', 'ABCDEFGH2343', 'ABCDEFGH2344', 'ABCDEFGH2345'];
const BATCH = 'MARKETING_CODE/B1';

beforeEach(async () => {
  await onlyAnIso();
  for (const userId of ['ploy', 'nok', 'lek']) await hire(userId);
  await inTransaction((tx) => changePerson('ploy', { role: 'ADMIN' }, tx));
});

const isoOf = async () => (await findPerson('nok'))?.isoId ?? '';

async function shows<Face extends FaceName>(view: Face, subject: Subject, userId: string): Promise<FaceModels[Face]> {
  const viewer = await findPerson(userId);
  if (viewer === undefined) throw new Error(`nobody is ${userId}`);
  const { name, model } = await loadCard({ view, viewer: userId, subject } as Card, viewer, NOW);
  expect(name).toBe(view);
  return model as FaceModels[Face];
}

let taps = 0;
/** What a tap of somebody does; answers what their card shows then. */
async function does(
  userId: string,
  act: (ctx: TapContext) => Promise<void>,
  { form = {}, extra = {} }: { form?: Record<string, string | string[]>; extra?: Record<string, string> },
) {
  taps += 1;
  return await inTransaction(async (tx) => {
    const person = await findPerson(userId, tx);
    if (person === undefined) throw new Error(`nobody is ${userId}`);
    const update = {
      kind: 'tap',
      id: `tap${taps}`,
      at: NOW,
      params: { form, extra },
    } as unknown as TapContext['update'];
    const ctx = newContext({
      update,
      tx,
      ids: systemIds,
      now: NOW,
      dingTalkNow: NOW,
      person,
      card: undefined,
    }) as TapContext;
    await act(ctx);
    return { working: ctx.effects.working, told: ctx.effects.records.map(({ to }) => to) };
  });
}

const NOW_DATA = { kind: 'promotionData', id: '/1' } as const;
const page = { kind: 'page', id: '1' } as const;
const stockOf = (userId: string) => ({ kind: 'stock', id: userId }) as const;
const held = async (holderId: string) =>
  (await codesWith({ holderId, isoId: await isoOf() }, 100)).map(({ serial }) => serial);

it('where no stock came nothing is asked: no button, no number', async () => {
  expect((await shows('team.promotionData', NOW_DATA, 'ploy')).stock).toBe(false);
  expect((await shows('promotion.intro', { kind: 'product', id: 'MARKETING_CODE' }, 'nok')).codes).toBeUndefined();
  await stocked(await isoOf(), SERIALS);
  expect((await shows('team.promotionData', NOW_DATA, 'ploy')).stock).toBe(true);
  expect((await shows('promotion.intro', { kind: 'product', id: 'MARKETING_CODE' }, 'nok')).codes).toBeUndefined();
});

it('an admin gives out the next of a batch, and who gets them is told and reads how many are left', async () => {
  await stocked(await isoOf(), SERIALS);
  await does('ploy', openAllot, {});
  const { batches } = await shows('team.allot', { kind: 'person', id: 'ploy' }, 'ploy');
  expect(batches).toMatchObject([{ key: BATCH, left: 4 }]);
  const given = await does('ploy', allotTyped, { form: { batch: BATCH, count: '3', to: 'nok' } });
  expect(given.working).toMatchObject({
    view: 'team.stock',
    line: { key: 'allot.givenTo', args: { name: 'nok', count: 3, others: 0 } },
  });
  expect(given.told).toEqual(['nok']);
  expect(await held('nok')).toEqual(SERIALS.slice(0, 3));
  expect((await shows('promotion.intro', { kind: 'product', id: 'MARKETING_CODE' }, 'nok')).codes).toBe(3);
  const { products, people } = await shows('team.stock', page, 'ploy');
  expect(products).toMatchObject([{ product: 'MARKETING_CODE', here: 1, held: 3 }]);
  expect(people).toContainEqual({ userId: 'nok', name: 'nok', codes: 3 });
});

it('what is typed wrong is said, and gives nothing', async () => {
  await stocked(await isoOf(), SERIALS);
  for (const form of [
    { batch: BATCH, count: '0', to: 'nok' },
    { batch: 'OTHER/B1', count: '1', to: 'nok' },
    { batch: BATCH, count: '1', to: 'nobody' },
    { batch: BATCH, count: '1' },
  ] as Record<string, string>[]) {
    const { working } = await does('ploy', allotTyped, { form });
    expect(working?.line).toEqual({ key: 'allot.noCount' });
  }
  expect(await held('nok')).toEqual([]);
});

it('staff hand codes to a colleague, give them back and say that they are lost; nobody those of another', async () => {
  await stocked(await isoOf(), SERIALS);
  await does('ploy', allotTyped, { form: { batch: BATCH, count: '4', to: 'nok' } });
  const { rows } = await shows('stock', stockOf('nok'), 'nok');
  const [first = '', second = '', third = ''] = rows.map(({ hash }) => hash);
  const move = (userId: string, what: string[], where: string) =>
    does(userId, moveTicked, { form: { what, where }, extra: { person: 'nok' } });
  expect((await move('lek', [first], 'lek')).working?.line).toEqual({ key: 'line.gone' });
  expect((await move('nok', [first], 'lek')).told).toEqual(['lek']);
  await move('nok', [second], 'iso');
  await move('nok', [third, first], 'lost');
  expect(await held('nok')).toEqual([SERIALS[3]]);
  expect(await held('lek')).toEqual([SERIALS[0]]);
  expect((await shows('team.stock', page, 'ploy')).products).toMatchObject([{ here: 1, held: 2, lost: 1 }]);
  await move('ploy', ['all'], 'iso');
  expect(await held('nok')).toEqual([]);
});

it('a colleague’s code that is put up is booked over, listed for the admin, and counts for how long codes last', async () => {
  await stocked(await isoOf(), SERIALS);
  await does('ploy', allotTyped, { form: { batch: BATCH, count: '2', to: 'nok' } });
  const read = readTyped(SERIALS[0], MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error('no code');
  const where = { isoId: await isoOf(), spotId: 'spot', storeId: 'store', boundBy: 'lek', boundAt: NOW };
  const binding = { bindingId: 'b', code: read.code, method: 'TYPED', proofPhoto: 'photo', ...where } as const;
  await inTransaction((tx) => bindCodes([binding], tx));
  expect(await held('nok')).toEqual([SERIALS[1]]);
  const { products, bookedOver } = await shows('team.stock', page, 'ploy');
  expect([bookedOver, products[0]?.days]).toEqual([1, 90]);
  const { rows } = await shows('team.bookedOver', page, 'ploy');
  expect(rows).toMatchObject([{ serial: SERIALS[0], from: 'nok', by: 'lek', at: NOW }]);
});

it('who works there no more leaves their codes with their work, else to the ISO', async () => {
  await stocked(await isoOf(), SERIALS);
  await does('ploy', allotTyped, { form: { batch: BATCH, count: '2', to: 'nok' } });
  const leaves = async (userId: string, heir: string | undefined) => {
    const [person, to] = [await findPerson(userId), heir === undefined ? undefined : await findPerson(heir)];
    if (person === undefined) throw new Error(`nobody is ${userId}`);
    await does('ploy', (ctx) => leaveBehind(ctx, person, to ?? 'nobody'), {});
  };
  await leaves('nok', 'lek');
  expect(await held('lek')).toEqual(SERIALS.slice(0, 2));
  await leaves('lek', undefined);
  expect((await shows('team.stock', page, 'ploy')).products).toMatchObject([{ here: 4, held: 0 }]);
});
