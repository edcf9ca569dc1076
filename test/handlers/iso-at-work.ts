import { addAsk } from '../../models/account-asks.ts';
import { addAssociations, findAssociation, moveAssociation } from '../../models/associations.ts';
import type { Card } from '../../models/cards.ts';
import { addDraft, changeDraft, findDraft } from '../../models/drafts.ts';
import { addExport, findExport, moveExport } from '../../models/exports.ts';
import { addGroup, changeGroup, findGroup } from '../../models/groups.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { addPhoto } from '../../models/photos.ts';
import { addQuestion } from '../../models/questions.ts';
import { writeInstallation } from '../../models/settings.ts';
import { addTestAccount, changeAccount } from '../../models/test-accounts.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { askSameShop, codeOwnership, newDraft } from '../../src/flow/engine.ts';
import { canSubmit } from '../../src/inspection/place.ts';
import type { TapParams } from '../../src/platform/update.ts';
import { atSpotPhotos, complete, plain, sent, serial, storeSaved, withCodes } from '../flow/shop.ts';
import { obeyed } from '../inspection/obedient.ts';
import { Work } from '../inspection/shop.ts';
import { onAppeal, onItem, onModification, tap } from '../review/thumb.ts';
import { MARKETING_CODE_FLOW, SHIPPED_INSPECTION } from '../support/shipped-programme.ts';
import { DAY_MS, decide, NOW, submitShop } from '../support/shop-under-review.ts';

const NO_SPOT = { spots: [], acceptsOnlyAlipay: false, ...SHIPPED_INSPECTION };

/** Something of this ISO as a card of it would name it, drawn as it is now, and who may work on it. */
export interface Drawn {
  readonly by: string;
  /** What is read on cards about it, and on no other. */
  readonly says: string;
  readonly params: Omit<TapParams, 'action'>;
}

/** What forms bring and buttons say besides: something for whatever is asked. */
const SAID = {
  form: {
    why: 'It was there',
    account: 'lotus-7',
    words: 'No.',
    nameLocal: 'Baan Tea',
    cannot: 'NOT_FOUND',
    who: ['asked', 'invited'],
    supervisor: 'pim',
    giveBack: 'TOO_FAR',
    what: ['item:failed-1'],
    answer: 'You may.',
    to: 'lek',
  },
  extra: {
    language: 'th',
    tool: 'ALIPAY',
    is: 'yes',
    form: 'form:store::main',
    place: 'change',
    part: 'tool',
    at: 'tool',
    spot: 's1',
    code: serial(0),
    store: 'failed',
    change: 'pause',
    hour: '8',
  },
} as const;

/**
 * Everybody: Nok, Lek, Nid and Kwan of one ISO with Anong for its admin and Pim for a supervisor without a team, Ploy the admin of another; Som,
 * who asks to join, Mali, who did, and Dao, whom the other ISO invites.
 */
async function hireEverybody(tx: Transaction): Promise<void> {
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  for (const isoId of ['iso', 'other'])
    await addIso({ isoId, email: `${isoId}@iso.example`, name: isoId, joinToken: isoId, ...place }, tx);
  const people: Record<string, PersonChange> = {
    nok: { isoId: 'iso' },
    lek: { isoId: 'iso' },
    anong: { isoId: 'iso', role: 'ADMIN' },
    kwan: { isoId: 'iso', name: 'Kwan' },
    nid: { isoId: 'iso' },
    pim: { isoId: 'iso', role: 'SUPERVISOR' },
    ploy: { isoId: 'other', role: 'ADMIN' },
  };
  for (const [userId, change] of Object.entries(people)) {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, { state: 'ACTIVE', language: 'en', ...change }, tx);
  }
  await meetPerson('som', 'Som', tx);
  await meetPerson('mali', 'Mali', tx);
  await meetPerson('dao', 'Dao', tx);
}

/** An ISO in the middle of everything that a tap can be about, each as the card of it would name it. */
export async function isoAtWork(): Promise<readonly Drawn[]> {
  await writeInstallation({ limits: { calls: 5_000, pushes: 3_000 }, programmeTimeZone: 'UTC', invitationsADay: 20 });
  await inTransaction(hireEverybody);
  await inTransaction(addWhatWaits);
  for (const shop of ['failed', 'modified', 'appealed']) {
    await submitShop('nok', shop, { spots: 1 });
    await decide(`${shop}-1`, 'REJECTED', { reasons: ['SPOT_PHOTO_BLURRY'] });
  }
  await tap('review.modify', await onItem('modified-1'));
  const stored = found(await findDraft((await onModification('modified-1')).draftId));
  const draft = sent(stored.draft, plain('anew'));
  await inTransaction((tx) => changeDraft(stored, { draft, updatedAt: NOW }, tx));
  await tap('review.appeal', await onItem('appealed-1'));
  await tap('review.appealSay', { params: { ...(await onAppeal('appealed-1')).params, ...SAID } });
  return [
    ...(await itemsOfNok()),
    ...(await Promise.all(Object.keys(DRAFTS).map(draftOfNok))),
    await photoOfNok(),
    ...(await Promise.all(Object.keys(TASKS).map(taskOfNok))),
    ...(await whatAnongDecides()),
    drawn('nok', 'their membership', { subject: { kind: 'person', id: 'nok' }, version: 0 }),
    drawn('anong', 'their code', { subject: { kind: 'person', id: 'anong' }, version: 0 }),
    drawn(
      'dao',
      'offered',
      { subject: { kind: 'invitations', id: 'dao' }, version: 0 },
      { association: 'offered', seen: String(found(await findAssociation('offered')).version) },
    ),
    drawn('som', 'Som', { subject: { kind: 'person', id: 'som' }, version: 1 }),
    drawn('mali', 'Mali', { subject: { kind: 'person', id: 'mali' }, version: 1 }),
  ];
}

async function itemsOfNok(): Promise<readonly Drawn[]> {
  const items = ['failed', 'modified', 'appealed'].map(async (shop) =>
    drawn('nok', `Shop ${shop}`, (await onItem(`${shop}-1`)).params),
  );
  return [
    ...(await Promise.all(items)),
    drawn('nok', 'Shop modified', (await onModification('modified-1')).params),
    drawn('nok', 'Shop appealed', (await onAppeal('appealed-1')).params),
    drawn('nok', 'Shop failed', { subject: { kind: 'promotion', id: 'failed-promotion' }, version: 1 }),
  ];
}

async function draftOfNok(draftId: string): Promise<Drawn> {
  const { version } = found(await findDraft(draftId));
  return drawn('nok', 'Baan Coffee', { subject: { kind: 'draft', id: draftId }, version }, { draft: draftId });
}

/** One of the photos of a draft, with another draft to which it may go. */
async function photoOfNok(): Promise<Drawn> {
  const { version } = found(await findDraft('whole'));
  const subject = { kind: 'photo', id: `1/1/draft:whole/${PHOTO}` } as const;
  return drawn('nok', 'Baan Coffee', { subject, version }, { photo: PHOTO, to: 'draft:written' });
}

async function taskOfNok(taskId: string): Promise<Drawn> {
  const { version, spotRefs } = found(await findTask(taskId));
  const [spot = 's1'] = spotRefs;
  const extra = { task: taskId, spot, form: 'cannot' };
  // a colleague may read to whom the shop went
  return drawn('nok', 'Silom Rd 9', { subject: { kind: 'inspection', id: taskId }, version }, extra);
}

async function whatAnongDecides(): Promise<readonly Drawn[]> {
  const request = async (id: string, says: string) =>
    drawn(
      'anong',
      says,
      { subject: { kind: 'association', id }, version: found(await findAssociation(id)).version },
      { association: id },
    );
  const group = async (id: string) =>
    drawn(
      'anong',
      'Shop talk',
      { subject: { kind: 'group', id }, version: found(await findGroup(id)).version },
      { group: id, seen: '2' },
    );
  return [
    await request('asked', 'Som'),
    await request('invited', 'Kit'),
    await group('asked-group'),
    await group('bound-group'),
    drawn('anong', 'Kwan', { subject: { kind: 'person', id: 'kwan' }, version: 0 }, { person: 'kwan' }),
    drawn('anong', 'Kwan', { subject: { kind: 'memberChange', id: 'pause/kwan' }, version: 0 }, { person: 'kwan' }),
    drawn(
      'anong',
      'Shop modified',
      { subject: { kind: 'work', id: 'person/nok' }, version: 0 },
      { work: 'person/nok' },
    ),
    drawn('anong', 'lotus-5', { subject: { kind: 'testAccount', id: 'free' }, version: 1 }, { account: 'free' }),
    drawn(
      'anong',
      'lotus-6',
      { subject: { kind: 'testAccount', id: 'held' }, version: 2 },
      { account: 'held', change: 'takeBack' },
    ),
    drawn('anong', 'lotus-4', { subject: { kind: 'testAccount', id: 'back' }, version: 3 }, { account: 'back' }),
    drawn('anong', 'lotus-6', { subject: { kind: 'accountChange', id: 'takeBack/held' }, version: 2 }),
    drawn('anong', 'May I?', { subject: { kind: 'question', id: 'question' }, version: 1 }, { form: '1' }),
    drawn('anong', 'lotus-6', { subject: { kind: 'accountAsk', id: 'password' }, version: 1 }, { ask: 'password' }),
    drawn(
      'anong',
      'Kwan',
      { subject: { kind: 'accountAsk', id: 'account' }, version: 1 },
      { ask: 'account', account: 'free' },
    ),
    drawn('nok', 'lotus-6', { subject: { kind: 'testAccount', id: 'held' }, version: 2 }, { account: 'held' }),
    drawn('nok', 'lotus-6', { subject: { kind: 'accountChange', id: 'giveBack/held' }, version: 2 }),
    drawn(
      'nid',
      'lotus-3',
      { subject: { kind: 'testAccount', id: 'colleague' }, version: 2 },
      { account: 'colleague' },
    ),
    drawn('anong', 'Shop failed', { subject: { kind: 'page', id: '1' }, version: 0 }, { item: 'failed-1' }),
    drawn('anong', 'promotions', { subject: { kind: 'export', id: 'unsure' }, version: 4 }, { export: 'unsure' }),
  ];
}

/** The photo of the front in the draft that is whole. */
const PHOTO = 'p1';
const FREE = { kind: 'free' } as const;
const BOUND_AT = { store: 'Shop failed', spotType: 'WALL', number: 1, by: 'Lek', at: NOW };
const KNOWN = { storeId: 'failed', name: 'Shop failed', address: 'Silom Rd 12', by: 'Nok', at: NOW };

/** Drafts of Nok, one wherever something else can be tapped. */
const DRAFTS: Readonly<Record<string, Draft>> = {
  begun: newDraft(MARKETING_CODE_FLOW, { storeName: 'Baan Coffee', country: 'TH' }),
  written: storeSaved(),
  alike: askSameShop(storeSaved(), [KNOWN]),
  weak: sent(atSpotPhotos(), plain('dark', { weaknesses: ['dark'] })),
  twoCodes: sent(atSpotPhotos(), plain('counter'), withCodes('two', 0, 1)),
  moving: codeOwnership(sent(atSpotPhotos(), plain('counter'), withCodes('code', 2)), 's1', serial(2), {
    kind: 'boundHere',
    at: BOUND_AT,
  }),
  whole: codeOwnership(codeOwnership(complete(2), 's1', serial(0), FREE), 's2', serial(1), FREE),
};

/** A list of Anong's that may have arrived. */
async function addUnsureList(tx: Transaction): Promise<void> {
  const asked = { exportId: 'unsure', isoId: 'iso', userId: 'anong', language: 'en', askedAt: NOW } as const;
  await addExport({ ...asked, list: 'promotions', period: 'ALL' }, tx);
  const made = { rows: 1, files: [{ mediaId: '@m', fileName: 'Promotions.xlsx' }], sent: 0 };
  const ready = await moveExport(found(await findExport('unsure', tx)), { state: 'READY', ...made }, tx);
  await moveExport(await moveExport(ready, { state: 'SENDING' }, tx), { state: 'UNSURE' }, tx);
}

async function addWhatWaits(tx: Transaction): Promise<void> {
  await addUnsureList(tx);
  const nok = { userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', updatedAt: NOW } as const;
  for (const [draftId, draft] of Object.entries(DRAFTS))
    await addDraft({ ...nok, draftId, storeKey: draftId, draft }, tx);
  const hashes = { contentHash: 'front', originalHash: 'front' };
  const kept = {
    photoId: PHOTO,
    isoId: 'iso',
    userId: 'nok',
    about: { kind: 'draft', id: 'whole' },
    sentAt: NOW,
  } as const;
  await addPhoto({ ...kept, ...hashes, width: 1, height: 1, found: { codes: [], weaknesses: [] } }, tx);
  const asked = { isoId: 'iso', at: NOW };
  const invited = { isoId: 'iso', at: NOW - 3 * DAY_MS, channel: 'INVITE', approvedBy: 'anong' } as const;
  await addAssociations(
    [
      { ...asked, requestId: 'asked', userId: 'som', name: 'Som', phone: '+66810000001', channel: 'CARD' },
      { ...invited, requestId: 'invited', name: 'Kit', phone: '+66810000002' },
      { ...invited, requestId: 'invited too', name: 'Kit Dee', phone: '+66810000005' },
      { ...asked, requestId: 'turned away', userId: 'mali', name: 'Mali', phone: '+66810000003', channel: 'CARD' },
    ],
    tx,
  );
  for (const requestId of ['invited', 'invited too']) {
    await moveAssociation(found(await findAssociation(requestId, tx)), { state: 'INVITED', invitedAt: invited.at }, tx);
  }
  const turnedAway = found(await findAssociation('turned away', tx));
  await moveAssociation(turnedAway, { state: 'REJECTED', decidedBy: 'anong', decidedAt: NOW }, tx);
  const other = { isoId: 'other', at: NOW, channel: 'INVITE', approvedBy: 'ploy' } as const;
  await addAssociations([{ ...other, requestId: 'offered', name: 'Dao', phone: '+66810000004' }], tx);
  const offered = found(await findAssociation('offered', tx));
  await moveAssociation(offered, { state: 'INVITED', userId: 'dao', invitedAt: NOW }, tx);
  const group = { isoId: 'iso', title: 'Shop talk', language: 'en', state: 'ASKED', by: 'anong', at: NOW } as const;
  await addGroup({ ...group, openConversationId: 'asked-group' }, tx);
  await addGroup({ ...group, openConversationId: 'bound-group' }, tx);
  await changeGroup(found(await findGroup('bound-group', tx)), { state: 'BOUND' }, tx);
  const added = { isoId: 'iso', addedBy: 'anong', addedAt: NOW };
  const theirs = await addTestAccount({ ...added, accountId: 'held', name: 'lotus-6' }, tx);
  await changeAccount(theirs, { state: 'GIVEN', holderId: 'nok', givenBy: 'anong', givenAt: NOW }, tx);
  const colleagues = await addTestAccount({ ...added, accountId: 'colleague', name: 'lotus-3' }, tx);
  await changeAccount(colleagues, { state: 'GIVEN', holderId: 'nid', givenBy: 'anong', givenAt: NOW }, tx);
  await addTestAccount({ ...added, accountId: 'free', name: 'lotus-5' }, tx);
  const back = await addTestAccount({ ...added, accountId: 'back', name: 'lotus-4' }, tx);
  const given = await changeAccount(back, { state: 'GIVEN', holderId: 'mali' }, tx);
  await changeAccount(given, { state: 'RETURNED', holderId: null, back: 'left', returnedAt: NOW }, tx);
  await addAsk({ askId: 'password', isoId: 'iso', userId: 'nok', askedAt: NOW, accountId: 'held' }, tx);
  await addAsk({ askId: 'account', isoId: 'iso', userId: 'kwan', askedAt: NOW }, tx);
  const questions = [{ at: NOW, statement: 'May I?' }];
  await addQuestion({ questionId: 'question', isoId: 'iso', userId: 'kwan', askedAt: NOW, asked: questions }, tx);
  await addInspections(tx);
}

/** Inspections of Nok: one that is looked at, one given up, one that can be submitted, and one that was and can be corrected. */
const TASKS = { looking: ['failed-1'], givenUp: [], done: [], refused: [] } as const;

async function addInspections(tx: Transaction): Promise<void> {
  const work = new Work(NO_SPOT);
  for (let n = 0; n < 60 && !canSubmit(work.inspection, NO_SPOT); n += 1) obeyed(work, n);
  const givenUp = new Work(NO_SPOT).fills({ kind: 'cannot' }, { cannot: 'NOT_FOUND' });
  const shop = { storeRef: 'store', storeName: 'Som Tam House', address: 'Silom Rd 9', countryRegion: 'TH' };
  const task = { ...shop, isoId: 'iso', namedAssignee: 'nok', assigneeId: 'nok', dueAt: NOW + DAY_MS, priority: 2 };
  for (const [taskId, spotRefs] of Object.entries(TASKS)) {
    const none = { acceptsOnlyAlipay: false, promoters: [], asOf: '20261124_001' };
    await addTask({ ...task, ...none, taskId, spotRefs, sourceKey: taskId }, tx);
  }
  const begun = async (taskId: string, { inspection }: Work) =>
    await changeTask(found(await findTask(taskId, tx)), { state: 'STARTED', inspection }, tx);
  await changeTask(await begun('givenUp', givenUp), { state: 'CANNOT_INSPECT' }, tx);
  await changeTask(await begun('done', work), { state: 'PAYMENT_VERIFIED' }, tx);
  const worked = await changeTask(await begun('refused', work), { state: 'PAYMENT_VERIFIED' }, tx);
  await changeTask(await changeTask(worked, { state: 'SUBMITTED' }, tx), { state: 'REJECTED' }, tx);
  const noSpot = { programme: 1, spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  const item = { isoId: 'iso', staffId: 'nok', storeId: 'store', shop: 'Som Tam House', revision: 1, submittedAt: NOW };
  await addItems([{ ...item, ...noSpot, itemRef: 'refused', itemType: 'INSPECTION' }], tx);
  await changeItem(found(await findItem('refused', tx)), { state: 'REJECTED', deadlineAt: NOW + DAY_MS }, tx);
}

function found<T>(there: T | undefined): T {
  if (there === undefined) throw new Error('the ISO is not at work');
  return there;
}

/** `extra`: what the buttons of its cards say besides. */
function drawn(
  by: string,
  says: string,
  { subject, version }: Pick<TapParams, 'subject' | 'version'>,
  extra: Readonly<Record<string, string>> = {},
): Drawn {
  return { by, says, params: { subject, version, form: SAID.form, extra: { ...SAID.extra, ...extra } } };
}

/** The card that such a tap came from; one about a group stands in it. */
export function cardOf({ by, params: { subject } }: Drawn): Card {
  const inGroup = subject?.kind === 'group';
  return {
    outTrackId: 'card',
    kind: 'working',
    view: subject?.kind === 'draft' ? 'promotion' : 'menu',
    subject: { kind: 'person', id: by },
    viewer: inGroup ? subject.id : by,
    inGroup,
    wanted: 1,
    formOpen: false,
    delivered: true,
  };
}
