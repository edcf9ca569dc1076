import type mongoose from 'mongoose';
import { database } from '../../../models/database.ts';
import { ownModels } from '../own-models.ts';

/** Enough to tell a scan from a search. */
export const ROWS = 2_000;
/** These stay small however large an office becomes, and are read whole. */
export const FEW: Readonly<Record<string, string>> = {
  codeshapes: 'one row a kind of code that nobody knows',
  datanotices: 'what is pending is told within minutes',
  isos: 'one row an ISO',
  leases: 'one row a job',
  monthlyusage: 'one row a month',
  outages: 'one row a call of DingTalk',
  lanes: 'one row a person; read whole at a start, or when a clock was set back',
  processes: 'one row a process',
  programmes: 'one row a version',
  settings: 'some rows',
};
const FEW_ROWS = 12;

export const NOW = Date.UTC(2026, 10, 24, 3);
const HOUR = 3_600_000;
const PEOPLE = 200;
const ISOS = 10;

/** A time of the last months that has nothing to do with whose it is. */
const timeOf = (n: number): number => NOW - ((n * 7_919) % 2_161) * HOUR;
const person = (n: number): string => `person${n % PEOPLE}`;
const oneOf = (n: number, ...values: readonly string[]): string => values[Math.floor(n / PEOPLE) % values.length] ?? '';
const sometimes = (n: number, each: number): true | undefined => (Math.floor(n / ISOS) % each === 0 ? true : undefined);
/** At first what is unique as long as it is. */
const once = (n: number): true | undefined => (n < PEOPLE ? true : undefined);

const STATES: Readonly<Record<string, readonly string[]>> = {
  accountasks: ['OPEN', 'ANSWERED', 'DROPPED'],
  accounts: ['FREE', 'GIVEN', 'RETURNED', 'RETIRED'],
  appeals: ['DRAFT', 'FILED', 'ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED'],
  associations: ['PENDING', 'APPROVED', 'INVITED', 'REFUSED', 'ACTIVE', 'REJECTED', 'EXPIRED', 'LEFT'],
  bindings: ['ACTIVE', 'RELEASED'],
  drafts: ['OPEN', 'SUBMITTED', 'DISCARDED'],
  groups: ['ASKED', 'BOUND'],
  codestock: ['IN_STOCK', 'AT_SPOT', 'AT_SPOT', 'WITH_STAFF', 'IDLE', 'LOST'],
  incomingfiles: ['APPLIED', 'QUARANTINED', 'APPLYING'],
  inspectiontasks: ['ASSIGNED', 'STARTED', 'SUBMITTED', 'APPROVED', 'REJECTED', 'EXPIRED'],
  items: ['PENDING', 'APPROVED', 'REJECTED', 'INVALIDATED', 'MODIFYING', 'APPEALING', 'REJECTED_FINAL', 'LAPSED'],
  outbox: ['PENDING', 'SENT', 'SENT', 'SENT', 'DEAD', 'DROPPED'],
  peoples: ['ACTIVE', 'PAUSED', 'LEFT', 'UNKNOWN'],
  webhookevents: ['WAITING', 'SENT', 'SENT', 'SENT', 'SKIPPED'],
  pictures: ['PENDING', 'CHECKED', 'APPLIED', 'APPLIED', 'APPLIED'],
};

type Column = (n: number) => unknown;

/** Of a column of that name, wherever it stands; what is not here is told apart by its row, or absent. */
const COLUMNS: Readonly<Record<string, Column>> = {
  isoId: (n) => `iso${n % ISOS}`,
  ...Object.fromEntries(
    ['userId', 'staffId', 'ownerId', 'viewer', 'assigneeId', 'lane', 'to', 'boundBy', 'createdBy', 'by'].map(
      (name): [string, Column] => [name, person],
    ),
  ),
  formerId: (n) => (sometimes(n, 20) ? person(n + 1) : undefined),
  supervisorId: (n) => person(n % 20),
  storeId: (n) => `store${n % 400}`,
  storeRef: (n) => `store${n % 400}`,
  itemRef: (n) => `item${n % 500}`,
  spotId: (n) => `spot${n % 900}`,
  promotionId: (n) => `promotion${n % 400}`,
  aboutId: (n) => `draft${n % 400}`,
  product: (n) => oneOf(n, 'QR', 'POSM'),
  dataDate: (n) => `202611${String(1 + ((n * 7) % 28)).padStart(2, '0')}`,
  month: (n) => `2026-${String(1 + (n % 12)).padStart(2, '0')}`,
  kind: (n) => oneOf(n, 'working', 'record', 'line'),
  role: (n) => (n % 50 < ISOS ? 'ADMIN' : 'STAFF'),
  rank: (n) => n % 3,
  fee: (n) => oneOf(n, 'DEPLOYMENT', 'MARKETING', 'INSPECTION'),
  scannedOn: (n) => (n % 3 === 0 ? `202611${String(1 + ((n * 5) % 28)).padStart(2, '0')}` : undefined),
  step: (n) => (n % 2 === 0 ? oneOf(n, 'CONFIRMED', 'CORRECTED', 'TAKEN_BACK') : undefined),
  settlement: (n) => sometimes(n, 3) && 'CONFIRMED',
  revision: (n) => 1 + (n % 2),
  priority: (n) => 1 + (n % 3),
  itemType: (n) => ['STORE', 'SPOT', 'SPOT', 'POSM', 'SPOT', 'POSM', 'INSPECTION'][n % 7],
  city: (n) => `city${n % 40}`,
  channel: (n) => (n % 3 === 0 ? 'QR' : 'CARD'),
  period: (n) => `2026-Q${1 + (n % 4)}`,
  fileHash: (n) => `file${n % 100}`,
  subject: (n) => ({ kind: oneOf(n, 'item', 'draft', 'person'), id: `subject${n % 500}` }),
  reasonCodes: (n) => [`REASON_${n % 5}`],
  promoters: (n) => [person(n + 2)],
  asideAt: (n) => (sometimes(n, 50) ? timeOf(n) : undefined),
  correctBy: (n) => (n % 2 === 0 ? timeOf(n) + 90 * 24 * HOUR : undefined),
  waitsFor: (n) => (sometimes(n, 40) ? 'anyCall' : undefined),
  series: (n) => (sometimes(n, 20) ? `series${n % 5}` : undefined),
  errand: (n) => (sometimes(n, 10) ? { kind: 'lookup', id: person(n) } : undefined),
  move: (n) => (sometimes(n, 50) ? { dueAt: timeOf(n) } : undefined),
  refused: (n) => (sometimes(n, 100) ? { error: 'x', at: timeOf(n) } : undefined),
  putting: (n) => (sometimes(n, 100) ? { token: `p${n}.x`, until: timeOf(n) } : undefined),
  batchId: (n) => `batch${Math.floor(n / ISOS) % 9}`,
  'codestock.holderId': (n) => (sometimes(n, 6) ? person(n) : undefined),
  bookedFrom: (n) => (sometimes(n, 30) ? person(n) : undefined),
  movedAt: timeOf,
  shapeId: (n) => (sometimes(n, 20) ? `shape${n % 5}` : undefined),
  judgedBy: (n) => (sometimes(n, 20) ? n % 3 : undefined),
  versionOf: (n) => (sometimes(n, 20) ? `store${n}` : undefined),
  askedAgain: (n) => (sometimes(n, 20) ? `page${n}` : undefined),
  version: (n) => n,
  'drafts.storeKey': (n) => `modify:item${n}`,
  doubt: () => 'unknown',
  folder: () => undefined,
  folderSince: () => undefined,
  failures: () => undefined,
  // who asks on the public page is known by a phone
  'associations.userId': (n) => (n < PEOPLE || n % 3 > 0 ? person(n) : undefined),
  turn: timeOf,
  quietUntil: timeOf,
  until: timeOf,
  leaseUntil: (n) => (n % 3 === 0 ? timeOf(n) : 0),
  delivered: () => true,
  tries: (n) => n % 4,
  open: once,
  live: once,
  stale: (n) => n % 50 === 0,
  applied: (n) => n % 40 !== 0,
  entries: () => '[]',
  pending: (n) => n % 40 === 0,
  handedOver: (n) => n % 10 !== 0,
  givenUp: (n) => n % 10 === 0,
  formOpen: () => false,
  ...Object.fromEntries(
    ['quiet', 'stored', 'deployed', 'flagged', 'compared', 'waitsForCodes', 'over', 'told', 'waitsForBudget'].map(
      (name, place): [string, Column] => [name, (n) => sometimes(n + place * ISOS, 10 + place)],
    ),
  ),
};

/** Fills every collection, as an office with ten ISOs leaves them. */
export async function seedEverything(): Promise<void> {
  for (const { collection, schema } of await ownModels()) {
    const { name } = collection;
    const count = Object.hasOwn(FEW, name) ? FEW_ROWS : ROWS;
    const rows = Array.from({ length: count }, (_, n) => rowOf(name, schema.paths, n));
    await database().collection<{ _id: string }>(name).insertMany(rows);
  }
}

function rowOf(name: string, paths: mongoose.Schema['paths'], n: number): { _id: string } {
  const columns = Object.entries(paths).flatMap(([column, { instance }]): [string, unknown][] => {
    const value =
      column === 'state'
        ? oneOf(n, ...(STATES[name] ?? ['x']))
        : (COLUMNS[`${name}.${column}`] ?? COLUMNS[column] ?? usual)(n);
    return value === undefined ? [] : [[column, value]];

    function usual(row: number): unknown {
      if (column.startsWith('sealed')) return undefined;
      if (instance === 'Date') return new Date(NOW + row);
      if (instance === 'Number') return /(At|By|Since|Until|at|from)$/.test(column) ? timeOf(row) : row % 5;
      return instance === 'String' ? `${column}${row}` : undefined;
    }
  });
  return { ...Object.fromEntries(columns), _id: `${name}${n}` };
}
