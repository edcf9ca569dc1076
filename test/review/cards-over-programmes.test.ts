import fc from 'fast-check';
import mongoose from 'mongoose';
import { beforeEach, expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { translator } from '../../cards/text.ts';
import { render, type ViewName } from '../../cards/views.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { loadCard } from '../../handlers/views.ts';
import { latestAppealOf } from '../../models/appeals.ts';
import type { Card } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { currentProgramme, useProgrammes } from '../../models/programme-in-use.ts';
import { addSubmissions } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import type { Subject } from '../../src/platform/subject.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { wordsByPlace } from '../../src/programme/word-texts.ts';
import { useModels } from '../models/store.ts';
import { howOften } from '../support/how-often.ts';
import { widerProgramme } from '../support/programme-of-files.ts';
import { programmeOf, programmesOf, shippedProgramme, withoutCity } from '../support/shipped-programme.ts';
import { DATA_DATE, decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { onItem, tap } from './thumb.ts';

useModels(undefined);
beforeEach(forgetEverything);

const SHIPPED = shippedProgramme();
const { reasons, words } = SHIPPED;
const only = <Value>(all: Readonly<Record<string, Value>>, keep: (key: string) => boolean): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => keep(key)));

/** What a programme may become: asked otherwise, called otherwise, and without what stands in all that was submitted. */
const PROGRAMMES: readonly Programme[] = [
  SHIPPED,
  programmeOf(withoutCity()),
  programmeOf(widerProgramme()),
  { ...SHIPPED, products: SHIPPED.products.map((product) => ({ ...product, on: false })) },
  // every product that there was is gone, with all words of places, photos and reasons
  {
    ...programmeOf(widerProgramme()),
    products: programmeOf(widerProgramme()).products.filter(({ id }) => SHIPPED.products.every((one) => one.id !== id)),
    reasons: only(reasons, (code) => code === SHIPPED.unknownReason),
    words: new Map(
      [...words].map(([language, said]) => [
        language,
        { ...said, spots: {}, slots: {}, parts: {}, products: {}, fees: {} },
      ]),
    ),
  },
  {
    ...SHIPPED,
    languages: ['th'],
    words: new Map([...words].filter(([language]) => language === 'th')),
    fees: [],
    markets: {},
  },
];

const REFS = ['shop', 'shop-1', 'shop-1.posm'] as const;
const STEP = fc.oneof(
  { weight: 2, arbitrary: fc.nat(PROGRAMMES.length - 1).map((at) => ({ name: `apply ${at}`, at })) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        ref: fc.constantFrom(...REFS),
        reason: fc.constantFrom(...Object.keys(reasons), 'MOON_IN_PICTURE'),
        action: fc.constantFrom<Action | undefined>('review.modify', 'review.appeal', undefined),
      })
      .map((said) => ({ name: `reject ${said.ref} ${said.reason} ${said.action ?? ''}`, ...said })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...REFS).map((ref) => ({ name: `approve ${ref}`, ref })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        ref: fc.constantFrom(...REFS),
        action: fc.constantFrom<Action>('review.cancelModify', 'review.withdraw'),
      })
      .map((said) => ({ name: `${said.action} ${said.ref}`, ...said })),
  },
);

interface Step {
  readonly at?: number | undefined;
  readonly ref?: (typeof REFS)[number] | undefined;
  readonly reason?: string | undefined;
  readonly action?: Action | undefined;
}

/** What happens; what cannot happen now does nothing. */
async function does({ at, ref = 'shop', reason, action }: Step, versions: Programme[]): Promise<void> {
  if (at !== undefined) {
    versions.push(PROGRAMMES[at] ?? SHIPPED);
    useProgrammes(programmesOf(...versions));
    return;
  }
  const canBeDecided = ['PENDING', 'REJECTED', 'APPROVED'].includes((await itemOf(ref)).state);
  if (reason !== undefined && canBeDecided) await decide(ref, 'REJECTED', { reasons: [reason] });
  if (reason === undefined && action === undefined && canBeDecided) await decide(ref, 'APPROVED', { reasons: [] });
  if (action !== undefined) await tap(action, await onItem(ref));
}

/** Every card that tells of a shop, for its promoter and for the admin. */
async function cards(): Promise<readonly (readonly [ViewName, Subject, string])[]> {
  const appeals = await Promise.all(REFS.map((ref) => latestAppealOf(ref)));
  const drafts = await openDraftsOf('nok');
  const days = await mongoose.connection.collection<{ _id: string }>('resultdays').find({}).toArray();
  const nok = { kind: 'person', id: 'nok' } as const;
  const own: (readonly [ViewName, Subject])[] = [
    ['menu', nok],
    ['review.mine', nok],
    ['review.month', nok],
    ['review.times', nok],
    ...['failed/1', 'hand/1'].map((id) => ['review.list', { kind: 'resultList', id }] as const),
    ['review.visits', { kind: 'page', id: '1' }],
    ['review.shops', { kind: 'resultList', id: 'all' }],
    ['review.shop', { kind: 'resultList', id: `all/${REFS[0]}/1` }],
    ...days.map(({ _id: id }) => ['review.day', { kind: 'resultDay', id }] as const),
    ...REFS.flatMap((id) => [
      ['review.item', { kind: 'item', id }] as const,
      ['review.history', { kind: 'item', id }] as const,
      ['review.resent', { kind: 'submission', id: `${id}#1` }] as const,
    ]),
    ...appeals.flatMap((appeal) => {
      const subject = { kind: 'appeal', id: appeal?.appealId ?? '' } as const;
      const views = ['review.appeal', 'review.appealWhy', 'review.appealSent', 'review.answer'] as const;
      return appeal === undefined ? [] : views.map((view) => [view, subject] as const);
    }),
    ...drafts.map(({ draftId: id }) => ['promotion', { kind: 'draft', id }] as const),
    ['promotion.submitted', { kind: 'promotion', id: 'shop-promotion' }],
    ['promotion.opened', { kind: 'promotion', id: 'shop-promotion' }],
  ];
  const ofAdmin: (readonly [ViewName, Subject])[] = [
    ['team.failed', { kind: 'person', id: 'anong' }],
    ...REFS.flatMap((id) => [
      ['team.failedItem', { kind: 'item', id }] as const,
      ['review.fraud', { kind: 'item', id }] as const,
    ]),
  ];
  return [...own.map((one) => [...one, 'nok'] as const), ...ofAdmin.map((one) => [...one, 'anong'] as const)];
}

/** What was drawn of them, to know that they were. */
const faces = new Set<string>();

async function drawn([view, subject, viewer]: readonly [ViewName, Subject, string]): Promise<readonly string[]> {
  const person = await findPerson(viewer);
  if (person === undefined) throw new Error(`nobody is ${viewer}`);
  const card = { outTrackId: 'card', view, subject, viewer, kind: 'record' } as unknown as Card;
  const { name, model, programme } = await loadCard(card, person, NOW);
  faces.add(name);
  const said = wordsByPlace((programme ?? currentProgramme()).programme);
  return LANGUAGES.map((language) => JSON.stringify(render(name, model as never, translator(language, said))));
}

it('over any changes of the programme the records, lists and remedies of what was submitted are drawn in every language', async () => {
  const product = fc.constantFrom('MARKETING_CODE', 'PRIMARY_POSM');
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 2, maxLength: 8 }), product, async (steps, promoted) => {
      await forgetEverything();
      const versions = [SHIPPED];
      useProgrammes(programmesOf(...versions));
      for (const userId of ['nok', 'anong']) await hire(userId);
      await inTransaction((tx) => changePerson('anong', { role: 'ADMIN' }, tx));
      await submitShop('nok', 'shop', { spots: 1, product: promoted });
      const sent = { isoId: 'iso', submittedAt: NOW, programme: 1, line: {}, photoHashes: [] };
      await inTransaction((tx) =>
        addSubmissions(
          REFS.map((ref) => ({ ...sent, submissionKey: `${ref}#1` })),
          tx,
        ),
      );
      const tells = createTellStaff(new StillClock(NOW), { timeZone: 'Asia/Bangkok', draftsDays: 180 });
      for (const step of steps) {
        await does(step, versions);
        await tells({ userId: 'nok', isoId: 'iso', dataDate: DATA_DATE as never });
        for (const card of await cards())
          for (const text of await drawn(card))
            expect([card[0], text]).toEqual([card[0], expect.not.stringMatching(/undefined|\[object|\{[a-z]+\}/)]);
      }
    }),
    { numRuns: howOften({ inEachRun: 6, inFull: 200 }), seed: 20261128 },
  );
  const ofReview = ['item', 'list', 'mine', 'day', 'resent', 'appeal', 'appealSent', 'answer', 'fraud'];
  const expected = [
    ...ofReview.map((name) => `review.${name}`),
    'promotion.submitted',
    'team.failed',
    'team.failedItem',
  ];
  expect([...faces].sort()).toEqual(expect.arrayContaining(expected.sort()));
});
