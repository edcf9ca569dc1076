import { ASK_MOVES, type AskState } from '../src/domain/account-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, text } from './fields.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const Asks = collection('accountasks', {
  id: 'askId',
  fields: {
    isoId: text(),
    version: number(),
    userId: text(),
    /** The inspection for which it is asked, the last one where it is asked again; absent where it is for none. */
    taskId: text().optional(),
    state: text<AskState>(),
    askedAt: number(),
    /** The account of which it is about, once one is theirs. */
    accountId: text().optional(),
    /** Which admin said that the password is given. */
    answeredBy: text().optional(),
    /** When it was over, answered or not. */
    endedAt: number().optional(),
    /** How often the admins were told of it again. */
    reminded: number(),
  },
  own: {
    /** As long as it is open. */
    open: mark(),
  },
  indexes: [
    // one open ask a person
    [{ userId: 1 }, { unique: true, partialFilterExpression: { open: true } }],
    [{ isoId: 1, open: 1 }, { partialFilterExpression: { open: true } }],
    [{ endedAt: 1, askId: 1 }, { partialFilterExpression: { endedAt: { $exists: true } } }],
  ],
});

/** That somebody asks their ISO for a test account and its password. */
export interface AccountAsk extends RecordOf<typeof Asks> {}

export type NewAsk = Pick<AccountAsk, 'askId' | 'isoId' | 'userId' | 'taskId' | 'askedAt' | 'accountId'>;

/** `subject.lostRace` where they ask already. */
export async function addAsk(ask: NewAsk, tx: Transaction): Promise<void> {
  const state: FirstOf<typeof ASK_MOVES> = 'OPEN';
  await Asks.addWithOthers([{ ...ask, state, version: 1, reminded: 0, open: true }], tx, 'subject.lostRace');
}

export async function findAsk(askId: string, tx?: Reads): Promise<AccountAsk | undefined> {
  return await Asks.get(askId, { tx });
}

/** What somebody asks this ISO for and waits for. */
export async function openAskOf(userId: string, isoId: string, tx?: Reads): Promise<AccountAsk | undefined> {
  const ask = await Asks.findOne({ userId, open: true }, { tx });
  return ask?.isoId === isoId ? ask : undefined;
}

/** All that is asked of an ISO and waits, the longest first. */
export async function openAsksOf(isoId: string, tx?: Reads): Promise<readonly AccountAsk[]> {
  return await Asks.find({ isoId, open: true }, { sort: { askedAt: 1 }, tx });
}

export type AskChange = Changes<
  Pick<AccountAsk, 'taskId' | 'accountId' | 'state' | 'answeredBy' | 'endedAt' | 'reminded'>
>;

/** Compare-and-set on the version at which it was read: the first admin's answer counts. */
export async function changeAsk(
  { askId, version, state }: AccountAsk,
  to: AskChange,
  tx: Transaction,
): Promise<AccountAsk> {
  checkMove(ASK_MOVES, { what: 'accountAsk', id: askId, from: state, to: to.state });
  const open = to.state === undefined || to.state === 'OPEN' ? undefined : null;
  return mustHaveMatched(await Asks.change({ askId, version }, { set: { ...to, open }, inc: { version: 1 } }, { tx }));
}

/** Those that were over before this, in the order of that. */
export async function pastAsks(
  before: number,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const past = await Asks.find(
    { endedAt: { $lt: before, $exists: true } },
    { only: ['askId'], sort: { endedAt: 1, askId: 1 }, ...page },
  );
  return past.map(({ askId }) => askId);
}

export async function forgetAsks(askIds: readonly string[]): Promise<number> {
  return await Asks.removeAll({ askId: { $in: askIds }, state: { $in: ['ANSWERED', 'DROPPED'] } });
}
