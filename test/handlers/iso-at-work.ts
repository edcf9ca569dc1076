import { addAssociations, findAssociation } from '../../models/associations.ts';
import type { Card } from '../../models/cards.ts';
import { addDraft, findDraft } from '../../models/drafts.ts';
import { addGroup, changeGroup, findGroup } from '../../models/groups.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { askForTestAccount } from '../../models/test-accounts.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { canSubmit } from '../../src/inspection/place.ts';
import type { TapParams } from '../../src/platform/update.ts';
import { emptyDraft, storeSaved } from '../flow/shop.ts';
import { obeyed } from '../inspection/obedient.ts';
import { Work } from '../inspection/shop.ts';
import { DAY_MS, decide, NOW, submitShop } from '../review/shop-under-review.ts';
import { onAppeal, onItem, onModification, tap } from '../review/thumb.ts';

const NO_SPOT = { spots: [], acceptsOnlyAlipay: false };

/** Something of this ISO as a card of it would name it, drawn as it is now, and who may work on it. */
export interface Drawn {
  readonly by: string;
  readonly params: Omit<TapParams, 'action'>;
}

/** What forms bring and buttons say besides: something for whatever is asked. */
const SAID = {
  form: { why: 'It was there', account: 'lotus-7', words: 'No.', nameLocal: 'Baan Tea', cannot: 'NOT_FOUND' },
  extra: {
    language: 'th',
    tool: 'ALIPAY',
    is: 'yes',
    form: 'form:store::main',
    place: 'change',
    at: 'tool',
    spot: 's1',
  },
} as const;

/** Everybody: Nok and Lek of one ISO with Anong for its admin, Ploy the admin of another, Som who asks to join. */
async function hireEverybody(tx: Transaction): Promise<void> {
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  for (const isoId of ['iso', 'other'])
    await addIso({ isoId, email: `${isoId}@iso.example`, name: isoId, joinToken: isoId, ...place }, tx);
  const people: Record<string, PersonChange> = {
    nok: { isoId: 'iso' },
    lek: { isoId: 'iso' },
    anong: { isoId: 'iso', role: 'ADMIN' },
    ploy: { isoId: 'other', role: 'ADMIN' },
  };
  for (const [userId, change] of Object.entries(people)) {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, { state: 'ACTIVE', language: 'en', ...change }, tx);
  }
  await meetPerson('som', 'Som', tx);
}

/** An ISO in the middle of everything that a tap can be about, each as the card of it would name it. */
export async function isoAtWork(): Promise<readonly Drawn[]> {
  await inTransaction(hireEverybody);
  await inTransaction(addWhatWaits);
  for (const shop of ['failed', 'modified', 'appealed']) {
    await submitShop('nok', shop, { spots: 1 });
    await decide(`${shop}-1`, 'REJECTED');
  }
  await tap('review.modify', await onItem('modified-1'));
  await tap('review.appeal', await onItem('appealed-1'));
  await tap('review.appealSay', { params: { ...(await onAppeal('appealed-1')).params, ...SAID } });
  return [
    ...(await Promise.all(
      ['failed-1', 'modified-1', 'appealed-1'].map(async (ref) => named('nok', await onItem(ref))),
    )),
    named('nok', await onModification('modified-1')),
    named('nok', await onAppeal('appealed-1')),
    drawn('nok', 'promotion', 'failed-promotion', 1),
    drawn('nok', 'draft', 'begun', versionOf(await findDraft('begun')), { draft: 'begun' }),
    drawn('nok', 'draft', 'written', versionOf(await findDraft('written')), { draft: 'written' }),
    drawn('nok', 'inspection', 'done', versionOf(await findTask('done')), { task: 'done' }),
    drawn('nok', 'inspection', 'refused', versionOf(await findTask('refused'))),
    drawn('anong', 'association', 'asked', versionOf(await findAssociation('asked'))),
    drawn('anong', 'association', 'invited', versionOf(await findAssociation('invited'))),
    drawn('anong', 'group', 'asked-group', versionOf(await findGroup('asked-group'))),
    drawn('anong', 'group', 'bound-group', versionOf(await findGroup('bound-group')), {
      group: 'bound-group',
      seen: '2',
    }),
    drawn('anong', 'testAccount', 'nok', 1),
    drawn('som', 'person', 'som', 1),
  ];
}

async function addWhatWaits(tx: Transaction): Promise<void> {
  const nok = { userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', updatedAt: NOW } as const;
  await addDraft({ ...nok, draftId: 'begun', draft: emptyDraft() }, tx);
  await addDraft({ ...nok, draftId: 'written', storeKey: 'baan', draft: storeSaved() }, tx);
  const asked = { isoId: 'iso', name: 'Som', at: NOW };
  await addAssociations(
    [
      { ...asked, requestId: 'asked', userId: 'som', phone: '+66810000001', channel: 'CARD' },
      { ...asked, requestId: 'invited', phone: '+66810000002', channel: 'INVITE', approvedBy: 'anong' },
    ],
    tx,
  );
  const group = { isoId: 'iso', title: 'Shop talk', language: 'en', state: 'ASKED', by: 'anong', at: NOW } as const;
  await addGroup({ ...group, openConversationId: 'asked-group' }, tx);
  await addGroup({ ...group, openConversationId: 'bound-group' }, tx);
  const bound = await findGroup('bound-group', tx);
  if (bound !== undefined) await changeGroup(bound, { state: 'BOUND' }, tx);
  await askForTestAccount({ userId: 'nok', isoId: 'iso', askedAt: NOW }, tx);
  await addInspections(tx);
}

/** `done` can be submitted; `refused` was, and can be corrected. */
async function addInspections(tx: Transaction): Promise<void> {
  const work = new Work(NO_SPOT);
  for (let n = 0; n < 60 && !canSubmit(work.inspection, NO_SPOT); n += 1) obeyed(work, n);
  const shop = { storeRef: 'store', storeName: 'Som Tam House', address: 'Silom Rd 9', countryRegion: 'TH' };
  const task = { ...shop, isoId: 'iso', namedAssignee: 'nok', assigneeId: 'nok', dueAt: NOW + DAY_MS, priority: 2 };
  for (const taskId of ['done', 'refused']) {
    const none = { acceptsOnlyAlipay: false, spotRefs: [], promoters: [], asOf: '20261124_001' };
    await addTask({ ...task, ...none, taskId, sourceKey: taskId }, tx);
    const added = await findTask(taskId, tx);
    if (added === undefined) throw new Error(`no task ${taskId}`);
    const begun = await changeTask(added, { state: 'STARTED', inspection: work.inspection }, tx);
    const worked = await changeTask(begun, { state: 'PAYMENT_VERIFIED' }, tx);
    if (taskId === 'done') continue;
    await changeTask(await changeTask(worked, { state: 'SUBMITTED' }, tx), { state: 'REJECTED' }, tx);
    const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
    const item = {
      isoId: 'iso',
      staffId: 'nok',
      storeId: 'store',
      shop: 'Som Tam House',
      revision: 1,
      submittedAt: NOW,
    };
    await addItems([{ ...item, ...noSpot, itemRef: taskId, itemType: 'INSPECTION' }], tx);
    const submitted = await findItem(taskId, tx);
    if (submitted !== undefined) await changeItem(submitted, { state: 'REJECTED', deadlineAt: NOW + DAY_MS }, tx);
  }
}

function versionOf(found: { readonly version: number } | undefined): number {
  if (found === undefined) throw new Error('the ISO is not at work');
  return found.version;
}

function drawn(by: string, kind: string, id: string, version: number, extra: Record<string, string> = {}): Drawn {
  return { by, params: { subject: { kind, id }, version, form: SAID.form, extra: { ...SAID.extra, ...extra } } };
}

function named(by: string, { params }: { readonly params: Omit<TapParams, 'action' | 'extra'> }): Drawn {
  const { subject, version } = params;
  return drawn(by, subject?.kind ?? '', subject?.id ?? '', version ?? 0);
}

/** The card that such a tap came from; one about a group stands in it. */
export function cardOf({ by, params: { subject } }: Drawn): Card {
  const inGroup = subject?.kind === 'group';
  return {
    outTrackId: 'card',
    kind: 'working',
    view: 'menu',
    subject: { kind: 'person', id: by },
    viewer: inGroup ? subject.id : by,
    inGroup,
    wanted: 1,
    formOpen: false,
    delivered: true,
  };
}
