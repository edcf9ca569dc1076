/** What a call of DingTalk's that counts is made for. */
export const CALL_CLASSES = [
  // the answer to a person's own step
  'own',
  // what became of their work; what ends on a day; who asks to be let in, and what was decided
  'result',
  'deadline',
  'approval',
  // what stops first when it runs short, in this order
  'digest',
  'reminder',
  'thumbnail',
  'record',
] as const;
export type CallClass = (typeof CALL_CLASSES)[number];

/** Who pays for what is of no ISO: whoever is not in one yet, and examples of ours. */
export const ORGANISATION = 'organisation';

/** Calls by what they were for. */
export type Used = Readonly<Partial<Record<CallClass, number>>>;

/** One that pays: an ISO, or `ORGANISATION`, whose weight counts for nothing. */
export interface Account {
  readonly payer: string;
  /** As how many people it counts beside the others. */
  readonly weight: number;
  readonly used: Used;
}

/** A month of calls as it stands at some moment. */
export interface MonthOfCalls {
  readonly limit: number;
  /** How much of the month is over, from 0 to 1. */
  readonly elapsed: number;
  readonly accounts: readonly Account[];
}

/** How one that pays stands, in calls. */
export interface Standing {
  /** Its share of what is for everything, and of what is kept for results, deadlines and approvals. */
  readonly shared: number;
  readonly kept: number;
  /** All its calls. */
  readonly used: number;
  /** What it used of its share, and of others' where that is more. */
  readonly spent: number;
  /** What it can use of its share and of what others lend. */
  readonly left: number;
}

/** How long what found nothing left waits before it asks again. */
export const ASK_AGAIN_MS = 10 * 60_000;

/** Of the limit. */
const KEPT_PERCENT = 15;
/** Of all that is shared, and of all that is kept. */
const ORGANISATION_PERCENT = 5;
const KEPT_FOR: readonly CallClass[] = ['result', 'deadline', 'approval'];
const LENT_FROM = 0.5;
/** What is not lent of what somebody has left: a part of it at least, and so many times what they need at their pace. */
const HELD_BACK = { part: 1 / 4, times: 1.5 } as const;
/**
 * A class stops when less than this part of an even day's share is left for each day of the month that is to come: the first to stop are
 * those that are missed least.
 */
const STOPS_BELOW: Readonly<Record<CallClass, number>> = {
  digest: 0.4,
  reminder: 0.3,
  thumbnail: 0.2,
  record: 0.1,
  own: 0,
  result: 0,
  deadline: 0,
  approval: 0,
};

interface Balance extends Account {
  readonly shared: number;
  readonly kept: number;
  readonly keptUsed: number;
  readonly spent: number;
}

/**
 * Whether `payer` may make one more call of this class now. What is kept goes first for what it is kept for; everything goes within the
 * own share; from mid-month on whatever others will not use at their pace goes, too. Never more than the limit in all.
 */
export function mayCall(month: MonthOfCalls, payer: string, callClass: CallClass): boolean {
  const all = balances(month);
  const own = all.find((one) => one.payer === payer);
  if (own === undefined || totalOf(all) >= month.limit) return false;
  if (KEPT_FOR.includes(callClass) && own.keptUsed < own.kept) return true;
  const floor = STOPS_BELOW[callClass] * own.shared * (1 - month.elapsed);
  return leftFor(own, all, month.elapsed) >= Math.max(1, floor);
}

/** How everybody who pays stands. */
export function standings(month: MonthOfCalls): ReadonlyMap<string, Standing> {
  const all = balances(month);
  const rest = Math.max(0, month.limit - totalOf(all));
  return new Map(
    all.map((one) => {
      const { payer, shared, kept, spent } = one;
      const left = Math.floor(Math.min(rest, Math.max(0, leftFor(one, all, month.elapsed))));
      return [payer, { shared, kept, used: sum(one.used, CALL_CLASSES), spent, left }];
    }),
  );
}

/** How many of `limit` that nobody can hold anybody to, such as pushes, are each one's share. */
export function sharesOf(limit: number, accounts: readonly Account[]): ReadonlyMap<string, number> {
  const partOf = partsOf(accounts);
  return new Map(accounts.map((account) => [account.payer, Math.floor(partOf(account) * limit)]));
}

function partsOf(accounts: readonly Account[]): (account: Account) => number {
  const isos = accounts.filter(({ payer }) => payer !== ORGANISATION);
  const weights = isos.reduce((sum, { weight }) => sum + weight, 0);
  return ({ payer, weight }) => {
    if (isos.length === 0) return 1;
    if (payer === ORGANISATION) return ORGANISATION_PERCENT / 100;
    const part = weights > 0 ? weight / weights : 1 / isos.length;
    return part * (1 - ORGANISATION_PERCENT / 100);
  };
}

function balances({ limit, accounts }: MonthOfCalls): readonly Balance[] {
  const partOf = partsOf(accounts);
  return accounts.map((account) => {
    const part = partOf(account);
    const shared = Math.floor((part * limit * (100 - KEPT_PERCENT)) / 100);
    const kept = Math.floor((part * limit * KEPT_PERCENT) / 100);
    const keptUsed = sum(account.used, KEPT_FOR);
    const spent = sum(account.used, CALL_CLASSES) - Math.min(kept, keptUsed);
    return { ...account, shared, kept, keptUsed, spent };
  });
}

/** What is left of the own share, or what is left in all but for what others need. */
function leftFor(own: Balance, all: readonly Balance[], elapsed: number): number {
  const inAll = all.reduce((left, { shared, spent }) => left + shared - spent, 0);
  const ofOwn = Math.min(inAll, own.shared - own.spent);
  if (elapsed < LENT_FROM) return ofOwn;
  const heldBack = all.reduce((held, one) => (one === own ? held : held + heldBackOf(one, elapsed)), 0);
  return Math.max(ofOwn, inAll - heldBack);
}

function heldBackOf({ shared, spent }: Balance, elapsed: number): number {
  const left = Math.max(0, shared - spent);
  const needed = (HELD_BACK.times * spent * (1 - elapsed)) / elapsed;
  return Math.max(left * HELD_BACK.part, Math.min(left, needed));
}

function totalOf(all: readonly Balance[]): number {
  return all.reduce((total, { used }) => total + sum(used, CALL_CLASSES), 0);
}

function sum(used: Used, classes: readonly CallClass[]): number {
  return classes.reduce((total, one) => total + (used[one] ?? 0), 0);
}
