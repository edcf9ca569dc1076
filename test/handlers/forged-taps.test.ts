import { asAppError } from '@field/kit/errors';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { fallbacks } from '../../handlers/fallbacks.ts';
import { OWN_DRAFT, OWN_PROMOTION } from '../../handlers/promotion/current-draft.ts';
import { discardPromotion } from '../../handlers/promotion/finish-promotion.ts';
import { routes } from '../../handlers/routes.ts';
import { changeDraft, type StoredDraft } from '../../models/drafts.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { newContext, type TapContext } from '../../src/bot/context.ts';
import { dispatcher } from '../../src/bot/dispatch.ts';
import { Router, type TapManner } from '../../src/bot/router.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { useModels } from '../models/store.ts';
import { NOW } from '../review/shop-under-review.ts';
import { countedIds } from '../support/in-process/counted-ids.ts';
import { cardOf, type Drawn, isoAtWork } from './iso-at-work.ts';

/** What a person's own taps may change: where their working card stands, and what they work on. */
const ABOUT_CARDS = ['workingCard', 'inHand', 'move'];
/** Kinds of subjects, and ids, that are put together at random. */
const KINDS = ['draft', 'item', 'appeal', 'inspection', 'promotion', 'association', 'group', 'testAccount', 'page'];
/** Commands that change something only where more is written or has failed than here; the stories of promoting and remedies do. */
const NEEDS_MORE: readonly Action[] = [
  'promotion.moveCode',
  'promotion.removeSpot',
  'promotion.submit',
  'promotion.submitAnyway',
  'review.resubmit',
];
const NOBODYS = ['', 'nobody', '__proto__', '0', 'modified-1#2'];

useModels(undefined);
let everything: readonly Drawn[] = [];
beforeAll(async () => {
  everything = await isoAtWork();
});

const ROUTER = routes();
const mannerOf = (router: Router, action: Action): TapManner | undefined => router.forTap(action)?.manner;
/** Every action of these manners, from the router itself: a new one is held to this, too. */
const actionsOf = (...manners: readonly TapManner[]): readonly Action[] =>
  ROUTER.actions().filter((action) => manners.some((manner) => manner === mannerOf(ROUTER, action)));

/** Undoes what was done in a transaction, and answers what it led to. */
async function undone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const done: { result?: T } = {};
  const undo = new Error('undone');
  await inTransaction(async (tx) => {
    done.result = await work(tx);
    throw undo;
  }).catch((thrown: unknown) => {
    if (thrown !== undo) throw thrown;
  });
  return done.result as T;
}

/** Everything that is stored, by where it stands; of people, what is not about their cards. */
async function stored(tx: Transaction): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const { collection } of Object.values(mongoose.models)) {
    for (const row of await collection.find({}, { session: tx }).toArray()) {
      const rest = Object.entries(row).filter(([field]) => !ABOUT_CARDS.includes(field));
      all.set(`${collection.name}/${row._id}`, JSON.stringify(rest));
    }
  }
  return all;
}

/** A tap through the dispatcher, as `src/bot/taps.ts` hands it on. Answers what went wrong, and what is wanted besides cards. */
async function forge(router: Router, action: Action, by: string, drawn: Drawn, tx: Transaction): Promise<string[]> {
  const person = await findPerson(by, tx);
  if (person === undefined) throw new Error(`no person ${by}`);
  const update: TapUpdate = {
    kind: 'tap',
    id: 'tap',
    outTrackId: 'card',
    userId: by,
    params: { action, ...drawn.params },
  };
  const ctx = newContext({ update, tx, ids: countedIds(), now: NOW, person, card: cardOf(drawn) });
  try {
    await dispatcher(router, fallbacks)(ctx);
  } catch (thrown) {
    const { kind, code, cause } = asAppError(thrown);
    return kind === 'bug' ? [`${code} ${cause}`] : [];
  }
  const { audit, contactJobs, submits, shownTo, records } = ctx.effects;
  const wanted = { audit, contactJobs, shownTo, records: records.filter(({ kind }) => kind !== 'line') };
  return Object.entries(wanted)
    .flatMap(([what, list]) => (list.length > 0 ? [what] : []))
    .concat(submits ? ['submits'] : []);
}

interface Tap {
  readonly by: string;
  readonly drawn: Drawn;
}

interface TapsRun {
  readonly router?: Router;
  /** What has happened before the taps. */
  readonly before?: (tx: Transaction) => Promise<void>;
}

/** What these taps change with all of these actions, one after the other. */
async function changesAtOnce(actions: readonly Action[], taps: readonly Tap[], run: TapsRun = {}): Promise<string[]> {
  const { router = ROUTER, before } = run;
  return await undone(async (tx) => {
    await before?.(tx);
    const earlier = await stored(tx);
    const wrong: string[] = [];
    for (const action of actions)
      for (const { by, drawn } of taps) wrong.push(...(await forge(router, action, by, drawn, tx)));
    const later = await stored(tx);
    const rows = [...new Set([...earlier.keys(), ...later.keys()])];
    return [...wrong, ...rows.filter((row) => earlier.get(row) !== later.get(row))];
  });
}

/** The actions with which these taps change something. */
async function changing(actions: readonly Action[], taps: readonly Tap[], run: TapsRun = {}): Promise<Action[]> {
  if ((await changesAtOnce(actions, taps, run)).length === 0) return [];
  const found: Action[] = [];
  for (const action of actions) if ((await changesAtOnce([action], taps, run)).length > 0) found.push(action);
  return found;
}

/** What a handler does that takes what it is given. */
async function forget(ctx: TapContext, stored: StoredDraft): Promise<void> {
  await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
}

const by = (userId: string) =>
  everything.filter((drawn) => drawn.by !== userId).map((drawn) => ({ by: userId, drawn }));
const byWhoMay = () => everything.map((drawn) => ({ by: drawn.by, drawn }));
const drawnEarlier = () =>
  everything.map((drawn) => {
    const { version = 0, extra } = drawn.params;
    const seen = extra.seen === undefined ? {} : { seen: '1' };
    return {
      by: drawn.by,
      drawn: { ...drawn, params: { ...drawn.params, version: version + 1, extra: { ...extra, ...seen } } },
    };
  });

describe('a tap that somebody forged, or that comes late, with any action that is routed', () => {
  it('from a card drawn from another version does nothing, where it is a command', async () => {
    expect(await changing(actionsOf('command'), drawnEarlier())).toEqual([]);
  });

  it('does what it says when nothing of that is so', async () => {
    const commands = actionsOf('command').filter((action) => !NEEDS_MORE.includes(action));
    expect(await changing(commands, byWhoMay())).toEqual(commands);
  });

  it('is found where a route forgets to ask whose something is, or how old the card', async () => {
    const forgetful = new Router()
      .answer('promotion.back', 'staff', { ...OWN_DRAFT, mayUse: () => true }, forget)
      .answer('promotion.discardSure', 'staff', OWN_PROMOTION, discardPromotion);
    expect(await changing(['promotion.back'], by('lek'), { router: forgetful })).toEqual(['promotion.back']);
    expect(await changing(['promotion.discardSure'], drawnEarlier(), { router: forgetful })).toEqual([
      'promotion.discardSure',
    ]);
  });

  it.each(['lek', 'ploy'])(
    'of somebody else, colleague or admin of another ISO, changes nothing of it: %s',
    async (userId) => {
      expect(await changing(actionsOf('answer', 'command'), by(userId))).toEqual([]);
    },
  );

  it('of who is suspended does nothing, whatever it is', async () => {
    const before = async (tx: Transaction): Promise<void> => {
      for (const userId of ['nok', 'anong', 'som']) await changePerson(userId, { state: 'SUSPENDED' }, tx);
    };
    expect(await changing(ROUTER.actions(), byWhoMay(), { before })).toEqual([]);
  });

  it('about what there is not, or another kind of thing, changes nothing', async () => {
    const ids = fc.oneof(fc.constantFrom(...NOBODYS), fc.string());
    const subject = fc.record({ kind: fc.constantFrom(...KINDS), id: ids });
    const known = fc.constantFrom(...everything).map(({ params }) => params.subject);
    const crossed = fc
      .tuple(known, fc.constantFrom(...KINDS))
      .map(([real, kind]) => ({ kind, id: real?.id ?? '' }))
      .filter(
        ({ kind, id }) => !everything.some(({ params }) => params.subject?.kind === kind && params.subject.id === id),
      );
    const TAPS = fc.array(fc.oneof(subject, crossed, fc.constant(undefined)), { minLength: 4, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(TAPS, async (subjects) => {
        const forged = subjects.flatMap((named) =>
          ['nok', 'anong'].map((userId) => {
            const [template] = everything;
            const params = {
              ...template?.params,
              subject: named,
              version: 1,
              extra: { draft: 'x', task: 'x', group: 'x' },
            };
            return { by: userId, drawn: { by: userId, params } };
          }),
        );
        expect(await changing(actionsOf('answer', 'command'), forged)).toEqual([]);
      }),
      { numRuns: 3, seed: 20261124 },
    );
  });
});
