import { describe, expect, it } from 'vitest';
import { lapseItems } from '../../handlers/review/lapse-items.ts';
import { changeAppeal, latestAppealOf } from '../../models/appeals.ts';
import { activeBinding, bindingsOfSpots } from '../../models/bindings.ts';
import { changeDraft, findDraft, findOpenModification } from '../../models/drafts.ts';
import { changeItem, posmRef } from '../../models/items.ts';
import { findSpot } from '../../models/spots.ts';
import { submissionsToHandOver } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { readTyped } from '../../src/domain/code.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { answer, codeOwnership, expectPhoto, photoChecked } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { DAY_MS, decide, hashOf, hire, itemOf, NOW, serialOf, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { onAppeal, onItem, onModification, tap } from './thumb.ts';

const FIFTY = Array.from({ length: 50 }, (_, index) => index);
const THREE = FIFTY.slice(0, 3);
const LATE = NOW + 3 * DAY_MS;

/** A shop of its own, whose first door failed. */
async function failedDoor(shop: string, reasons = ['SPOT_NOT_FIXED'], series = nextSeries()): Promise<string> {
  await hire('nok');
  await submitShop('nok', shop, { spots: 1, product: 'MARKETING_CODE', series });
  await decide(`${shop}-1`, 'REJECTED', { reasons });
  return `${shop}-1`;
}

const photo = (draft: Draft, photoId: string, codes: readonly string[] = []): Draft =>
  photoChecked(expectPhoto(draft, { photoId, seq: 100 + draft.photos.length, at: NOW }), photoId, {
    ok: true,
    sha256: hashOf(photoId),
    weaknesses: [],
    codes: codes.map((serial) => `https://qr.alipayplus.example/m/${serial}`),
  });

async function changed(itemRef: string, change: (draft: Draft) => Draft): Promise<void> {
  const { draftId } = await onModification(itemRef);
  await inTransaction(async (tx) => {
    const stored = await findDraft(draftId, tx);
    if (stored === undefined) throw new Error('no draft');
    await changeDraft(stored, { draft: change(stored.draft), updatedAt: NOW }, tx);
  });
}

const firmly = (draft: Draft): Draft =>
  answer(draft, { step: 'spots', spot: 's1', part: 'main', values: { fixedSecurely: 'true' } }).draft;
const linesOf = async (itemRef: string) =>
  (await submissionsToHandOver('outgoing', { limit: 1_000, machine: 0 })).filter(({ submissionKey }) =>
    submissionKey.startsWith(`${itemRef}#`),
  );
const stateOf = async (itemRef: string) => (await itemOf(itemRef)).state;

describe('one way at a time', () => {
  useModels(process.env.REALDB_URI);

  it('Modify and Appeal tapped at the same moment, fifty times: exactly one is begun', async () => {
    const ref = await failedDoor('both');
    for (const round of FIFTY) {
      const card = { ...(await onItem(ref)), at: NOW + round };
      await Promise.all([tap('review.modify', card), tap('review.appeal', card)]);
      const modifies = (await inTransaction((tx) => findOpenModification(ref, tx))) !== undefined;
      const appeals = (await latestAppealOf(ref))?.state === 'DRAFT';
      expect([modifies, appeals].filter(Boolean)).toHaveLength(1);
      expect(await stateOf(ref)).toBe(modifies ? 'MODIFYING' : 'APPEALING');
      if (modifies) await tap('review.cancelModify', await onModification(ref));
      else await tap('review.withdraw', await onAppeal(ref));
      expect(await stateOf(ref)).toBe('REJECTED');
    }
  });

  it('the other one is refused politely, from an old card too, and nothing changes', async () => {
    const ref = await failedDoor('locked');
    const old = await onItem(ref);
    expect(await tap('review.modify', old)).toBe('promotion');
    expect(await tap('review.appeal', old)).toBe('review.item item.cannotNow');
    expect(await tap('review.modify', old)).toBe('promotion');
    expect(await latestAppealOf(ref)).toBeUndefined();
    expect(await tap('review.cancelModify', old)).toBe('review.item modify.cancelled');
    expect(await stateOf(ref)).toBe('REJECTED');
    expect(await tap('review.appeal', old)).toBe('review.appeal');
    expect(await tap('review.modify', old)).toBe('review.item item.cannotNow');
  });

  it('an invalidated spot is invalidated again when what was begun is given up (domain A.12-17)', async () => {
    const ref = await failedDoor('gone');
    await decide(ref, 'INVALIDATED', { reasons: ['INSPECTION_NOT_FOUND'] });
    await tap('review.modify', await onItem(ref));
    await tap('review.cancelModify', await onModification(ref));
    expect(await stateOf(ref)).toBe('INVALIDATED');
  });

  it('what is approved is not opened; nor is what somebody else has promoted', async () => {
    const ref = await failedDoor('approved');
    await decide(ref, 'APPROVED');
    for (const action of ['review.modify', 'review.appeal'] as const) {
      expect(await tap(action, await onItem(ref))).toBe('review.item item.cannotNow');
    }
    await hire('lek');
    const theirs = await failedDoor('theirs');
    for (const action of ['review.modify', 'review.appeal', 'review.cancelModify', 'review.withdraw'] as const) {
      expect(await tap(action, { ...(await onItem(theirs)), by: 'lek' })).toMatch(/^menu line.gone/);
    }
    expect(await stateOf(theirs)).toBe('REJECTED');
  });

  it('only a remedy in the row takes a way away', async () => {
    const ref = await failedDoor('none');
    const item = await itemOf(ref);
    if (item.judgement === undefined) throw new Error('not judged');
    const judgement = { ...item.judgement, remedy: 'APPEAL' } as const;
    await inTransaction((tx) => changeItem(item, { judgement }, tx));
    expect(await tap('review.modify', await onItem(ref))).toBe('review.item item.cannotNow');
    await tap('review.appeal', await onItem(ref));
    await tap('review.appealSay', { params: { ...(await onAppeal(ref)).params, form: { why: 'It was there' } } });
    expect(await tap('review.modifyInstead', await onAppeal(ref))).toBe('review.item item.cannotNow');
  });
});

describe('Resubmit', () => {
  useModels(process.env.REALDB_URI);

  it('by three thumbs at once is one revision and one line (domain A.12-5)', async () => {
    const ref = await failedDoor('thrice');
    await tap('review.modify', await onItem(ref));
    await changed(ref, (draft) => photo(firmly(draft), 'thrice-new'));
    const card = await onModification(ref);
    await Promise.all(THREE.map(() => tap('review.resubmit', card)));
    expect(await itemOf(ref)).toMatchObject({ state: 'PENDING', revision: 2, deadlineAt: undefined });
    expect((await linesOf(ref)).map(({ submissionKey }) => submissionKey)).toEqual([`${ref}#2`]);
    expect(await linesOf(posmRef(ref))).toEqual([]);
    expect(await findSpot(ref)).toMatchObject({
      fixedSecurely: true,
      revision: 2,
      photos: [{ slot: 'context', photoId: 'thrice-new' }, { slot: 'closeup' }],
    });
    expect(await tap('review.resubmit', card)).toBe('review.item line.gone');
  });

  it('from a card that has changed since sends nothing (domain A.12-20)', async () => {
    const ref = await failedDoor('stale');
    await tap('review.modify', await onItem(ref));
    await changed(ref, firmly);
    const stale = await onModification(ref);
    await changed(ref, (draft) => photo(draft, 'stale-new'));
    expect(await tap('review.resubmit', stale)).toBe('promotion line.changed');
    expect(await stateOf(ref)).toBe('MODIFYING');
    expect(await linesOf(ref)).toEqual([]);
  });

  it('with something missing sends nothing', async () => {
    const ref = await failedDoor('lacking');
    await tap('review.modify', await onItem(ref));
    expect(await tap('review.resubmit', await onModification(ref))).toBe('promotion');
    expect(await stateOf(ref)).toBe('MODIFYING');
  });

  it('with another code frees the old one and sends what stands there again, too (domain A.12-1, 2)', async () => {
    const ref = await failedDoor('sticker', ['SPOT_PHOTO_BLURRY'], 'C5');
    await decide(posmRef(ref), 'APPROVED');
    await tap('review.modify', await onItem(ref));
    const fresh = serialOf('C6', 1);
    await changed(ref, (draft) => codeOwnership(photo(draft, 'sticker-new', [fresh]), 's1', fresh, { kind: 'free' }));
    await tap('review.resubmit', await onModification(ref));
    const bindings = await bindingsOfSpots([ref]);
    expect(bindings.map(({ codeId, state }) => [codeId, state]).sort()).toEqual([
      [serialOf('C5', 1), 'RELEASED'],
      [fresh, 'ACTIVE'],
    ]);
    expect(await itemOf(posmRef(ref))).toMatchObject({ state: 'PENDING', revision: 2 });
    expect(await linesOf(posmRef(ref))).toHaveLength(1);
  });

  it('of two spots with the same new code at once binds it to one of them (domain A.12-1)', async () => {
    const refs = [await failedDoor('race1', ['CODE_UNREADABLE']), await failedDoor('race2', ['CODE_UNREADABLE'])];
    const fresh = serialOf('C9', 1);
    for (const ref of refs) {
      await tap('review.modify', await onItem(ref));
      await changed(ref, (draft) => codeOwnership(photo(draft, `${ref}-new`, [fresh]), 's1', fresh, { kind: 'free' }));
    }
    const cards = await Promise.all(refs.map(onModification));
    await Promise.all(cards.map((card) => tap('review.resubmit', card)));
    const read = readTyped(fresh, MARKETING_CODE_FLOW.codes);
    if (read.kind !== 'ours') throw new Error('no code');
    const winner = await activeBinding(read.code);
    expect(refs).toContain(winner?.spotId);
    const states = await Promise.all(refs.map(stateOf));
    expect(states.sort()).toEqual(['MODIFYING', 'PENDING']);
    const active = (await bindingsOfSpots(refs)).filter(({ state }) => state === 'ACTIVE');
    expect(new Set(active.map(({ codeId }) => codeId)).size).toBe(active.length);
  });
});

describe('an appeal', () => {
  useModels(process.env.REALDB_URI);

  async function writtenAppeal(shop: string): Promise<string> {
    const ref = await failedDoor(shop);
    await tap('review.appeal', await onItem(ref));
    await tap('review.appealSay', { params: { ...(await onAppeal(ref)).params, form: { why: 'It is stuck on.' } } });
    return ref;
  }

  it('sent by three thumbs at once is one line', async () => {
    const ref = await writtenAppeal('once');
    const card = await onAppeal(ref);
    await Promise.all(THREE.map(() => tap('review.sendAppeal', card)));
    const lines = await linesOf(card.appealId);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.line).toMatchObject({
      itemType: 'APPEAL',
      values: { statement: 'It is stuck on.' },
      against: { itemRef: ref, revision: 1, reasonCodes: ['SPOT_NOT_FIXED'] },
    });
    expect(await tap('review.sendAppeal', card)).toBe('review.item appeal.frozen');
    expect(await tap('review.modify', await onItem(ref))).toBe('review.item item.cannotNow');
  });

  it('is not withdrawn by a Cancel from before it was sent', async () => {
    const ref = await writtenAppeal('cancel');
    const draft = await onAppeal(ref);
    await tap('review.sendAppeal', draft);
    expect(await tap('review.withdraw', draft)).toBe('review.item line.changed');
    expect(await latestAppealOf(ref)).toMatchObject({ state: 'FILED' });
    expect(await tap('review.withdraw', await onAppeal(ref))).toBe('review.item appeal.withdrawn');
    expect(await stateOf(ref)).toBe('REJECTED');
    expect(await tap('review.appeal', await onItem(ref))).toBe('review.appeal');
  });

  it('withdrawn at the moment its answer lands is one or the other, and the item agrees', async () => {
    for (const round of FIFTY.slice(0, 10)) {
      const ref = await writtenAppeal(`answer${round}`);
      await tap('review.sendAppeal', await onAppeal(ref));
      const card = await onAppeal(ref);
      const landing = inTransaction(async (tx) => {
        const appeal = await latestAppealOf(ref, tx);
        if (appeal?.state !== 'FILED') return;
        await changeAppeal(appeal, { state: 'DENIED', decidedAt: NOW }, tx);
        await changeItem(await itemOf(ref), { state: 'REJECTED_FINAL', deadlineAt: null }, tx);
      });
      await Promise.all([landing, tap('review.withdraw', card)]);
      const appeal = await latestAppealOf(ref);
      expect(await stateOf(ref)).toBe(appeal?.state === 'DENIED' ? 'REJECTED_FINAL' : 'REJECTED');
      expect(['DENIED', 'WITHDRAWN']).toContain(appeal?.state);
    }
  });

  it('given up for a modification is withdrawn, and the modification goes on', async () => {
    const ref = await writtenAppeal('instead');
    expect(await tap('review.modifyInstead', await onAppeal(ref))).toBe('promotion');
    expect(await latestAppealOf(ref)).toMatchObject({ state: 'WITHDRAWN' });
    expect(await stateOf(ref)).toBe('MODIFYING');
  });
});

describe('a deadline', () => {
  useModels(process.env.REALDB_URI);
  const lapse = (now: number) => lapseItems(new StillClock(now), () => undefined).run(now);

  it('closes both ways by the time itself, before anything has noted it', async () => {
    const ref = await failedDoor('late');
    for (const action of ['review.modify', 'review.appeal'] as const) {
      expect(await tap(action, { ...(await onItem(ref)), at: LATE })).toBe('review.item item.tooLate');
    }
    await tap('review.modify', await onItem(ref));
    await changed(ref, (draft) => photo(firmly(draft), 'late-new'));
    expect(await tap('review.resubmit', { ...(await onModification(ref)), at: LATE })).toBe('review.item line.gone');
    expect(await linesOf(ref)).toEqual([]);
  });

  it('passed over makes what was not sent lapse; an appeal that was sent waits on', async () => {
    const untouched = await failedDoor('untouched');
    const modified = await failedDoor('modified');
    const unsent = await failedDoor('unsent');
    const sentOne = await failedDoor('sent');
    await tap('review.modify', await onItem(modified));
    for (const ref of [unsent, sentOne]) {
      await tap('review.appeal', await onItem(ref));
      await tap('review.appealSay', { params: { ...(await onAppeal(ref)).params, form: { why: 'It is stuck on.' } } });
    }
    await tap('review.sendAppeal', await onAppeal(sentOne));
    const { draftId } = await onModification(modified);
    await lapse(LATE - 1);
    expect(await stateOf(untouched)).toBe('REJECTED');
    await Promise.all([lapse(LATE), lapse(LATE)]);
    expect(await Promise.all([untouched, modified, unsent, sentOne].map(stateOf))).toEqual([
      'LAPSED',
      'LAPSED',
      'LAPSED',
      'APPEALING',
    ]);
    expect(await findDraft(draftId)).toMatchObject({ state: 'DISCARDED' });
    expect(await latestAppealOf(unsent)).toMatchObject({ state: 'EXPIRED' });
    expect(await tap('review.withdraw', { ...(await onAppeal(sentOne)), at: LATE })).toMatch(/^review.item/);
    expect(await latestAppealOf(sentOne)).toMatchObject({ state: 'FILED' });
  });

  it('and a later approval end what was begun: the draft closes, its card shows how the item stands', async () => {
    const ref = await failedDoor('moot');
    await tap('review.modify', await onItem(ref));
    const card = await onModification(ref);
    await decide(ref, 'APPROVED');
    expect(await tap('review.resubmit', card)).toBe('review.item line.gone');
    await lapse(NOW);
    expect(await findDraft(card.draftId)).toMatchObject({ state: 'DISCARDED' });
    expect(await stateOf(ref)).toBe('APPROVED');
  });
});

let shops = 0;

/** Two letters that tell the codes of a shop from those of every other. */
function nextSeries(): string {
  shops += 1;
  return `${'QRSTUVWXYZ'[Math.floor(shops / 10)]}${'ABCDEFGHJK'[shops % 10]}`;
}
