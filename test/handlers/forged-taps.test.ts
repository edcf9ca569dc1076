import { asAppError } from '@field/kit/errors';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { isViewName } from '../../cards/views.ts';
import { fallbacks } from '../../handlers/fallbacks.ts';
import { OWN_DRAFT, OWN_PROMOTION } from '../../handlers/promotion/current-draft.ts';
import { discardPromotion } from '../../handlers/promotion/finish-promotion.ts';
import { routes } from '../../handlers/routes.ts';
import { loadCard } from '../../handlers/views.ts';
import { changeDraft, type StoredDraft } from '../../models/drafts.ts';
import { changePerson, findPerson, type Person } from '../../models/people.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { settle } from '../../models/write-queue.ts';
import { newContext, type TapContext, type WorkingContent } from '../../src/bot/context.ts';
import { dispatcher } from '../../src/bot/dispatch.ts';
import { Router, type TapManner } from '../../src/bot/router.ts';
import { SUBJECT_KINDS } from '../../src/platform/subject.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { useModels } from '../models/store.ts';
import { countedIds } from '../support/in-process/counted-ids.ts';
import { NOW } from '../support/shop-under-review.ts';
import { cardOf, type Drawn, isoAtWork } from './iso-at-work.ts';

/** What a person's own taps may change: where their working card stands, and what they work on. */
const ABOUT_CARDS = ['workingCard', 'inHand', 'works', 'move', 'activeAt'];
/** Answers that only open something: nothing changes but what is read. */
const OPENING: readonly Action[] = [
  'promotion.resume',
  'promotion.discard',
  'promotion.view',
  'review.open',
  'review.history',
  'review.photos',
  'review.appealWhy',
  'photos.list',
  'photos.choose',
  'photos.leave',
  'inspection.goOn',
  'inspection.giveBack',
  'account.choose',
  'account.whom',
  'association.askReject',
  'help.toAnswer',
];
/** What is named by a tap of which the router loads no subject. */
const NAMING: readonly Action[] = [
  'team.request',
  'team.approve',
  'team.reject',
  'team.sendAgain',
  'team.failedItem',
  'team.story',
  'team.personStory',
  'team.files',
  'team.fileStory',
  'team.person',
  'team.member',
  'team.memberMore',
  'team.askChange',
  'team.chooseTeam',
  'handOver.open',
  'handOver.give',
  'account.open',
  'account.ask',
  'account.add',
  'account.sure',
];
/** Those of them that change something at once. */
const DOING: readonly Action[] = ['team.approve', 'team.reject', 'team.sendAgain', 'handOver.give'];
/** What the cards are about from which the actions of a kind are tapped. */
const CARDS_OF: Readonly<Record<string, readonly string[]>> = {
  association: ['association', 'person', 'invitations'],
  group: ['group'],
  team: ['group', 'person', 'memberChange', 'export'],
  promotion: ['draft', 'promotion'],
  review: ['item', 'draft', 'appeal'],
  inspection: ['inspection'],
  photos: ['photo'],
  account: ['testAccount', 'accountAsk', 'accountChange'],
  help: ['question'],
};
/** What buttons of lists say besides. */
const WORDS = ['of', 'page', 'list', 'period', 'product', 'item', 'association', 'seen'];
const NOBODYS = ['', 'nobody', '__proto__', '0', 'modified-1#2'];

useModels(undefined);
let everything: readonly Drawn[] = [];
/** What is stored before each test, which undoes all that it does. */
let atFirst: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  everything = await isoAtWork();
  atFirst = await inTransaction(stored);
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
  await settle(tx);
  for (const { collection } of Object.values(mongoose.models)) {
    for (const row of await collection.find({}, { session: tx }).toArray()) {
      const rest = Object.entries(row).filter(([field]) => !ABOUT_CARDS.includes(field));
      all.set(`${collection.name}/${row._id}`, JSON.stringify(rest));
    }
  }
  return all;
}

/** What a tap led to. */
interface Led {
  /** What went wrong, and what is wanted besides cards. */
  readonly wants: readonly string[];
  /** The card that it shows, and to whom. */
  readonly shown?: Pick<WorkingContent, 'view' | 'subject'> | undefined;
  readonly person: Person;
}

/** A tap through the dispatcher, as `src/bot/taps.ts` hands it on. */
async function forge(router: Router, action: Action, { by, drawn }: Tap, tx: Transaction): Promise<Led> {
  const person = await findPerson(by, tx);
  if (person === undefined) throw new Error(`no person ${by}`);
  const update: TapUpdate = {
    kind: 'tap',
    id: 'tap',
    at: NOW,
    outTrackId: 'card',
    userId: by,
    params: { action, ...drawn.params },
  };
  const ctx = newContext({ update, tx, ids: countedIds(), now: NOW, dingTalkNow: NOW, person, card: cardOf(drawn) });
  try {
    await dispatcher(router, fallbacks)(ctx);
  } catch (thrown) {
    const { kind, code, cause } = asAppError(thrown);
    return { wants: kind === 'bug' ? [`${code} ${cause}`] : [], person };
  }
  const { audit, jobs, submits, shownTo, records } = ctx.effects;
  const wanted = { audit, jobs, shownTo, records: records.filter(({ kind }) => kind !== 'line') };
  const wants = Object.entries(wanted).flatMap(([what, list]) => (list.length > 0 ? [what] : []));
  const shown = ctx.effects.becomes ?? ctx.effects.working;
  return { wants: submits ? [...wants, 'submits'] : wants, shown, person: ctx.person };
}

interface Tap {
  readonly by: string;
  readonly drawn: Drawn;
}

interface TapsRun {
  readonly router?: Router;
  /** What has happened before the taps. */
  readonly before?: (tx: Transaction) => Promise<void>;
  /** Is told what each tap led to. */
  readonly led?: (action: Action, tap: Tap, led: Led) => Promise<void>;
}

/** What these taps change with all of these actions, one after the other. */
async function changesAtOnce(actions: readonly Action[], taps: readonly Tap[], run: TapsRun = {}): Promise<string[]> {
  const { router = ROUTER, before, led } = run;
  return await undone(async (tx) => {
    await before?.(tx);
    const earlier = before === undefined ? atFirst : await stored(tx);
    const wrong: string[] = [];
    for (const action of actions) {
      for (const one of taps) {
        const to = await forge(router, action, one, tx);
        wrong.push(...to.wants);
        await led?.(action, one, to);
      }
    }
    const later = await stored(tx);
    const rows = [...new Set([...earlier.keys(), ...later.keys()])];
    return [...wrong, ...rows.filter((row) => earlier.get(row) !== later.get(row))];
  });
}

/** The actions with which these taps change something, each tried by itself. */
async function changing(actions: readonly Action[], taps: readonly Tap[], run: TapsRun = {}): Promise<Action[]> {
  const found: Action[] = [];
  for (const action of actions) if ((await changesAtOnce([action], taps, run)).length > 0) found.push(action);
  return found;
}

/** As `changing`, quick where there is none. */
async function changingAny(actions: readonly Action[], taps: readonly Tap[], run: TapsRun = {}): Promise<Action[]> {
  const none = (await changesAtOnce(actions, taps, run)).length === 0;
  return none ? [] : await changing(actions, taps, run);
}

/** Reads the cards that taps lead to; in `found`, actions that led to one that says what only cards about its subject say. */
class Reader {
  readonly found = new Set<Action>();
  readonly #cards = new Map<string, string>();

  readonly led = async (action: Action, { by, drawn }: Tap, { shown, person }: Led): Promise<void> => {
    if (shown === undefined) return;
    const name = [by, shown.view, shown.subject.kind, shown.subject.id].join(' ');
    const said = this.#cards.get(name) ?? (await saidBy(drawn, shown, person));
    this.#cards.set(name, said);
    if (said.includes(drawn.says)) this.found.add(action);
  };
}

async function saidBy(drawn: Drawn, shown: NonNullable<Led['shown']>, person: Person): Promise<string> {
  return JSON.stringify((await loadCard({ ...cardOf(drawn), ...shown }, person, NOW)).model);
}

/** What a handler does that takes what it is given. */
async function forget(ctx: TapContext, stored: StoredDraft): Promise<void> {
  await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
}

const by = (userId: string) =>
  everything.filter((drawn) => drawn.by !== userId).map((drawn) => ({ by: userId, drawn }));
const byWhoMay = () => everything.map((drawn) => ({ by: drawn.by, drawn }));
/** One card of each kind of each of these people; in full all. */
const oneOfEachKind = (taps: readonly Tap[]): readonly Tap[] => {
  const kinds = taps.map((one) => [`${one.by} ${one.drawn.params.subject?.kind}`, one] as const);
  return process.env.LONG ? taps : [...new Map(kinds).values()];
};
/** By whom may, on the cards from which such an action is tapped. */
const onItsCards = (action: Action) => {
  const kinds = CARDS_OF[action.split('.')[0] ?? ''] ?? [];
  return byWhoMay().filter(({ drawn }) => kinds.includes(drawn.params.subject?.kind ?? ''));
};
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
    expect(await changingAny(actionsOf('command'), drawnEarlier())).toEqual([]);
  });

  const doing = actionsOf('answer', 'command').filter((action) => !OPENING.includes(action));
  it.each(doing)('does what it says when nothing of that is so: %s', async (action) => {
    expect(await changing([action], onItsCards(action))).toEqual([action]);
  });

  it('opens what it names when nothing of that is so', async () => {
    const { found, led } = new Reader();
    const opening = [...OPENING, ...NAMING].filter((action) => !DOING.includes(action));
    expect(await changingAny(opening, byWhoMay(), { led })).toEqual([]);
    expect(await changing(DOING, byWhoMay(), { led })).toEqual(DOING);
    expect([...found].toSorted()).toEqual([...OPENING, ...NAMING].toSorted());
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

  it.each(['lek', 'ploy', 'pim'])(
    'of somebody else, colleague, supervisor of others or admin of another ISO, changes nothing of it and reads nothing: %s',
    async (userId) => {
      const all = [...actionsOf('answer', 'command'), ...NAMING];
      const { found, led } = new Reader();
      expect(await changingAny(all, by(userId), { led })).toEqual([]);
      expect([...found]).toEqual([]);
    },
  );

  it.each([
    ['is staff now', { role: 'STAFF' }],
    ['is the admin of another ISO now', { isoId: 'other' }],
  ] as const)('of who was the admin and %s does nothing', async (_what, change) => {
    const before = async (tx: Transaction): Promise<void> => void (await changePerson('anong', change, tx));
    // what they do as themselves, wherever they are now, is their own
    const ofIso = everything.filter(({ by, params }) => by === 'anong' && params.subject?.kind !== 'person');
    const once = ofIso.map((drawn) => ({ by: 'anong', drawn }));
    const all = [...actionsOf('answer', 'command'), ...NAMING];
    const { found, led } = new Reader();
    expect(await changingAny(all, once, { before, led })).toEqual([]);
    expect([...found]).toEqual([]);
  });

  it.each(['SUSPENDED', 'PAUSED'] as const)('of who is %s does nothing, whatever it is', async (state) => {
    const before = async (tx: Transaction): Promise<void> => {
      for (const userId of ['nok', 'nid', 'anong', 'som', 'mali', 'dao']) await changePerson(userId, { state }, tx);
    };
    const closed = ROUTER.actions().filter((action) => state === 'SUSPENDED' || !ROUTER.isEvenPaused(action));
    expect(await changingAny(closed, oneOfEachKind(byWhoMay()), { before })).toEqual([]);
  });

  it('of who is paused does nothing to anybody else, by what is open to them', async () => {
    const open = ROUTER.actions().filter((action) => ROUTER.isEvenPaused(action));
    expect(open.toSorted()).toEqual([
      'association.join',
      'association.leave',
      'association.leaveAgain',
      'association.leaveSure',
      'association.move',
      'association.refuse',
    ]);
    const before = async (tx: Transaction): Promise<void> => void (await changePerson('lek', { state: 'PAUSED' }, tx));
    expect(await changingAny(open, by('lek'), { before })).toEqual([]);
  });

  it('about what there is not, or another kind of thing, changes nothing', async () => {
    const ids = fc.oneof(fc.constantFrom(...NOBODYS), fc.string());
    const subject = fc.record({ kind: fc.constantFrom(...SUBJECT_KINDS), id: ids });
    const known = fc.constantFrom(...everything).map(({ params }) => params.subject);
    const crossed = fc
      .tuple(known, fc.constantFrom(...SUBJECT_KINDS))
      .map(([real, kind]) => ({ kind, id: real?.id ?? '' }))
      .filter(
        ({ kind, id }) => !everything.some(({ params }) => params.subject?.kind === kind && params.subject.id === id),
      );
    const TAPS = fc.array(fc.oneof(subject, crossed, fc.constant(undefined)), { minLength: 2, maxLength: 4 });
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
            return { by: userId, drawn: { by: userId, says: '', params } };
          }),
        );
        expect(await changingAny(actionsOf('answer', 'command'), forged)).toEqual([]);
      }),
      { numRuns: 4, seed: 20261124 },
    );
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'that says %s wherever it says a word leads to a view or nowhere',
    async (word) => {
      const wrong: string[] = [];
      const led = async (action: Action, _tap: Tap, { wants, shown }: Led): Promise<void> => {
        if (wants.some((want) => want.startsWith('bug.'))) wrong.push(`${action}: ${wants.join()}`);
        if (shown !== undefined && !isViewName(shown.view)) wrong.push(`${action} shows ${String(shown.view)}`);
      };
      const onePerPerson = [...new Map(byWhoMay().map((tap) => [tap.by, tap])).values()];
      const said = onePerPerson.map(({ by: userId, drawn }) => {
        const extra = Object.fromEntries([...WORDS, ...Object.keys(drawn.params.extra)].map((name) => [name, word]));
        return { by: userId, drawn: { ...drawn, params: { ...drawn.params, extra } } };
      });
      await changesAtOnce(ROUTER.actions(), said, { led });
      expect(wrong).toEqual([]);
    },
  );
});
