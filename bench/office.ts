import { database } from '../models/database.ts';
import type { ReviewState } from '../src/domain/review-state.ts';
import { addLedgers, type Stored, type StoredItem } from './office-ledgers.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS = 60;
const STAFF = 40;
/** A store, two spots, and what stands at each. */
const OF_A_STORE = ['STORE', 'SPOT', 'POSM', 'SPOT', 'POSM'] as const;
const MOST_OF_AN_ISO = 100_000;
const AT_ONCE = 1_000;
const TASK_EACH = 10;

/** When it is in this office. */
export const NOW = Date.UTC(2026, 10, 24, 3);
/** The day whose data came last. */
export const YESTERDAY = '20261123';

/** Items and inspection tasks of `staff` people of an ISO in two months: from `from` on, up to `to` items; a further ISO each hundred thousand. */
export async function addWork(from: number, to: number, staff = STAFF): Promise<void> {
  for (let first = from; first < to; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, to - first) }, (_, at) => first + at);
    await rows('items').insertMany(numbers.map((n) => item(n, placeOf(n, staff))));
    const tasks = numbers.filter((n) => n % TASK_EACH === 0);
    if (tasks.length > 0) await rows('inspectiontasks').insertMany(tasks.map((n) => task(n, placeOf(n, staff))));
    await addLedgers(numbers.map((n) => item(n, placeOf(n, staff))));
  }
}

export const ISO = 'iso0';
export const PERSON = 'person0-1';
/** One of the first hundred, which is there whatever was added. */
export const ITEM = itemRefOf(7);
export const STORE = storeOf(7);

function rows(name: string) {
  return database().collection<Stored>(name);
}

export function itemRefOf(n: number): string {
  return `01ITEM${String(n).padStart(20, '0')}`;
}

function storeOf(n: number): string {
  return itemRefOf(n - (n % OF_A_STORE.length));
}

/** Spread over the days, whatever comes after it: of each day there is as much. */
function dayOf(n: number): number {
  return (n * 7) % DAYS;
}

interface Place {
  readonly isoId: string;
  readonly staffId: string;
}

function placeOf(n: number, staff: number): Place {
  const iso = Math.floor(n / MOST_OF_AN_ISO);
  return { isoId: `iso${iso}`, staffId: `person${iso}-${n % staff}` };
}

function item(n: number, { isoId, staffId }: Place): StoredItem {
  const daysAgo = dayOf(n);
  // nobody sends two shops at one moment
  const submittedAt = NOW - daysAgo * DAY_MS - (n % 1_000) * 1_000 - Math.floor(n / 1_000);
  const sent = {
    _id: itemRefOf(n),
    itemType: OF_A_STORE[n % OF_A_STORE.length] ?? 'SPOT',
    isoId,
    staffId,
    ownerId: staffId,
    storeId: storeOf(n),
    shop: `Baan Coffee ${n}`,
    product: 'MARKETING_CODE',
    spotType: 'CASHIER_COUNTER',
    number: 1,
    version: 1,
    programme: 1,
    revision: 1,
    submittedAt,
  };
  return Object.assign(sent, daysAgo === 0 ? ({ state: 'PENDING' } as const) : judged(n, submittedAt));
}

/** A day later, by the data of that day; of ten shops one fails, and can be put right for thirty days. */
function judged(n: number, submittedAt: number) {
  const failed = Math.floor(n / OF_A_STORE.length) % 10 === 0;
  const deadlineAt = submittedAt + 30 * DAY_MS;
  const state = failed ? failedAs(n, deadlineAt) : 'APPROVED';
  return {
    state,
    decision: failed ? 'REJECTED' : 'APPROVED',
    judgedRevision: 1,
    reasonCodes: failed ? ['QR_MISMATCH'] : [],
    decidedAt: submittedAt + DAY_MS,
    dataDate: new Date(submittedAt + DAY_MS).toISOString().slice(0, 10).replaceAll('-', ''),
    sourceRowKey: `row${n}`,
    deadlineAt: failed ? deadlineAt : undefined,
  };
}

/** Of four failures one is appealed against. */
function failedAs(n: number, deadlineAt: number): ReviewState {
  if (deadlineAt < NOW) return 'LAPSED';
  return n % 4 === 0 ? 'APPEALING' : 'REJECTED';
}

function task(n: number, { isoId, staffId }: Place): Stored {
  const dueAt = NOW + (7 - dayOf(n / TASK_EACH)) * DAY_MS;
  const isOver = dueAt < NOW;
  const made = {
    _id: `01TASK${String(n).padStart(20, '0')}`,
    isoId,
    sourceKey: `task${n}`,
    version: 1,
    revision: 1,
    nextPhoto: 1,
    storeRef: storeOf(n),
    storeName: `Baan Coffee ${n}`,
    address: 'Bangkok',
    countryRegion: 'TH',
    acceptsOnlyAlipay: false,
    spotRefs: [],
    promoters: [],
    asOf: '20261123_001',
    dueAt,
    priority: 1 + (n % 3),
    state: isOver ? 'APPROVED' : 'ASSIGNED',
    assigneeId: n % (2 * TASK_EACH) === 0 ? staffId : undefined,
    submittedAt: isOver ? dueAt : undefined,
  };
  return made;
}
