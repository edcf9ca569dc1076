import { describe, expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { lapseItems } from '../../handlers/review/lapse-items.ts';
import { changeDraft, findDraft } from '../../models/drafts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { APPEAL_MOVES } from '../../src/domain/appeal-state.ts';
import { BINDING_MOVES } from '../../src/domain/binding-state.ts';
import { DRAFT_MOVES } from '../../src/domain/draft-state.ts';
import { REVIEW_MOVES } from '../../src/domain/review-state.ts';
import { codeOwnership, expectPhoto, photoChecked } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { onAppeal, onItem, onModification, tap } from '../review/thumb.ts';
import { DAY_MS, decide, hashOf, hire, NOW, serialOf, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { movesOf, SeenMoves, StoreWatch } from './moves-of.ts';
import { walkRows } from './walk-rows.ts';

const [items, appeals, drafts, bindings] = [new SeenMoves(), new SeenMoves(), new SeenMoves(), new SeenMoves()];

describe('every move of reviews, appeals, drafts and bindings', () => {
  useModels(process.env.REALDB_URI);
  const watch = new StoreWatch({ items, appeals, drafts, bindings });
  let [doors, tapped] = [0, 0];
  // no two at the same time: the newest appeal is the one that is meant
  const taps = (action: Action, card: Parameters<typeof tap>[1]) =>
    watch.during(() => tap(action, { ...card, at: NOW + ++tapped }));

  /** A door of a shop of its own that a row has rejected or invalidated. */
  async function failedDoor(decision: 'REJECTED' | 'INVALIDATED'): Promise<string> {
    const [shop, series] = [`shop${++doors}`, serialOf('', doors).slice(-1) + String(doors + 1)];
    await hire('nok');
    await watch.during(() => submitShop('nok', shop, { spots: 1, product: 'MARKETING_CODE', series }));
    await decide(`${shop}-1`, decision, { reasons: ['SPOT_PHOTO_BLURRY'] });
    return `${shop}-1`;
  }

  async function modified(ref: string, code: string): Promise<void> {
    const { draftId } = await onModification(ref);
    await inTransaction(async (tx) => {
      const stored = await findDraft(draftId, tx);
      if (stored === undefined) throw new Error('no draft');
      const expected = expectPhoto(stored.draft, { photoId: `${ref}-new`, seq: 100, at: NOW });
      const photo = photoChecked(expected, `${ref}-new`, {
        ok: true,
        sha256: hashOf(`${ref}-new`),
        weaknesses: [],
        codes: [`https://qr.alipayplus.example/m/${code}`],
      });
      const draft = codeOwnership(photo, 's1', code, { kind: 'free' });
      await changeDraft(stored, { draft, updatedAt: NOW }, tx);
    });
  }

  async function appealWritten(ref: string): Promise<void> {
    await taps('review.appeal', await onItem(ref));
    await taps('review.appealSay', { params: { ...(await onAppeal(ref)).params, form: { why: 'It was there' } } });
  }

  async function lapse(): Promise<void> {
    const clock = new StillClock(NOW + 4 * DAY_MS);
    await watch.during(async () => lapseItems(clock, () => undefined).run(clock.now()));
  }

  it('is one that its table knows, whatever a person does, or rows in any order', async () => {
    for (const decision of ['REJECTED', 'INVALIDATED'] as const) {
      const ref = await failedDoor(decision);
      await taps('review.modify', await onItem(ref));
      await taps('review.cancelModify', await onModification(ref));
      await taps('review.appeal', await onItem(ref));
      await taps('review.withdraw', await onAppeal(ref));
      await appealWritten(ref);
      await taps('review.sendAppeal', await onAppeal(ref));
      await taps('review.withdraw', await onAppeal(ref));
      await taps('review.appeal', await onItem(ref));
      // two moves at once, of which both are seen by themselves
      await tap('review.modifyInstead', await onAppeal(ref));
      await modified(ref, serialOf('ZZ', doors));
      await taps('review.resubmit', await onModification(ref));
    }
    // one is left alone, one is being modified, and of one the appeal is not sent
    await failedDoor('INVALIDATED');
    await failedDoor('REJECTED');
    await taps('review.modify', await onItem(await failedDoor('REJECTED')));
    await taps('review.appeal', await onItem(await failedDoor('REJECTED')));
    await lapse();
    walkRows(items, appeals);

    expect(items.all).toEqual(movesOf(REVIEW_MOVES));
    expect(appeals.all).toEqual(movesOf(APPEAL_MOVES));
    expect(drafts.all).toEqual(movesOf(DRAFT_MOVES));
    expect(bindings.all).toEqual(movesOf(BINDING_MOVES));
  });
});
