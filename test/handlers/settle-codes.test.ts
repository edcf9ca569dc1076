import { present } from '@field/kit/present';
import mongoose from 'mongoose';
import { afterEach, describe, expect, it } from 'vitest';
import { createCodeSettler } from '../../handlers/promotion/settle-codes.ts';
import { activeBinding, bindCodes, bindingsOfSpots, countUnknownKinds } from '../../models/bindings.ts';
import { noteShape } from '../../models/code-shapes.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { submissionsToHandOver } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { embeddedInEachRun } from '../../packages/embedded-store/test/stores.ts';
import { readPayload } from '../../src/domain/code.ts';
import { patternFor, shapeOf } from '../../src/domain/code-shape.ts';
import { withForeign, withPattern } from '../../src/programme/add-code.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { allAtOnce, refusals, useModels, winners } from '../models/store.ts';
import {
  MARKETING_CODE_FLOW,
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedFiles,
  shippedProgramme,
} from '../support/shipped-programme.ts';
import { hire, NOW, submitShop } from '../support/shop-under-review.ts';

const BEGINS = 'https://codes.example/x/';
const { shape } = shapeOf(`${BEGINS}AB12CD34`);
const PATTERN = patternFor('new', shapeOf(`${BEGINS}AB12CD34`));
if (PATTERN === undefined) throw new Error('no pattern');
const ACCEPTED = programmeOf(withPattern(shippedFiles(), 'MARKETING_CODE', PATTERN));
const REFUSED = programmeOf(withForeign(shippedFiles(), { id: 'new', starts: BEGINS, says: 'walletLink' }));

describe.each(embeddedInEachRun())('codes that nobody knows, on the $name server', ({ uri }) => {
  useModels(uri);
  afterEach(() => useProgrammes(SHIPPED_PROGRAMMES));

  const logged: string[] = [];
  const log = {
    info: (_: unknown, event?: string) => void logged.push(String(event)),
    warn: (_: unknown, event?: string) => void logged.push(String(event)),
  };
  const settler = () => createCodeSettler({ clock: { now: () => NOW }, log, wake: () => undefined });
  const apply = (...versions: readonly Programme[]) => useProgrammes(programmesOf(shippedProgramme(), ...versions));
  /** Sorted: a store without an order asked for gives none. */
  const linesTo = async (userId: string): Promise<readonly string[]> => {
    const cards = await mongoose.connection.collection('cards').find({ viewer: userId, kind: 'line' }).toArray();
    return cards.map(({ line }) => String(line?.key)).sort();
  };
  /** What is handed over of a shop's code after it was submitted, in order. */
  const handedOver = async (shop: string): Promise<readonly object[]> => {
    const rows = await submissionsToHandOver('folder', { limit: 100, machine: NOW });
    return rows.flatMap(({ line }) => {
      const { standing, payload, countsAs, against } = line;
      return line.itemRef === `${shop}-b` ? [present({ standing, payload, countsAs, against })] : [];
    });
  };
  /** A spot of a shop of its own with this code. */
  const stands = async (shop: string, says: string, userId = 'nok'): Promise<string> => {
    await hire(userId);
    await submitShop(userId, shop, { spots: 1 });
    const spots = mongoose.connection.collection<{ _id: string }>('spots');
    await spots.updateOne({ _id: `${shop}-1` }, { $set: { product: 'MARKETING_CODE' } });
    await inTransaction((tx) => bind(shop, says, userId, tx));
    return `${shop}-1`;
  };
  const bind = async (
    shop: string,
    says: string,
    boundBy: string,
    tx: Parameters<Parameters<typeof inTransaction>[0]>[0],
  ) => {
    const read = readPayload(says, MARKETING_CODE_FLOW.codes);
    if (read.kind !== 'unknown') throw new Error(`${says} is known`);
    const shapeId = await noteShape({ shape, product: 'MARKETING_CODE', firstAt: NOW }, tx);
    const whose = { isoId: 'iso', spotId: `${shop}-1`, storeId: shop, boundBy, boundAt: NOW };
    const doubt = { doubt: 'unknown', shapeId, judgedBy: 1 } as const;
    const proof = { method: 'PHOTO_DECODE', proofPhoto: 'photo' } as const;
    await bindCodes([{ bindingId: `${shop}-b`, code: read.code, ...whose, ...doubt, ...proof }], tx);
  };

  it('stand at one of two spots at once, by all that they say', async () => {
    const outcomes = await allAtOnce(2, (index, tx) => bind(`race${index}`, `${BEGINS}RACE0001`, 'nok', tx));
    expect([winners(outcomes).length, refusals(outcomes).length]).toEqual([1, 1]);
  });

  it('are told to the operator once a kind, whoever looks', async () => {
    await stands('told', `${BEGINS}TELL0001`);
    await Promise.all([settler().look(), settler().look()]);
    await stands('told2', `${BEGINS}TELL0002`);
    await settler().look();
    expect(logged.filter((event) => event === 'codes.unknownKind')).toHaveLength(1);
    expect(await countUnknownKinds()).toBe(1);
  });

  it('get their own name once a pattern is accepted, and whoever has them in hand is told once', async () => {
    const refs = [
      await stands('acc1', `${BEGINS.toUpperCase()}ACCE0001`, 'lek'),
      await stands('acc2', `${BEGINS}ACCE0002`, 'lek'),
    ];
    apply(ACCEPTED);
    await Promise.all([settler().look(), settler().look(), settler().look()]);
    await settler().look();
    const bindings = await bindingsOfSpots(refs);
    expect(bindings.map(({ codeId, doubt }) => [codeId, doubt]).sort()).toEqual([
      ['ACCE0001', undefined],
      ['ACCE0002', undefined],
    ]);
    expect(await activeBinding({ canonicalUrl: `${BEGINS}ACCE0001` })).toMatchObject({ spotId: 'acc1-1' });
    expect(await linesTo('lek')).toEqual(['line.codeKnown']);
  });

  it('that turn out to be one code at two spots are flagged, and both stay', async () => {
    const refs = [await stands('same1', `${BEGINS}SAME0001`, 'dao'), await stands('same2', `${BEGINS}same0001`, 'dao')];
    apply(ACCEPTED);
    await settler().look();
    const doubts = (await bindingsOfSpots(refs)).map(({ state, doubt }) => `${state} ${doubt}`);
    expect(doubts.sort()).toEqual(['ACTIVE clash', 'ACTIVE undefined']);
    expect(await linesTo('dao')).toEqual(['line.codeClash', 'line.codeKnown']);
  });

  it('that are refused stay, flagged; one that is accepted after all counts', async () => {
    const ref = await stands('ref', `${BEGINS}REFU0001`, 'mali');
    apply(REFUSED);
    await settler().look();
    expect(await bindingsOfSpots([ref])).toMatchObject([{ state: 'ACTIVE', doubt: 'refused' }]);
    expect(await linesTo('mali')).toEqual(['line.codeRefused']);
    apply(REFUSED, ACCEPTED);
    await settler().look();
    expect(await bindingsOfSpots([ref])).toMatchObject([{ state: 'ACTIVE', codeId: 'REFU0001' }]);
    expect(await linesTo('mali')).toEqual(['line.codeKnown', 'line.codeRefused']);
  });

  it('are handed over as what they turn out to be, once each time that it is another', async () => {
    await stands('line', `${BEGINS.toUpperCase()}LINE0001`, 'ploy');
    const payload = `${BEGINS.toUpperCase()}LINE0001`;
    const against = { itemRef: 'line-1.posm', revision: 1 };
    const versions: Programme[] = [];
    const settled = async (programme: Programme): Promise<readonly object[]> => {
      apply(...versions, programme);
      versions.push(programme);
      await Promise.all([settler().look(), settler().look()]);
      return await handedOver('line');
    };
    expect(await settled(shippedProgramme())).toEqual([]);
    const refused = { standing: 'REFUSED', payload, against };
    expect(await settled(REFUSED)).toEqual([refused]);
    expect(await settled(REFUSED)).toEqual([refused]);
    const unknown = { ...refused, standing: 'UNKNOWN' };
    expect(await settled(shippedProgramme())).toEqual([refused, unknown]);
    const counts = { ...refused, standing: 'COUNTS', countsAs: `${BEGINS}LINE0001` };
    expect(await settled(ACCEPTED)).toEqual([refused, unknown, counts]);
    expect(await linesTo('ploy')).toEqual(['line.codeKnown', 'line.codeRefused']);
  });

  it('that clash say so once, whatever other version comes', async () => {
    await stands('once1', `${BEGINS}ONCE0001`, 'pim');
    await stands('once2', `${BEGINS}once0001`, 'pim');
    apply(ACCEPTED);
    await settler().look();
    apply(ACCEPTED, ACCEPTED);
    await settler().look();
    const standings = [...(await handedOver('once1')), ...(await handedOver('once2'))];
    expect(standings.map((one) => Object(one).standing).sort()).toEqual(['CLASH', 'COUNTS']);
    expect([...(await linesTo('pim'))].sort()).toEqual(['line.codeClash', 'line.codeKnown']);
  });

  it('that a version does not know either wait for the next one', async () => {
    const ref = await stands('wait', `${BEGINS}WAIT0001`);
    apply(shippedProgramme());
    await settler().look();
    expect(await bindingsOfSpots([ref])).toMatchObject([{ doubt: 'unknown', judgedBy: 2 }]);
    apply(shippedProgramme(), ACCEPTED);
    await settler().look();
    expect(await bindingsOfSpots([ref])).toMatchObject([{ codeId: 'WAIT0001', judgedBy: 3 }]);
  });
});
