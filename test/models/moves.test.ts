import { describe, expect, it } from 'vitest';
import { addAppeal, changeAppeal, findAppeal } from '../../models/appeals.ts';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import { bindCodes, bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import { addDraft, changeDraft, discardModifications, findDraft, modificationKey } from '../../models/drafts.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import type { Item } from '../../models/item-rows.ts';
import { addItems, changeItem, changeItems, findItem } from '../../models/items.ts';
import { changeMember, findPerson, meetPerson } from '../../models/people.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import { useModels } from './store.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

/** What was read, or the test makes no sense. */
function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('not there');
  return found;
}

const refusal = (from: string, to: string, what: string) => ({
  code: 'bug.unexpected',
  details: { why: `no move from ${from} to ${to}`, what },
});
const refused = (write: (tx: Transaction) => Promise<unknown>) => expect(inTransaction(write)).rejects;

describe.each(STORES)('a move that no table knows is refused before anything is written, on %s', (_, uri) => {
  useModels(uri);

  const submit = (...itemRefs: string[]) =>
    inTransaction((tx) =>
      addItems(
        itemRefs.map((itemRef) => submittedSpot(itemRef, { submittedAt: NOW })),
        tx,
      ),
    );
  const item = async (itemRef: string): Promise<Item> => there(await findItem(itemRef));

  it('of an item', async () => {
    await submit('a');
    const before = await item('a');
    await refused((tx) => changeItem(before, { state: 'LAPSED', shop: 'Other' }, tx)).toMatchObject(
      refusal('PENDING', 'LAPSED', 'item'),
    );
    expect(await item('a')).toEqual(before);
  });

  it('of one of many items: none of them is changed', async () => {
    await submit('b', 'c');
    const [b, c] = [await item('b'), await item('c')];
    const changes = [
      { item: b, change: { state: 'APPROVED' } },
      { item: c, change: { state: 'MODIFYING' } },
    ] as const;
    await refused((tx) => changeItems(changes, tx)).toMatchObject(refusal('PENDING', 'MODIFYING', 'item'));
    expect([await item('b'), await item('c')]).toEqual([b, c]);
  });

  it('of an item that several rows move: each of their steps counts, and not only the last', async () => {
    await submit('d');
    const rejected = await inTransaction(async (tx) => changeItem(await item('d'), { state: 'REJECTED' }, tx));
    const lapsed = await inTransaction((tx) => changeItem(rejected, { state: 'LAPSED' }, tx));
    const change = { state: 'REJECTED' } as const;
    await refused((tx) => changeItems([{ item: lapsed, change }], tx)).toMatchObject(
      refusal('LAPSED', 'REJECTED', 'item'),
    );
    const impossible = ['PENDING', 'LAPSED', 'APPROVED', 'REJECTED'] as const;
    await refused((tx) => changeItems([{ item: lapsed, change, steps: impossible }], tx)).toMatchObject(
      refusal('PENDING', 'LAPSED', 'item'),
    );
    await inTransaction((tx) => changeItems([{ item: lapsed, change, steps: ['PENDING', 'REJECTED'] }], tx));
    expect((await item('d')).state).toBe('REJECTED');
  });

  it('of an appeal', async () => {
    const appeal = { appealId: 'appeal', itemRef: 'spot', isoId: 'iso', userId: 'nok', againstRevision: 1 };
    await inTransaction((tx) => addAppeal({ ...appeal, againstReasonCodes: [], programme: 1, startedAt: NOW }, tx));
    const draft = there(await findAppeal('appeal'));
    await refused((tx) => changeAppeal(draft, { state: 'ACCEPTED' }, tx)).toMatchObject(
      refusal('DRAFT', 'ACCEPTED', 'appeal'),
    );
    expect(await findAppeal('appeal')).toEqual(draft);
  });

  it('of a draft, nor is one that has ended discarded with those of its item', async () => {
    const whose = {
      userId: 'nok',
      isoId: 'iso',
      product: 'MARKETING_CODE',
      storeKey: modificationKey('spot'),
    } as const;
    const draft = newDraft(MARKETING_CODE_FLOW);
    await inTransaction((tx) => addDraft({ draftId: 'draft', ...whose, draft, updatedAt: NOW }, tx));
    const open = there(await findDraft('draft'));
    const submitted = await inTransaction((tx) => changeDraft(open, { state: 'SUBMITTED', updatedAt: NOW }, tx));
    await refused((tx) => changeDraft(submitted, { state: 'DISCARDED', updatedAt: NOW }, tx)).toMatchObject(
      refusal('SUBMITTED', 'DISCARDED', 'draft'),
    );
    expect(await inTransaction((tx) => discardModifications(['spot'], NOW + 1, tx))).toEqual([]);
    expect(await findDraft('draft')).toEqual(submitted);
  });

  it('of a binding: what was released stays as it was released', async () => {
    const read = { codeId: 'AAAABBBBCCC2', canonicalUrl: 'https://code.example/AAAABBBBCCC2', short: 'CCC2' };
    const code = { code: read, proofPhoto: 'photo', method: 'TYPED' } as const;
    const where = { isoId: 'iso', spotId: 'spot', storeId: 'store', boundBy: 'nok', boundAt: NOW };
    await inTransaction((tx) => bindCodes([{ bindingId: 'binding', ...code, ...where }], tx));
    await inTransaction((tx) => releaseBinding('binding', 'nok', NOW + 1, tx));
    await inTransaction((tx) => releaseBinding('binding', 'lek', NOW + 2, tx));
    expect(await bindingsOfSpots(['spot'])).toMatchObject([
      { state: 'RELEASED', releasedAt: NOW + 1, releasedBy: 'nok' },
    ]);
  });

  it('of an association', async () => {
    const asked = { requestId: 'request', isoId: 'iso', name: 'Nok', phone: '+66812345678', at: NOW } as const;
    await inTransaction((tx) => addAssociations([{ ...asked, channel: 'CARD', userId: 'nok' }], tx));
    const pending = there(await findAssociation('request'));
    await refused((tx) => moveAssociation(pending, { state: 'SUSPENDED' }, tx)).toMatchObject(
      refusal('PENDING', 'SUSPENDED', 'association'),
    );
    expect(await findAssociation('request')).toEqual(pending);
  });

  it('of a person', async () => {
    const unknown = await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
    await refused((tx) => changeMember(unknown, { state: 'PAUSED' }, tx)).toMatchObject(
      refusal('UNKNOWN', 'PAUSED', 'person'),
    );
    expect(await findPerson('nok')).toEqual(unknown);
  });

  it('of an inspection task', async () => {
    const facts = { storeRef: 'store', storeName: 'Som Tam House', address: 'Silom Rd 9', countryRegion: 'TH' };
    const task = { taskId: 'task', sourceKey: 't1', isoId: 'iso', namedAssignee: undefined, assigneeId: undefined };
    const more = {
      acceptsOnlyAlipay: false,
      spotRefs: [],
      promoters: [],
      dueAt: NOW,
      priority: 2,
      asOf: '20261123_001',
    };
    await inTransaction((tx) => addTask({ ...task, ...facts, ...more }, tx));
    const assigned = there(await findTask('task'));
    await refused((tx) => changeTask(assigned, { state: 'SUBMITTED', submittedAt: NOW }, tx)).toMatchObject(
      refusal('ASSIGNED', 'SUBMITTED', 'inspection'),
    );
    expect(await findTask('task')).toEqual(assigned);
  });
});
