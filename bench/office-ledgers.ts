import { database } from '../models/database.ts';
import type { ReviewState } from '../src/domain/review-state.ts';

const DAY_MS = 24 * 3_600_000;
/** Of so many codes one is put up by a colleague. */
const BOOKED_OVER = 20;

export interface Stored {
  readonly _id: string;
}

/** An item as it is stored, as far as what is kept beside it goes by it. */
export interface StoredItem extends Stored {
  readonly isoId: string;
  readonly staffId: string;
  readonly storeId: string;
  readonly itemType: string;
  readonly submittedAt: number;
  readonly state: ReviewState;
}

/** What is kept beside items of an office: appeals, fees, and where codes are. */
export async function addLedgers(items: readonly StoredItem[]): Promise<void> {
  const appealed = items.filter(({ state }) => state === 'APPEALING');
  const paid = items.filter(({ itemType, state }) => itemType === 'SPOT' && state === 'APPROVED');
  await add('appeals', appealed.map(appeal));
  await add('feelines', paid.map(feeLine));
  await add(
    'codestock',
    items.filter(({ itemType }) => itemType === 'SPOT').flatMap((one, n) => [spare(one), putUp(one, n)]),
  );
}

async function add(name: string, rows: readonly { readonly _id: string }[]): Promise<void> {
  if (rows.length > 0)
    await database()
      .collection<{ _id: string }>(name)
      .insertMany([...rows]);
}

/** Sent two days after its item. */
function appeal({ _id, isoId, staffId, submittedAt }: StoredItem) {
  const made = { isoId, userId: staffId, ownerId: staffId, itemRef: _id, againstRevision: 1, programme: 1, version: 1 };
  const filedAt = submittedAt + 2 * DAY_MS;
  const said = { againstReasonCodes: ['QR_MISMATCH'], evidence: [], nextPhoto: 1, statement: '' };
  return { _id: `${_id}.appeal`, ...made, ...said, state: 'FILED', open: true, startedAt: filedAt, filedAt };
}

/** All of this month: of it there is most to read. */
function feeLine({ _id, isoId, staffId, submittedAt }: StoredItem) {
  const money = { currency: 'THB', minor: 12_050 };
  return {
    _id: `${_id}.fee`,
    isoId,
    itemRef: _id,
    fee: 'DEPLOYMENT',
    staffId,
    state: 'CONFIRMED',
    money,
    settledBy: `20261120/${_id}`,
    file: 'settlement_20261120_001.csv',
    landedAt: submittedAt + 3 * DAY_MS,
    month: '202611',
    step: 'CONFIRMED',
    gives: money,
  };
}

function code({ _id, isoId, submittedAt }: StoredItem, which: string) {
  const serial = `${which}${_id}`;
  const batch = { batchId: 'B-1', receivedAt: submittedAt - DAY_MS, product: 'MARKETING_CODE', serial };
  return { _id: `hash-${serial}`, isoId, ...batch, movedAt: submittedAt };
}

function spare(item: StoredItem) {
  return { ...code(item, 'S'), state: 'WITH_STAFF', holderId: item.staffId };
}

function putUp(item: StoredItem, n: number) {
  const from = n % BOOKED_OVER === 0 ? { bookedFrom: 'somebody' } : {};
  return { ...code(item, 'U'), state: 'AT_SPOT', spotId: item._id, movedBy: item.staffId, ...from };
}
