import { AppError } from '@field/kit/errors';
import { describe, expect, it } from 'vitest';
import { addAssociations, associationsOfIso, moveAssociation } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO, MORNING } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import { wordsOf } from '../support/world/words-of.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAILED = 'spot';

const world = useWorld();
const isoId = async (): Promise<string> => (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';

/** Until `isBack`, no card can be made, and nobody hears whether one was. */
const isAway = (): void => world().platform.refuse('createAndDeliver', new AppError('dingtalk.unreachable'));
async function isBack(): Promise<void> {
  world().platform.allow('createAndDeliver');
  world().clock.skip(HOUR_MS);
  await world().advance(HOUR_MS);
  await world().sweep();
}

/** What failed of Lek's, to be put right by then, and told of again from now on. */
async function fails(deadlineAt: number): Promise<void> {
  const submitted = submittedSpot(FAILED, { isoId: await isoId(), staffId: 'lek', submittedAt: MORNING - DAY_MS });
  await inTransaction((tx) => addItems([submitted], tx));
  await changes({
    state: 'REJECTED',
    deadlineAt,
    noticeAt: MORNING + HOUR_MS,
    judgement: {
      decision: 'REJECTED',
      reasonCodes: ['SPOT_PHOTO_BLURRY'],
      dataDate: '20261123',
      sourceRowKey: 'row',
      revision: 1,
      decidedAt: MORNING,
    },
  });
}

async function changes(change: Parameters<typeof changeItem>[1]): Promise<void> {
  const item = await findItem(FAILED);
  if (item === undefined) throw new Error('nothing was submitted');
  await inTransaction((tx) => changeItem(item, change, tx));
}

const arrived = () => [...world().platform.cards.values()];

describe('a reminder that waits while no card can be made', () => {
  it('is not sent once its deadline has gone by', async () => {
    await world().hires('lek');
    await fails(MORNING + 10 * HOUR_MS);
    isAway();
    await world().advance(2 * HOUR_MS);
    expect(world().log.of('send.failed').length).toBeGreaterThan(0);
    await world().advance(9 * HOUR_MS);
    await isBack();
    expect(arrived()).toEqual([]);
    expect(world().log.of('send.late')).toHaveLength(1);
  });

  it('is not sent once what it was about was put right', async () => {
    await world().hires('lek');
    await fails(MORNING + 3 * DAY_MS);
    isAway();
    await world().advance(2 * HOUR_MS);
    await changes({ state: 'PENDING', revision: 2, deadlineAt: null });
    await isBack();
    expect(arrived()).toEqual([]);
  });

  it('is sent while there is time', async () => {
    const lek = await world().hires('lek');
    await fails(MORNING + 3 * DAY_MS);
    isAway();
    await world().advance(2 * HOUR_MS);
    await isBack();
    await lek.sees(wordsOf('reminder.title'));
  });

  it('says that all is done where it may have arrived without anybody knowing', async () => {
    const lek = await world().hires('lek');
    await fails(MORNING + 10 * HOUR_MS);
    world().platform.loseAnswers('createAndDeliver', 1);
    await world().advance(HOUR_MS + 1);
    isAway();
    await world().advance(10 * HOUR_MS);
    await isBack();
    expect(arrived()).toHaveLength(1);
    await lek.sees(wordsOf('reminder.done'));
  });

  it('of an admin is not sent once nobody waits any more', async () => {
    const asked = { requestId: 'guest', isoId: await isoId(), name: 'Guest', phone: '+66815550001' };
    await inTransaction((tx) => addAssociations([{ ...asked, channel: 'QR', at: world().clock.now() }], tx));
    isAway();
    await world().advance(26 * HOUR_MS);
    const [request] = await associationsOfIso(asked.isoId, ['PENDING']);
    if (request === undefined) throw new Error('nobody waits');
    await inTransaction((tx) => moveAssociation(request, { state: 'WITHDRAWN' }, tx));
    await isBack();
    expect(arrived()).toEqual([]);
  });
});
