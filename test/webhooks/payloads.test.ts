import { readFileSync } from 'node:fs';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSubmissions } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { recordWebhooks } from '../../models/webhook-events.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { type LineFacts, outgoingRow } from '../../src/daily/submission-line.ts';
import {
  addIsoIn,
  appealAgainst,
  approves,
  csv,
  itemOf,
  LANDED_AT,
  LandingHarness,
  rejects,
  submitSpots,
} from '../daily/landing-harness.ts';
import { useModels } from '../models/store.ts';
import { hearCommands } from '../support/hear-commands.ts';

interface EventRow {
  readonly _id: string;
  readonly type: string;
  readonly itemRef: string;
  readonly revision: number;
  readonly step: number;
  readonly body: string;
}
interface Body {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SETTLEMENT_COLUMNS = ['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'state', 'amount', 'currency'];
const settles = (itemRef: string, state: string, key = `fee-${itemRef}`) => ({
  sourceRowKey: key,
  dataDate: '2026-05-03',
  isoId: 'iso',
  itemRef,
  fee: 'DEPLOYMENT',
  state,
  amount: '120.5',
  currency: 'THB',
});

/** What a member of the team submits of a spot, as it is handed over. */
const SPOT: LineFacts = {
  itemType: 'SPOT',
  itemRef: 'door',
  revision: 1,
  promotionNumber: 'P-7K3M',
  product: 'MARKETING_CODE',
  isoId: 'iso',
  staffRef: 'user-of-nok',
  storeRef: 'store',
  submittedAt: LANDED_AT - 3_600_000,
  values: { note: 'typed by hand' },
  photos: [{ role: 'close-up', sha256: 'a'.repeat(64) }],
};

async function submit(facts: LineFacts): Promise<void> {
  const row = { ...outgoingRow(facts), isoId: 'iso', programme: 1, submittedAt: facts.submittedAt };
  await inTransaction((tx) => addSubmissions([row], tx));
}

describe.each(servers())('what webhooks tell, on the $name store', ({ uri }) => {
  useModels(uri, { watched: true });
  const harness = new LandingHarness();
  let files = 0;

  beforeAll(async () => {
    recordWebhooks(true);
    await addIsoIn('Asia/Bangkok');
  });
  afterAll(() => recordWebhooks(false));

  const eventsOf = async (itemRef: string): Promise<readonly EventRow[]> => {
    const rows = await mongoose.connection.collection<EventRow>('webhookevents').find({ itemRef }).toArray();
    return rows.sort((one, other) => one.revision - other.revision || one.step - other.step);
  };
  const bodiesOf = async (itemRef: string): Promise<readonly Body[]> =>
    (await eventsOf(itemRef)).map(({ body }) => JSON.parse(body) as Body);
  const land = async (kind: string, content: string): Promise<void> => {
    files += 1;
    harness.drop(`${kind}_20260503_${String(files).padStart(3, '0')}.csv`, content);
    await harness.land();
  };

  it('a spot’s way from its submission to its fee is told in order, each step once', async () => {
    await submit(SPOT);
    await submitSpots(['door'], { submittedAt: SPOT.submittedAt });
    await land('review', csv([rejects('door', { reasonText: 'Sign is loose, ask Somchai', reasonLang: 'en' })]));
    const again = approves('door', { sourceRowKey: 'door-again', decidedAt: '2026-05-04T05:00:00+08:00' });
    await land('review', csv([again]));
    await land('settlement', csv([settles('door', 'CONFIRMED')], SETTLEMENT_COLUMNS));
    const told = await bodiesOf('door');
    expect(told.map(({ type, data }) => [type, data.state ?? data.settlement])).toEqual([
      ['item.submitted', undefined],
      ['item.decided', 'REJECTED'],
      ['item.decided', 'APPROVED'],
      ['item.settled', 'CONFIRMED'],
    ]);
    const [submitted, rejected, , settled] = told;
    expect(submitted).toEqual({
      type: 'item.submitted',
      timestamp: new Date(SPOT.submittedAt).toISOString(),
      data: {
        itemType: 'SPOT',
        itemRef: 'door',
        revision: 1,
        submissionKey: 'door#1',
        isoId: 'iso',
        promotionNumber: 'P-7K3M',
        product: 'MARKETING_CODE',
        storeRef: 'store',
        submittedAt: new Date(SPOT.submittedAt).toISOString(),
      },
    });
    const { deadlineAt } = await itemOf('door').then(() => ({ deadlineAt: rejected?.data.deadlineAt }));
    expect(Date.parse(String(deadlineAt))).toBeGreaterThan(LANDED_AT);
    expect(rejected?.data).toEqual({
      itemType: 'SPOT',
      itemRef: 'door',
      revision: 1,
      isoId: 'iso',
      storeRef: 'store',
      state: 'REJECTED',
      decision: 'REJECTED',
      reasonCodes: ['SPOT_NOT_FIXED'],
      deadlineAt,
      decidedAt: '2026-05-03T19:00:00.000Z',
      dataDate: '2026-05-03',
      sourceRowKey: 'door#1@20260503',
    });
    expect(settled?.data).toEqual({
      itemType: 'SPOT',
      itemRef: 'door',
      revision: 1,
      isoId: 'iso',
      storeRef: 'store',
      fee: 'DEPLOYMENT',
      settlement: 'CONFIRMED',
      amount: '120.50',
      currency: 'THB',
      dataDate: '2026-05-03',
      sourceRowKey: 'fee-door',
    });
    const ids = (await eventsOf('door')).map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
  });

  it('nothing that was typed, and nobody’s user id, is told', async () => {
    for (const { body } of await eventsOf('door')) expect(body).not.toMatch(/nok|typed|Somchai/);
  });

  it('a file that comes again, and a row that changes nothing, tell nothing', async () => {
    const before = (await eventsOf('door')).length;
    await land('review', csv([rejects('door')]));
    await land('settlement', csv([settles('door', 'CONFIRMED')], SETTLEMENT_COLUMNS));
    expect((await eventsOf('door')).length).toBe(before);
  });

  it('an appeal is told under its own name, and what became of a code is not', async () => {
    const {
      promotionNumber: _number,
      product: _product,
      storeRef: _store,
      ...common
    } = SPOT as typeof SPOT & {
      promotionNumber: string;
      product: string;
      storeRef: string;
    };
    const against = { itemRef: 'door', revision: 1, reasonCodes: ['SPOT_NOT_FIXED'] };
    await submit({ ...common, itemType: 'APPEAL', itemRef: 'appeal1', against } as LineFacts);
    await submit({
      ...SPOT,
      itemType: 'CODE',
      itemRef: 'binding1',
      spotRef: 'door',
      against: { itemRef: 'door.posm', revision: 1 },
      payload: 'https://code.example/1',
      standing: 'COUNTS',
    } as LineFacts);
    const [appeal] = await bodiesOf('appeal1');
    expect(appeal?.data).toMatchObject({ itemType: 'APPEAL', itemRef: 'appeal1', against });
    expect(await bodiesOf('binding1')).toEqual([]);
  });

  it('an appeal that was sent is told as it ends, with what that means for its item', async () => {
    const refs = ['yes', 'no', 'moot', 'unsent'];
    await submitSpots(refs);
    await land('review', csv(refs.map((ref) => rejects(ref))));
    for (const ref of refs) await appealAgainst(ref, { sent: ref !== 'unsent' });
    const answers = (ref: string, decision: string) =>
      approves(`appeal-${ref}`, { itemType: 'APPEAL', decision, decidedAt: '2026-05-04T05:00:00+08:00' });
    const later = { sourceRowKey: 'later', decidedAt: '2026-05-04T06:00:00+08:00' };
    const approved = ['moot', 'unsent'].map((ref) => approves(ref, { ...later, sourceRowKey: `${ref}-later` }));
    await land('review', csv([answers('yes', 'APPROVED'), answers('no', 'REJECTED'), ...approved]));
    const statesOf = async (ref: string) => (await bodiesOf(ref)).map(({ type, data }) => `${type} ${data.state}`);
    expect(await statesOf('appeal-yes')).toEqual(['item.decided ACCEPTED']);
    expect(await statesOf('yes')).toEqual(['item.decided REJECTED', 'item.decided APPROVED']);
    expect(await statesOf('appeal-no')).toEqual(['item.decided DENIED']);
    expect(await statesOf('no')).toEqual(['item.decided REJECTED', 'item.decided REJECTED_FINAL']);
    expect(await statesOf('appeal-moot')).toEqual(['item.decided EXPIRED']);
    expect(await statesOf('appeal-unsent')).toEqual([]);
    const [answered] = await bodiesOf('appeal-no');
    expect(answered?.data).toEqual({
      itemType: 'APPEAL',
      itemRef: 'appeal-no',
      revision: 1,
      isoId: 'iso',
      against: { itemRef: 'no', revision: 1, reasonCodes: ['SPOT_NOT_FIXED'] },
      state: 'DENIED',
      decidedAt: '2026-05-03T21:00:00.000Z',
    });
  });

  it('a file of many rows adds one command a batch to what it asks of the store', async () => {
    const refs = Array.from({ length: 450 }, (_, n) => `many${n}`);
    await submitSpots(refs);
    const inserts: number[] = [];
    const enough = hearCommands(({ command: { insert, documents = [], ops = [], nsInfo = [] } }) => {
      // by themselves, or with what else a batch writes
      const place = nsInfo.findIndex(({ ns }: { readonly ns: string }) => ns.endsWith('.webhookevents'));
      const rows =
        insert === 'webhookevents'
          ? documents
          : ops.filter((op: object) => 'insert' in op && Number(op.insert) === place);
      if (rows.length > 0) inserts.push(rows.length);
    });
    await land('review', csv(refs.map((ref) => approves(ref))));
    enough();
    expect(inserts.reduce((sum, rows) => sum + rows, 0)).toBe(450);
    expect(inserts.length).toBeLessThanOrEqual(5);
  });

  it('the page has an example of each, with the very members that are told', async () => {
    const [, section = ''] = readFileSync('docs/daily-data.md', 'utf8').split('\n## Webhooks\n');
    const examples = [...section.matchAll(/\n {4}(\{"type".*\})/g)].map(([, json = '']) => JSON.parse(json) as Body);
    const told = await bodiesOf('door');
    const membersOf = ({ type, timestamp, data }: Body) => [type, typeof timestamp, ...Object.keys(data)];
    expect(examples.map(membersOf)).toEqual(
      [told[0], told[1], told[3]].flatMap((body) => (body === undefined ? [] : [membersOf(body)])),
    );
  });
});
