import { beforeEach, describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { render } from '../../cards/views.ts';
import { loadSubmitted } from '../../handlers/promotion/submitted.ts';
import { loadFees } from '../../handlers/review/load-item.ts';
import { loadCard } from '../../handlers/views.ts';
import { latestAppealOf } from '../../models/appeals.ts';
import { bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import type { Card } from '../../models/cards.ts';
import { itemsOfStores } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { currentProgramme, useProgrammes } from '../../models/programme-in-use.ts';
import { addSubmissions } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { itemsOverSince } from '../../src/daily/retention/what-is-over.ts';
import type { Subject } from '../../src/platform/subject.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { wordsByPlace } from '../../src/programme/word-texts.ts';
import { useModels } from '../models/store.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
} from '../support/shipped-programme.ts';
import { DAY_MS, decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { onItem, tap } from './thumb.ts';

const SHIPPED = shippedProgramme();
/** A door is called otherwise, and what failed, too. */
const REWORDED = programmeOf(
  withChange(
    'en.yaml',
    'short: not stuck on firmly',
    'short: falls off',
    withChange('en.yaml', 'ENTRANCE_DOOR: "Door', 'ENTRANCE_DOOR: "Gate'),
  ),
);
/** The product is gone from the file. */
const REMOVED: Programme = { ...SHIPPED, products: SHIPPED.products.filter(({ id }) => id !== 'MARKETING_CODE') };
/** What had no code has one now. */
const CODED: Programme = {
  ...SHIPPED,
  products: SHIPPED.products.map((product) => ({
    ...product,
    steps: product.steps.map((step) =>
      step.repeats === undefined
        ? step
        : { ...step, code: { patterns: [SHIPPED.codes.patterns[0]?.id ?? ''], perSpot: 1 } },
    ),
  })),
};

const apply = (next: Programme): void => useProgrammes(programmesOf(SHIPPED, next));

/** All that a card says to somebody, in the words in which it is drawn. */
async function says(view: Card['view'], subject: Subject, viewer = 'nok'): Promise<string> {
  const person = await findPerson(viewer);
  if (person === undefined) throw new Error(`nobody is ${viewer}`);
  const card = { outTrackId: 'card', view, subject, viewer, kind: 'record' } as unknown as Card;
  const { name, model, programme } = await loadCard(card, person, NOW);
  const t = translator('en', wordsByPlace((programme ?? currentProgramme()).programme));
  return JSON.stringify(render(name, model as never, t));
}

const item = (id: string): Subject => ({ kind: 'item', id });

describe('what was submitted under one version, once another is applied', () => {
  useModels(process.env.REALDB_URI);
  beforeEach(() => useProgrammes(SHIPPED_PROGRAMMES));

  it('Sent again, Appeal sent, its answer and what admins read call it as it was called then', async () => {
    await hire('nok');
    await hire('anong');
    await inTransaction((tx) => changePerson('anong', { role: 'ADMIN' }, tx));
    await submitShop('nok', 'shop', { spots: 1 });
    await decide('shop-1', 'REJECTED', { reasons: ['SPOT_NOT_FIXED'] });
    const sent = { isoId: 'iso', submittedAt: NOW, programme: 1, line: {}, photoHashes: [], submissionKey: 'shop-1#1' };
    await inTransaction((tx) => addSubmissions([sent], tx));
    await tap('review.appeal', await onItem('shop-1'));
    const appeal = await latestAppealOf('shop-1');
    if (appeal === undefined) throw new Error('no appeal');
    apply(REWORDED);
    const appealed: Subject = { kind: 'appeal', id: appeal.appealId };
    const cards = [
      await says('review.resent', { kind: 'submission', id: 'shop-1#1' }),
      await says('review.appealSent', appealed),
      await says('review.answer', appealed),
      await says('team.failedItem', item('shop-1'), 'anong'),
      await says('review.fraud', item('shop-1'), 'anong'),
    ];
    for (const card of cards) {
      expect(card).toContain('Door');
      expect(card).not.toContain('Gate');
    }
    expect(cards[3]).toContain('ot stuck on firmly');
  });

  it('lists say why it failed as it was said then', async () => {
    await hire('nok');
    await submitShop('nok', 'listed', { spots: 1 });
    await decide('listed-1', 'REJECTED', { reasons: ['SPOT_NOT_FIXED'] });
    apply(REWORDED);
    const list = await says('review.list', { kind: 'resultList', id: 'failed/1' });
    expect(list).toContain('not stuck on firmly');
    expect(list).not.toContain('falls off');
  });

  it('the record of a promotion says what was sent, also where its product is gone', async () => {
    await hire('nok');
    await submitShop('nok', 'record', { spots: 1, product: 'MARKETING_CODE' });
    const nok = await findPerson('nok');
    if (nok === undefined) throw new Error('nobody is nok');
    const record = () => says('promotion.submitted', { kind: 'promotion', id: 'record-promotion' });
    const before = await record();
    expect(before).toContain('Door');
    for (const next of [REWORDED, REMOVED]) {
      apply(next);
      expect(await record()).toBe(before);
    }
    expect((await loadSubmitted({ subject: { kind: 'promotion', id: 'record-promotion' } } as Card, nok)).version).toBe(
      1,
    );
  });

  it('its fee, and how long it is kept for it, go by the codes that it needed then', async () => {
    await hire('nok');
    for (const [shop, product] of [
      ['coded', 'MARKETING_CODE'],
      ['freed', 'MARKETING_CODE'],
      ['plain', 'PRIMARY_POSM'],
    ] as const) {
      await submitShop('nok', shop, { spots: 1, product, series: shop === 'coded' ? 'CC' : 'BB' });
      for (const ref of [shop, `${shop}-1`, `${shop}-1.posm`]) await decide(ref, 'APPROVED', { reasons: [] });
    }
    for (const { bindingId } of await bindingsOfSpots(['freed-1']))
      await inTransaction((tx) => releaseBinding(bindingId, 'nok', NOW, tx));
    const refs = ['coded-1', 'freed-1', 'plain-1'];
    const fees = async () => {
      const all = await loadFees(await itemsOfStores(['coded', 'freed', 'plain']));
      return refs.map((ref) => all.get(ref));
    };
    const over = async () => [...(await itemsOverSince(refs, NOW + 1_000 * DAY_MS)).keys()].sort();
    const expected = ['ELIGIBLE', 'NOT_ELIGIBLE', 'ELIGIBLE'];
    const kept = ['freed', 'freed-1', 'freed-1.posm'];
    expect(await over()).toEqual(kept);
    expect(await fees()).toEqual(expected);
    for (const next of [REMOVED, CODED]) {
      apply(next);
      expect(await fees()).toEqual(expected);
      expect(await over()).toEqual(kept);
    }
  });
});
