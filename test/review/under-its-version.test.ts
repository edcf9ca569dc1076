import { beforeEach, describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { render } from '../../cards/views.ts';
import { loadItem } from '../../handlers/review/load-item.ts';
import { latestAppealOf } from '../../models/appeals.ts';
import { addDraft, findDraft, findOpenModification } from '../../models/drafts.ts';
import { changeItem, itemsOfStores } from '../../models/items.ts';
import { findPerson } from '../../models/people.ts';
import { currentProgramme, useProgrammes } from '../../models/programme-in-use.ts';
import { findPromotion } from '../../models/promotions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { codeOwnership, formOf } from '../../src/flow/engine.ts';
import { wordsByPlace } from '../../src/programme/word-texts.ts';
import { complete, serial } from '../flow/shop.ts';
import { useModels } from '../models/store.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
  withoutCity,
} from '../support/shipped-programme.ts';
import { decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { onItem, tap } from './thumb.ts';

/** From now on the shop's city is not asked any more. */
function cityGoes(): void {
  useProgrammes(programmesOf(shippedProgramme(), programmeOf(withoutCity())));
}

async function modificationOf(itemRef: string) {
  const open = await inTransaction((tx) => findOpenModification(itemRef, tx));
  if (open === undefined) throw new Error(`nothing puts ${itemRef} right`);
  return open;
}

/** What the card of an item says to its promoter. */
async function linesOf(itemRef: string): Promise<readonly string[]> {
  const nok = await findPerson('nok');
  if (nok === undefined) throw new Error('nobody is nok');
  const { name, model } = await loadItem(itemRef, nok, NOW);
  return render(name, model as never, translator('en')).body ?? [];
}

/** The clauses that *What happened* names, in the words in which the card is drawn. */
async function policyOf(itemRef: string): Promise<readonly string[]> {
  const nok = await findPerson('nok');
  if (nok === undefined) throw new Error('nobody is nok');
  const { name, model, programme } = await loadItem(itemRef, nok, NOW, { opened: 'history' });
  const words = wordsByPlace((programme ?? currentProgramme()).programme);
  const { facts = [] } = render(name, model as never, translator('en', words));
  return facts.flatMap(({ label, value }) => (label === 'Policy' ? [value] : []));
}

const asksCity = (draft: Parameters<typeof formOf>[0]): boolean =>
  formOf(draft, { step: 'store', part: 'main' }).fields.some(({ name }) => name === 'city');

describe('what was submitted before another programme was applied', () => {
  useModels(process.env.REALDB_URI);
  beforeEach(() => useProgrammes(SHIPPED_PROGRAMMES));

  it('is put right by what it was asked then, and so it is sent again', async () => {
    await hire('nok');
    await submitShop('nok', 'before', { spots: 1 });
    await decide('before', 'REJECTED', { reasons: ['STORE_NAME_MISMATCH'] });
    cityGoes();
    await tap('review.modify', await onItem('before'));
    const { draft, programme } = await modificationOf('before');
    expect([programme, asksCity(draft)]).toEqual([1, true]);
    expect(draft.modifies?.before.answers.store).toMatchObject({ city: 'Bangkok' });
  });

  it('is put right so too when that was begun before', async () => {
    await hire('nok');
    await submitShop('nok', 'begun', { spots: 1 });
    await decide('begun', 'REJECTED', { reasons: ['STORE_NAME_MISMATCH'] });
    await tap('review.modify', await onItem('begun'));
    cityGoes();
    expect(asksCity((await modificationOf('begun')).draft)).toBe(true);
  });

  it('is appealed against under that version', async () => {
    await hire('nok');
    await submitShop('nok', 'appealed', { spots: 1 });
    await decide('appealed', 'REJECTED', { reasons: ['STORE_DUPLICATE'] });
    cityGoes();
    await tap('review.appeal', await onItem('appealed'));
    expect(await latestAppealOf('appealed')).toMatchObject({ programme: 1, againstReasonCodes: ['STORE_DUPLICATE'] });
  });
});

describe('why something failed', () => {
  useModels(process.env.REALDB_URI);
  beforeEach(() => useProgrammes(SHIPPED_PROGRAMMES));

  it('reads as it did when it was submitted, and what Modify asks stays; what is submitted since reads as the new one says', async () => {
    await hire('nok');
    for (const shop of ['old', 'new']) await submitShop('nok', shop, { spots: 1 });
    const said = withChange(
      'en.yaml',
      'short: not stuck on firmly',
      'short: falls off\n    what: Press it for a minute.',
    );
    const asks = withChange(
      'programme.yaml',
      'SPOT_NOT_FIXED: { scope: spot, remedy: MODIFY, clauses: [P3], asks: [spots, context] }',
      'SPOT_NOT_FIXED: { scope: spot, remedy: MODIFY, clauses: [P3, P5], asks: [closeup] }',
      said,
    );
    useProgrammes(programmesOf(shippedProgramme(), programmeOf(asks)));
    await inTransaction(async (tx) => changeItem(await itemOf('new-1'), { programme: 2 }, tx));
    for (const itemRef of ['old-1', 'new-1']) await decide(itemRef, 'REJECTED');
    expect(await linesOf('old-1')).toContain('**Not stuck on firmly**.');
    expect(await linesOf('old-1')).not.toContain('Press it for a minute.');
    expect(await linesOf('new-1')).toEqual(expect.arrayContaining(['**Falls off**.', 'Press it for a minute.']));
    for (const itemRef of ['old-1', 'new-1']) await tap('review.modify', await onItem(itemRef));
    expect((await modificationOf('old-1')).draft.modifies?.asks).toEqual(['spots', 'context']);
    expect((await modificationOf('new-1')).draft.modifies?.asks).toEqual(['closeup']);
  });
});

describe('what happened', () => {
  useModels(process.env.REALDB_URI);
  beforeEach(() => useProgrammes(SHIPPED_PROGRAMMES));

  it('names the clauses of the policy in the words under which it was made, whatever is applied since', async () => {
    await hire('nok');
    for (const shop of ['then', 'since']) await submitShop('nok', shop, { spots: 1 });
    const reworded = withChange('en.yaml', /P3: ".*"/, 'P3: "3․ Glue it."');
    useProgrammes(programmesOf(shippedProgramme(), programmeOf(reworded)));
    await inTransaction(async (tx) => changeItem(await itemOf('since-1'), { programme: 2 }, tx));
    for (const itemRef of ['then-1', 'since-1']) await decide(itemRef, 'REJECTED');
    expect(await policyOf('then-1')).toEqual(['3․ Stuck or standing firmly, in plain sight at the cashier.']);
    expect(await policyOf('since-1')).toEqual(['3․ Glue it.']);
  });
});

describe('a promotion', () => {
  useModels(process.env.REALDB_URI);

  it('is submitted under the version in use, whenever it was begun', async () => {
    useProgrammes(SHIPPED_PROGRAMMES);
    await hire('nok');
    const draft = codeOwnership(complete(1), 's1', serial(0), { kind: 'free' });
    const whose = { userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', updatedAt: NOW } as const;
    await inTransaction((tx) => addDraft({ ...whose, draftId: 'draft', storeKey: 'key', draft }, tx));
    expect(await findDraft('draft')).toMatchObject({ programme: 1 });
    cityGoes();
    const stored = await findDraft('draft');
    expect([stored?.programme, stored === undefined || asksCity(stored.draft)]).toEqual([2, false]);
    const params = { subject: { kind: 'draft', id: 'draft' }, version: stored?.version } as const;
    await tap('promotion.submitAnyway', { params });
    const { promotionId = '' } = (await findDraft('draft')) ?? {};
    const storeId = (await findPromotion(promotionId))?.storeId ?? '';
    const items = await itemsOfStores([storeId]);
    expect(items.map(({ itemType, programme }) => [itemType, programme]).sort()).toEqual([
      ['POSM', 2],
      ['SPOT', 2],
      ['STORE', 2],
    ]);
    expect(await itemOf(storeId)).toMatchObject({ programme: 2 });
  });
});
