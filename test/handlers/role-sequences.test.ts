import { asAppError } from '@field/kit/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EVERYTHING } from '../../cards/hand-over.ts';
import { beginMembership } from '../../handlers/association/begin-membership.ts';
import { mustStayAdmin } from '../../handlers/association/last-admin.ts';
import { leaveIso } from '../../handlers/association/leave-iso.ts';
import { memberGone } from '../../handlers/association/membership.ts';
import { handsOf, type OpenWork, openWorkOf, workWithoutHands } from '../../handlers/hand-over/open-work.ts';
import { changeMembership } from '../../handlers/people/change-member.ts';
import { loadFees } from '../../handlers/review/load-item.ts';
import { addIso } from '../../models/isos.ts';
import { itemsSubmittedBy } from '../../models/item-queries.ts';
import { itemsOfStores } from '../../models/items.ts';
import { changePerson, findPerson, type Person, peopleOf } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { MEMBER_CHANGES, type MemberChange } from '../../src/domain/member-change.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { begins, giveOn, isFound, personOf, taskFor, within } from './hands.ts';

useModels(undefined);

const PEOPLE = ['anong', 'boss', 'dao', 'lek', 'mali', 'nok'] as const;
type Name = (typeof PEOPLE)[number];
const WORKS = [...PEOPLE.map((name) => `person/${name}`), 'nobody/iso', 'tasks/iso'] as const;

type Step =
  | { readonly kind: 'change'; readonly change: MemberChange; readonly who: Name; readonly by: Name }
  | { readonly kind: 'team'; readonly who: Name; readonly of: Name | undefined }
  | { readonly kind: 'leave' | 'gone' | 'back' | 'join'; readonly who: Name }
  | { readonly kind: 'give'; readonly by: Name; readonly to: Name; readonly work: string };

const name = fc.constantFrom(...PEOPLE);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), change: fc.constantFrom(...MEMBER_CHANGES), who: name, by: name }),
  fc.record({ kind: fc.constant('team' as const), who: name, of: fc.option(name, { nil: undefined }) }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'gone' as const, 'back' as const, 'join' as const), who: name }),
  fc.record({ kind: fc.constant('give' as const), by: name, to: name, work: fc.constantFrom(...WORKS) }),
);

/** Everybody has a shop that failed in part, one that is approved, a modification, a draft and a task. */
async function everybodyAtWork(): Promise<void> {
  await inTransaction((tx) =>
    addIso(
      {
        isoId: 'iso',
        email: 'i@x.example',
        name: 'Lotus',
        country: 'TH',
        timeZone: 'UTC',
        language: 'en',
        joinToken: 't',
      },
      tx,
    ),
  );
  for (const [index, userId] of PEOPLE.entries()) {
    await hire(userId);
    for (const part of ['a', 'b'] as const) {
      const shop = `${userId}-${part}`;
      await submitShop(userId, shop, { spots: 2, series: `${part.toUpperCase()}${'ABCDEF'[index]}` });
      await decide(shop, 'APPROVED');
      await decide(`${shop}-1`, part === 'a' ? 'APPROVED' : 'REJECTED');
    }
    await tap('review.modify', { ...(await onItem(`${userId}-b-1`)), by: userId });
    await begins(userId, `${userId}-draft`);
    await taskFor(userId, `${userId}-task`);
  }
  await inTransaction(async (tx) => {
    for (const userId of ['anong', 'boss']) await changePerson(userId, { role: 'ADMIN' }, tx);
  });
}

/** Takes a step as far as it can be taken. */
async function take(one: Step): Promise<void> {
  try {
    await taken(one);
  } catch (thrown) {
    if (asAppError(thrown).kind === 'bug') throw thrown;
  }
}

async function taken(one: Step): Promise<void> {
  switch (one.kind) {
    case 'change': {
      const by = await personOf(one.by);
      if (by.role !== 'ADMIN' || by.state !== 'ACTIVE' || one.by === one.who) return;
      return await within(
        one.by,
        async (ctx) => void (await changeMembership(ctx, await personOf(one.who), one.change)),
      );
    }
    case 'team':
      return await inTransaction(async (tx) => {
        const [who, of] = [await findPerson(one.who, tx), one.of && (await findPerson(one.of, tx))];
        const fits =
          who?.isoId === 'iso' && who.role === 'STAFF' && (!of || (of.isoId === 'iso' && of.role === 'SUPERVISOR'));
        if (fits) await changePerson(one.who, { supervisorId: one.of ?? null }, tx);
      });
    case 'leave':
      return await within(one.who, async (ctx) => {
        if (ctx.person.state === 'ACTIVE' && !(await mustStayAdmin(ctx.person, ctx.tx))) await leaveIso(ctx);
      });
    case 'gone':
      return await within(one.who, memberGone);
    case 'back':
      return await isFound(one.who);
    case 'join':
      return await inTransaction(async (tx) => {
        const person = await findPerson(one.who, tx);
        if (person?.state !== 'UNKNOWN') return;
        await beginMembership(person, { isoId: 'iso', name: one.who, language: 'en' }, tx);
      });
    case 'give':
      return void (await giveOn(one.by, one.work, { what: [EVERYTHING], to: one.to }));
  }
}

/** Everything open of the ISO, whoever has it: found without asking for an owner. */
async function everythingOpen(): Promise<readonly string[]> {
  const items = PEOPLE.flatMap((userId) => [`${userId}-b-1`, `${userId}-b-2`, `${userId}-a-2`]);
  return [...items, ...PEOPLE.flatMap((userId) => [`${userId}-draft`, `${userId}-task`])].toSorted();
}

/** Each of them by who has it in hand, as lists of people and *Without hands* show it. */
async function inHands(): Promise<ReadonlyMap<string, readonly (string | undefined)[]>> {
  const all: OpenWork[] = [...(await workWithoutHands({ isoId: 'iso', now: NOW }))];
  for (const userId of PEOPLE) all.push(...(await openWorkOf(userId, { isoId: 'iso', now: NOW })));
  const hands = new Map<string, (string | undefined)[]>();
  for (const work of all) hands.set(work.id, [...(hands.get(work.id) ?? []), handsOf(work)]);
  return hands;
}

/** How many fees each author has, and how many the ISO has. */
async function feeCounts(): Promise<{ readonly staff: readonly number[]; readonly iso: number }> {
  const shops = PEOPLE.flatMap((userId) => [`${userId}-a`, `${userId}-b`]);
  const items = await itemsOfStores(shops);
  const fees = await loadFees(items);
  const earns = (itemRef: string) => fees.get(itemRef) === 'ELIGIBLE';
  const spots = items.filter(({ itemType }) => itemType === 'SPOT');
  const staff: number[] = [];
  for (const userId of PEOPLE) {
    const own = await itemsSubmittedBy(userId, 0);
    staff.push(own.filter(({ itemType, itemRef }) => itemType === 'SPOT' && earns(itemRef)).length);
  }
  return { staff, iso: spots.filter(({ itemRef }) => earns(itemRef)).length };
}

it('after whatever happens to people, nothing open is without an owner, and a fee counts once, to its author', async () => {
  await everybodyAtWork();
  const open = await everythingOpen();
  const counted = await feeCounts();
  expect(counted).toEqual({ staff: PEOPLE.map(() => 1), iso: PEOPLE.length });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      for (const one of steps) await take(one);
      const here = new Map((await peopleOf('iso')).map((person): [string, Person] => [person.userId, person]));
      const hands = await inHands();
      for (const id of open) {
        const [owner, ...others] = hands.get(id) ?? ['lost'];
        expect(others, `${id} stands twice`).toEqual([]);
        if (owner !== undefined) expect(here.get(owner)?.state, `${id} of ${owner}`).toMatch(/ACTIVE|PAUSED/);
      }
      expect(await feeCounts()).toEqual(counted);
    }),
    { numRuns: 12 },
  );
});
