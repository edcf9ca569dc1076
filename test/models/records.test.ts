import { describe, expect, it } from 'vitest';
import {
  addAssociations,
  findAssociation,
  latestAssociationOf,
  liveByPhones,
  moveAssociation,
} from '../../models/associations.ts';
import { activeBinding, bindCodes, bindingsOfSpots, doubtfulOfIso, releaseBinding } from '../../models/bindings.ts';
import { addDraft, changeDraft, findDraft, openDraftsOf } from '../../models/drafts.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { addPromotion, findPromotion, type Promotion } from '../../models/promotions.ts';
import { reserveCall } from '../../models/rates.ts';
import {
  addSubmissions,
  freeFolders,
  markHandedOver,
  submissionsLeft,
  submissionsToHandOver,
} from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { allAtOnce, insist, refusals, useModels, winners } from './store.ts';

const CROWD = 50;
const NOW = 1_800_000_000_000;
const LOST_RACES = ['subject.lostRace', 'store.transient'];

describe.each(servers())('drafts on the $name server', ({ uri }) => {
  useModels(uri);
  const empty = (): Draft => newDraft(MARKETING_CODE_FLOW);
  const start = (draftId: string, userId = draftId) =>
    inTransaction((tx) =>
      addDraft({ draftId, userId, isoId: 'iso', product: 'MARKETING_CODE', draft: empty(), updatedAt: NOW }, tx),
    );

  it('takes one of fifty changes that were made from the same version', async () => {
    await start('cas');
    const seen = await findDraft('cas');
    if (seen === undefined) throw new Error('no draft');
    const outcomes = await allAtOnce(CROWD, (index, tx) =>
      changeDraft(seen, { nextPhoto: 100 + index, updatedAt: NOW }, tx),
    );
    const [won, ...others] = winners(outcomes);
    expect(others).toEqual([]);
    expect(LOST_RACES).toEqual(expect.arrayContaining(refusals(outcomes)));
    expect(await findDraft('cas')).toMatchObject({ version: 2, nextPhoto: won?.nextPhoto });
  });

  it('loses none of fifty changes that read afresh', async () => {
    await start('afresh');
    await Promise.all(
      Array.from({ length: CROWD }, () =>
        insist(async (tx) => {
          const now = await findDraft('afresh', tx);
          if (now === undefined) throw new Error('no draft');
          await changeDraft(now, { nextPhoto: now.nextPhoto + 1, updatedAt: NOW }, tx);
        }),
      ),
    );
    expect(await findDraft('afresh')).toMatchObject({ version: 1 + CROWD, nextPhoto: 1 + CROWD });
  });

  it('keeps one open draft for a person, product and store, and any number that are done', async () => {
    await start('first', 'nok');
    const change = async (draftId: string, to: Parameters<typeof changeDraft>[1]) =>
      inTransaction(async (tx) => {
        const stored = await findDraft(draftId, tx);
        if (stored === undefined) throw new Error('no draft');
        return await changeDraft(stored, to, tx);
      });
    await change('first', { storeKey: 'TH|baan', updatedAt: NOW });
    await start('second', 'nok');
    await expect(change('second', { storeKey: 'TH|baan', updatedAt: NOW })).rejects.toMatchObject({
      code: 'subject.stale',
    });
    await change('first', { state: 'SUBMITTED', promotionId: 'p1', updatedAt: NOW });
    await change('second', { storeKey: 'TH|baan', updatedAt: NOW });
    expect((await openDraftsOf('nok')).map(({ draftId }) => draftId)).toEqual(['second']);
  });
});

describe.each(servers())('codes, people and requests on the $name server', ({ uri }) => {
  useModels(uri);
  const code = (canonicalUrl: string) => ({ codeId: 'ABCD', canonicalUrl, short: 'ABCD' });
  const binding = (bindingId: string, canonicalUrl: string) => ({
    bindingId,
    code: code(canonicalUrl),
    isoId: 'iso',
    spotId: `spot-${bindingId}`,
    storeId: 'store',
    boundBy: 'nok',
    boundAt: NOW,
    method: 'TYPED' as const,
    proofPhoto: 'photo',
  });

  it('binds a code to one of fifty spots, and to another only once it is free', async () => {
    const outcomes = await allAtOnce(CROWD, (index, tx) => bindCodes([binding(`b${index}`, 'code-1')], tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(LOST_RACES).toEqual(expect.arrayContaining(refusals(outcomes)));
    const active = await activeBinding(code('code-1'));
    if (active === undefined) throw new Error('bound nowhere');
    await inTransaction(async (tx) => {
      await releaseBinding(active.bindingId, 'nok', NOW, tx);
      await bindCodes([binding('moved', 'code-1')], tx);
    });
    expect(await activeBinding(code('code-1'))).toMatchObject({ spotId: 'spot-moved' });
    expect(await bindingsOfSpots([active.spotId])).toMatchObject([{ state: 'RELEASED', releasedBy: 'nok' }]);
  });

  it('leaves a code where it stands when its move is broken off', async () => {
    await inTransaction((tx) => bindCodes([binding('stays', 'code-2')], tx));
    await inTransaction(async (tx) => {
      await releaseBinding('stays', 'nok', NOW, tx);
      throw new Error('broken off');
    }).catch(() => undefined);
    expect(await activeBinding(code('code-2'))).toMatchObject({ bindingId: 'stays' });
  });

  it('lists the latest codes in doubt of an ISO, and no more than somebody looks through', async () => {
    const inDoubt = { shapeId: 'a-kind', doubt: 'unknown', judgedBy: 1 } as const;
    await inTransaction(async (tx) => {
      for (let age = 0; age < 130; age++)
        await bindCodes(
          [{ ...binding(`age${age}`, `doubtful-${age}`), ...inDoubt, isoId: 'iso-doubts', boundAt: NOW - age }],
          tx,
        );
    });
    const listed = await doubtfulOfIso('iso-doubts');
    expect([listed.length, listed[0]?.bindingId, listed.at(-1)?.bindingId]).toEqual([120, 'age0', 'age119']);
  });

  it('meets a person once, however many messages come first at the same time', async () => {
    await Promise.all(
      Array.from({ length: CROWD }, (_, index) => insist((tx) => meetPerson('new', `Nok ${index}`, tx))),
    );
    expect(await findPerson('new')).toMatchObject({ state: 'UNKNOWN', role: 'STAFF' });
    await insist((tx) =>
      changePerson('new', { name: 'Nok', language: 'th', currentWork: { kind: 'draft', id: 'd' } }, tx),
    );
    await insist((tx) => changePerson('new', { currentWork: null }, tx));
    expect(await findPerson('new')).toMatchObject({ name: 'Nok', language: 'th', currentWork: undefined });
  });

  it('keeps one pending request of a person, and one of a phone, in an ISO', async () => {
    const request = (requestId: string, userId: string, phone: string) => ({
      requestId,
      isoId: 'iso',
      userId,
      name: 'Nok',
      phone,
      language: 'en',
      at: NOW,
      channel: 'CARD' as const,
    });
    const same = await allAtOnce(CROWD, (index, tx) =>
      addAssociations([request(`r${index}`, 'nok', `+66${index}`)], tx),
    );
    expect(winners(same)).toHaveLength(1);
    const phones = await allAtOnce(CROWD, (index, tx) =>
      addAssociations([request(`s${index}`, `u${index}`, '+6681')], tx),
    );
    expect(winners(phones)).toHaveLength(1);
    const other = `u${phones.findIndex((outcome) => 'won' in outcome)}`;
    expect(await liveByPhones('iso', ['+6681', '+6682'])).toMatchObject([{ userId: other, state: 'PENDING' }]);
  });

  it('knows people outside by their phone: one live request each, another once it has ended', async () => {
    const outside = (requestId: string, phone: string) => ({
      requestId,
      isoId: 'i3',
      name: 'Mali',
      phone,
      at: NOW,
      channel: 'QR' as const,
    });
    await inTransaction((tx) => addAssociations([outside('o1', '+661'), outside('o2', '+662')], tx));
    const again = await allAtOnce(CROWD, (index, tx) => addAssociations([outside(`p${index}`, '+661')], tx));
    expect(winners(again)).toEqual([]);
    const first = await findAssociation('o1');
    if (first === undefined) throw new Error('no request');
    await inTransaction((tx) => moveAssociation(first, { state: 'REJECTED' }, tx));
    await inTransaction((tx) => addAssociations([outside('o3', '+661')], tx));
    await expect(inTransaction((tx) => moveAssociation(first, { state: 'ACTIVE' }, tx))).rejects.toThrow('lostRace');
    const rejected = { requestId: 'o1', version: 2, state: 'REJECTED' as const };
    await expect(inTransaction((tx) => moveAssociation(rejected, { state: 'ACTIVE' }, tx))).rejects.toThrow(
      'no move from REJECTED to ACTIVE',
    );
  });

  it('lets the first of fifty decisions stand', async () => {
    const requestId = 'decided';
    await inTransaction((tx) =>
      addAssociations(
        [{ requestId, isoId: 'i2', userId: 'lek', name: 'Lek', phone: '+662', channel: 'CARD', at: NOW }],
        tx,
      ),
    );
    const seen = await latestAssociationOf('lek');
    if (seen === undefined) throw new Error('no request');
    const outcomes = await allAtOnce(CROWD, (index, tx) =>
      moveAssociation(seen, { state: index % 2 ? 'ACTIVE' : 'REJECTED', decidedBy: `admin-${index}` }, tx),
    );
    expect(winners(outcomes)).toHaveLength(1);
    expect(await findAssociation(requestId)).toMatchObject({ version: 2, decidedBy: winners(outcomes)[0]?.decidedBy });
  });

  it('gives a promotion number once', async () => {
    const promotion = (promotionId: string): Promotion => ({
      promotionId,
      number: 'P-7K3M',
      version: 1,
      isoId: 'iso',
      staffId: 'nok',
      product: 'MARKETING_CODE',
      storeId: 's',
      storeName: 'Baan',
      spotCount: 1,
      revision: 1,
      submittedAt: NOW,
    });
    const outcomes = await allAtOnce(CROWD, (index, tx) => addPromotion(promotion(`p${index}`), tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(LOST_RACES).toEqual(expect.arrayContaining(refusals(outcomes)));
    const kept = outcomes.findIndex((outcome) => 'won' in outcome);
    expect(await findPromotion(`p${kept}`)).toMatchObject({ number: 'P-7K3M' });
  });
});

describe.each(servers())('submissions and call rates on the $name server', ({ uri }) => {
  useModels(uri);

  it('stores a submission once for ever, and hands over what is not handed over, oldest first', async () => {
    const rows = (at: number) =>
      [2, 1].map((revision) => ({
        submissionKey: `store#${revision}`,
        isoId: 'iso',
        promotionId: 'p',
        submittedAt: at + revision,
        programme: 1,
        line: { itemRef: 'store', revision },
        photoHashes: ['a'],
      }));
    const outcomes = await allAtOnce(CROWD, (_, tx) => addSubmissions(rows(NOW), tx));
    expect(winners(outcomes)).toHaveLength(1);
    const forFolder = (folder: string) => submissionsToHandOver(folder, { limit: 10, machine: NOW });
    expect((await forFolder('f')).map(({ submissionKey }) => submissionKey)).toEqual(['store#1', 'store#2']);
    await markHandedOver(['store#1'], 'file');
    expect(await forFolder('f')).toMatchObject([{ submissionKey: 'store#2', line: { revision: 2 } }]);
    expect(await submissionsLeft()).toBe(1);
    expect(await forFolder('another')).toEqual([]);
    await freeFolders(NOW);
    expect(await forFolder('another')).toEqual([]);
    await freeFolders(NOW + 1);
    expect(await forFolder('another')).toHaveLength(1);
  });

  it('is for one outgoing folder, whoever asks at the same time', async () => {
    const line = { itemRef: 'shop', revision: 1 };
    const rows = Array.from({ length: 20 }, (_, index) => ({
      submissionKey: `shop-${index}#1`,
      line,
      submittedAt: index,
    }));
    await inTransaction((tx) =>
      addSubmissions(
        rows.map((row) => ({ ...row, isoId: 'iso', programme: 1, photoHashes: [] })),
        tx,
      ),
    );
    const asked = Array.from({ length: CROWD }, (_, index) =>
      submissionsToHandOver(`folder ${index}`, { limit: 100, machine: NOW }),
    );
    const given = (await Promise.all(asked)).flat().map(({ submissionKey }) => submissionKey);
    expect(given.filter((key) => key.startsWith('shop-')).sort()).toEqual(rows.map((row) => row.submissionKey).sort());
  });

  it('spaces fifty calls so that no second has more than twenty, over every process', async () => {
    const waits = await Promise.all(Array.from({ length: CROWD }, () => reserveCall('/path', () => NOW)));
    const times = waits.toSorted((one, other) => one - other);
    const busiest = times.map((start) => times.filter((time) => time >= start && time < start + 1_000).length);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(20);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBeLessThan(4_000);
    expect(await reserveCall('/other', () => NOW)).toBe(0);
  });

  it('lets nobody wait for a clock that was ahead', async () => {
    const TEN_MINUTES_MS = 600_000;
    for (const _ of [1, 2, 3, 4]) await reserveCall('/ahead', () => NOW + TEN_MINUTES_MS);
    expect(await reserveCall('/ahead', () => NOW)).toBeLessThanOrEqual(1_000);
    expect(await reserveCall('/ahead', () => NOW)).toBeLessThanOrEqual(1_000);
    for (const _ of [1, 2, 3, 4]) await reserveCall('/a little ahead', () => NOW + 9_000);
    expect(await reserveCall('/a little ahead', () => NOW)).toBeLessThanOrEqual(1_000);
  });
});
