import { middayUtc } from '@field/kit/calendar';
import type { OrderOfWork } from '../src/domain/order-of-work.ts';
import { accountsButton } from './account/accounts-button.ts';
import { menuButton, plain, primary } from './buttons.ts';
import { shownDate } from './dates.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';

export interface TeamModel {
  /** The ISO's name. */
  readonly iso: string;
  /** An admin's: with who waits, and what an ISO needs besides. A supervisor has the work of their team. */
  readonly everybody: boolean;
  /** How many requests wait for a decision. */
  readonly waiting: number;
  /** Invitations that did not go out, and those that wait for consent. */
  readonly stuck: number;
  readonly invited: number;
  /** Failures that are to be put right by the end of a day soon (`YYYYMMDD`), and those that are suspected to be fraud. */
  readonly urgent: number;
  readonly urgentBy: string;
  readonly fraud: number;
  /** Inspections that are to be done today, or were before. */
  readonly tasksDue: number;
  /** Appeals whose answer is late. */
  readonly lateAppeals: number;
  /** What is open and in nobody's hands. */
  readonly withoutHands: number;
  /** Test accounts that somebody asks for, or whose password is to be changed. */
  readonly accounts: number;
  /** Whether yesterday's data is there; absent when nothing waits for it. */
  readonly data?: DataModel | undefined;
  /** In which order the ISO works, and since when that is agreed (`2026-11-24`); absent where nothing was agreed. */
  readonly order?: { readonly order: OrderOfWork; readonly agreedOn: string } | undefined;
  /** What the team did yesterday; `of` are all that are at work. */
  readonly yesterday: {
    readonly active: number;
    readonly of: number;
    readonly stores: number;
    readonly spots: number;
  };
}

export interface DataModel {
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly state: 'in' | 'late' | 'coming';
  /** Of what was decided with it, percent; absent when nothing was. */
  readonly approved?: number | undefined;
}

const OPEN_WORK = {
  waiting: 'team.waiting',
  urgent: 'team.urgent',
  stuck: 'team.stuck',
  fraud: 'team.fraud',
  tasksDue: 'team.tasksDue',
  withoutHands: 'team.withoutHands',
  accounts: 'team.accounts',
  lateAppeals: 'team.lateAppeals',
} as const satisfies Readonly<Record<string, TextKey>>;

/** *Team*: the home of who looks after others. What is to do stands first; nothing to do is said too. */
export function team(model: TeamModel, t: T): CardView {
  const { iso, everybody, waiting, invited, withoutHands, accounts, data } = model;
  const pairs = [
    ['waiting', 'urgent'],
    ['tasksDue', 'withoutHands'],
    ['stuck', 'fraud'],
    ['lateAppeals', 'accounts'],
  ] as const;
  const todo = pairs.map((pair) => together(model, pair, t)).filter((line) => line !== '');
  const requests = waiting > 0 ? t('button.requestsCount', { count: waiting }) : t('button.requests');
  return {
    title: t('team.title', { iso: shorten(iso, 20) }),
    body: [
      ...(todo.length > 0 ? todo : [t('team.nothingToDo')]),
      ...(data === undefined ? [] : [dataLine(data, t)]),
      // a supervisor has nobody yet; and where much is to do, that is enough to read
      ...(model.yesterday.of === 0 || todo.length === pairs.length ? [] : [yesterdayLine(model.yesterday, t)]),
      // who is invited stands under `People` too
      ...(invited > 0 && withoutHands + accounts === 0 ? [t('team.invited', { count: invited })] : []),
    ],
    actions: [
      ...(everybody ? [(waiting > 0 ? primary : plain)(requests, 'team.requests')] : []),
      ...(model.withoutHands > 0 ? [plain(t('button.withoutHands'), 'handOver.open', { work: 'nobody' })] : []),
      plain(t('button.people'), 'team.people'),
      plain(t('button.failedSpots'), 'team.failed'),
      ...(model.lateAppeals > 0 ? [plain(t('button.lateAppeals'), 'team.appeals')] : []),
      plain(t('button.tasks'), 'team.tasks'),
      accountsButton(t),
      plain(t('button.whatHappened'), 'team.search', { list: 'items' }),
      ...(everybody ? [plain(t('button.more'), 'team.more')] : []),
      menuButton(t),
    ],
    note: orderLine(model.order, t),
  };
}

const ORDERS: Readonly<Record<OrderOfWork, TextKey>> = {
  plain: 'order.plain',
  'verify-then-deploy': 'order.verifyThenDeploy',
  'deploy-then-verify': 'order.deployThenVerify',
};

/** `Order of work: Verify-Then-Deploy, agreed Tue 24 Nov`. */
function orderLine(order: TeamModel['order'], t: T): string | undefined {
  if (order === undefined) return undefined;
  const date = dayText(t, order.agreedOn.replaceAll('-', ''));
  return t('team.order', { order: t(ORDERS[order.order]), date });
}

/** What there is of these, in one line. */
function together(model: TeamModel, what: readonly (keyof typeof OPEN_WORK)[], t: T): string {
  return what
    .filter((one) => model[one] > 0)
    .map((one) => t(OPEN_WORK[one], { count: model[one], date: dayText(t, model.urgentBy) }))
    .join(' · ');
}

function dataLine({ day, state, approved = -1 }: DataModel, t: T): string {
  const date = dayText(t, day);
  if (state === 'in') return t('team.data.in', { date, percent: approved });
  return t(state === 'late' ? 'team.data.late' : 'team.data.coming', { date });
}

function yesterdayLine(yesterday: TeamModel['yesterday'], t: T): string {
  return yesterday.active === 0 ? t('team.idle', { of: yesterday.of }) : t('team.yesterday', yesterday);
}

function dayText(t: T, day: string): string {
  return shownDate(t.language, middayUtc(day), 'UTC');
}
