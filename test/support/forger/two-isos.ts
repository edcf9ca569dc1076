import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { addAsk } from '../../../models/account-asks.ts';
import { findIsoByEmail } from '../../../models/isos.ts';
import { changePerson, meetPerson, type PersonChange } from '../../../models/people.ts';
import { addTestAccount, changeAccount } from '../../../models/test-accounts.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { landTask } from '../../../src/daily/inspection-tasks.ts';
import { changePlace } from '../../../src/operator/people.ts';
import { openTasks } from '../conversations/inspection.ts';
import { promote, SHOP, startPromotion } from '../conversations/promotion.ts';
import type { OpenWorld } from '../in-process/open-world.ts';
import type { InProcessWorld } from '../in-process/world.ts';
import { taskRow } from '../task-row.ts';
import type { Person } from '../world/person.ts';
import { ACCOUNTS, EMAILS, GROUP, INVITED, PEOPLE, SHOPS, TASKS } from './cast.ts';

type Name = keyof typeof PEOPLE;

const DAY_MS = 24 * 3_600_000;

/** Their ids. */
interface BothIsos {
  readonly lotus: string;
  readonly jasmine: string;
}

/**
 * Two ISOs in the middle of their work, by their people's own hands where that is quick: promotions in every state, tasks, requests,
 * an invitation, a group; and those who were paused, removed and made staff again, each with the cards from before.
 */
export async function twoIsosAtWork({ world, dataDir }: OpenWorld): Promise<void> {
  const lotus = await isoOf(EMAILS.lotus);
  const jasmine = await isoOf(EMAILS.jasmine);
  await hire('admin1', { isoId: lotus, role: 'ADMIN' });
  await hire('aran', { isoId: lotus, role: 'ADMIN' });
  for (const name of ['nok', 'lek', 'pim', 'olan'] as const) await hire(name, { isoId: lotus, role: 'STAFF' });
  await hire('sup', { isoId: lotus, role: 'SUPERVISOR' });
  await hire('kwan', { isoId: lotus, role: 'STAFF', supervisorId: 'sup' });
  await hire('ploy', { isoId: jasmine, role: 'ADMIN' });
  await hire('bee', { isoId: jasmine, role: 'STAFF' });
  for (const name of ['zoe', 'gig'] as const) await hire(name, {});

  const nok = world.person('nok');
  await promote(nok, { shop: SHOPS.nok.shop, spots: 2, series: 'NA', store: metAt('nok') });
  await promote(world.person('olan'), { shop: SHOPS.olan.shop, series: 'NB', store: metAt('olan') });
  await world.advance(3_600_000);
  await reviewsLand(world, dataDir);
  await putsRight(nok);
  await startPromotion(nok, { shop: SHOPS.nokAgain.shop, series: 'NC', store: metAt('nokAgain') });
  for (const name of ['bee', 'kwan', 'pim'] as const) await begins(world.person(name), name);
  await tasksLand(world, { lotus, jasmine });
  await accountsAreGiven(world, { lotus, jasmine });
  await peopleWait(world);
  await groupIsBound(world);
  await world.untilIdle();
}

/** Some lose what they were, with their cards in hand; to be called once these have been read. */
export async function somebodyFalls(world: InProcessWorld): Promise<void> {
  const doer = { ids: world.ids, now: () => world.clock.now() };
  for (const [userId, change] of [
    ['pim', 'pause'],
    ['olan', 'remove'],
    ['aran', 'makeStaff'],
  ] as const)
    await changePlace({ email: EMAILS.lotus, userId }, change, doer);
  await world.sweep();
}

async function isoOf(email: string): Promise<string> {
  const iso = await findIsoByEmail(email);
  if (iso === undefined) throw new Error(`there is no ISO ${email}`);
  return iso.isoId;
}

async function hire(userId: Name, change: PersonChange): Promise<void> {
  const { name } = PEOPLE[userId];
  const state = change.isoId === undefined ? 'UNKNOWN' : 'ACTIVE';
  await inTransaction(async (tx) => {
    await meetPerson(userId, name, tx);
    await changePerson(userId, { state, language: 'en', name, ...change }, tx);
  });
}

function metAt(shop: keyof typeof SHOPS): Readonly<Record<string, string>> {
  return { managerName: SHOPS[shop].manager, address: `${SHOPS[shop].shop} Lane 7` };
}

/** A promotion, as far as the front of the shop. */
async function begins(person: Person, shop: keyof typeof SHOPS): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, ...metAt(shop), nameLocal: SHOPS[shop].shop });
}

/** Stores are approved, what stands at them is not. */
async function reviewsLand(world: InProcessWorld, dataDir: string): Promise<void> {
  const items = await mongoose.connection
    .collection<{ _id: string; itemType: string; isoId: string }>('items')
    .find({})
    .toArray();
  const at = new Date(world.clock.now()).toISOString();
  const day = at.slice(0, 10);
  const rows = items.map(({ _id, itemType, isoId }) => {
    const said = itemType === 'STORE' ? 'APPROVED,' : 'REJECTED,SPOT_PHOTO_BLURRY';
    return `${_id}@1,${day},${isoId},${itemType},${_id},1,${said},${at}`;
  });
  const header = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  mkdirSync(join(dataDir, 'incoming'), { recursive: true });
  const file = join(dataDir, 'incoming', `review_${day.replaceAll('-', '')}_001.csv`);
  writeFileSync(file, `${[header, ...rows].join('\r\n')}\r\n`);
  await world.advance(20 * 60_000);
}

/** One of the two spots that failed is appealed against, the other is being modified. */
async function putsRight(nok: Person): Promise<void> {
  // the first of them stays first on the list when it is begun
  for (const [spot, action] of [
    [/Cashier 1$/, 'review.appeal'],
    [/Cashier 2$/, 'review.modify'],
  ] as const) {
    await nok.says('menu');
    await nok.taps({ action: 'review.mine' });
    await nok.taps({ action: 'review.list', of: 'failed' });
    await nok.taps(spot);
    await nok.taps({ action });
  }
}

async function tasksLand(world: InProcessWorld, { lotus, jasmine }: BothIsos): Promise<void> {
  const now = world.clock.now();
  const from = { asOf: '20261124_001', now, cause: 'inspection-tasks_20261124_001.csv' };
  for (const [namedAssignee, isoId] of [
    ['nok', lotus],
    ['bee', jasmine],
  ] as const) {
    const row = taskRow({
      isoId,
      dueAt: now + 5 * DAY_MS,
      namedAssignee,
      sourceKey: namedAssignee,
      ...TASKS[namedAssignee],
    });
    await inTransaction((tx) => landTask(row, from, tx));
    const person = world.person(namedAssignee);
    await openTasks(person);
    await person.taps({ action: 'inspection.open' });
    await person.taps({ action: 'inspection.matches' });
  }
}

/** One of each ISO, whose holder asks for its password, and one of the first that nobody has. */
async function accountsAreGiven(world: InProcessWorld, { lotus, jasmine }: BothIsos): Promise<void> {
  const at = world.clock.now();
  await inTransaction(async (tx) => {
    for (const [userId, isoId] of [
      ['nok', lotus],
      ['bee', jasmine],
    ] as const) {
      const added = { accountId: `account-${userId}`, isoId, name: ACCOUNTS[userId], addedBy: 'operator', addedAt: at };
      const free = await addTestAccount(added, tx);
      await changeAccount(free, { state: 'GIVEN', holderId: userId, givenBy: 'operator', givenAt: at }, tx);
      await addAsk({ askId: `ask-${userId}`, isoId, userId, askedAt: at, accountId: added.accountId }, tx);
    }
    const { free: name } = ACCOUNTS;
    await addTestAccount({ accountId: 'account-free', isoId: lotus, name, addedBy: 'operator', addedAt: at }, tx);
  });
}

async function peopleWait(world: InProcessWorld): Promise<void> {
  for (const [userId, isoEmail] of [
    ['som', EMAILS.lotus],
    ['jin', EMAILS.jasmine],
  ] as const) {
    const asking = world.person(userId);
    await asking.says('hi');
    await asking.fills({ isoEmail, name: PEOPLE[userId].name, phone: `+66${PEOPLE[userId].phone}` });
  }
  const admin = world.person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
  await admin.fills({ name: INVITED.name, phone: `+66${INVITED.phone}` });
}

async function groupIsBound(world: InProcessWorld): Promise<void> {
  const admin = world.person('admin1').inGroup(GROUP);
  await admin.says('digest');
  await admin.taps({ action: 'group.bind' });
  await world.person('gig').inGroup(GROUP).says('hello');
}
