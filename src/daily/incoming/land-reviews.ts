import { type Appeal, changeAppeal, findAppeals, openAppealsAgainst } from '../../../models/appeals.ts';
import { addAudit } from '../../../models/audit.ts';
import { type AuditTogether, auditedTogether, type ItemEntry } from '../../../models/audit-batches.ts';
import { touchCardsAbout } from '../../../models/cards.ts';
import { noteData, noticeIdOf } from '../../../models/data-notices.ts';
import { dayResultIds, noteDayResults } from '../../../models/day-results.ts';
import { discardModifications } from '../../../models/drafts.ts';
import { findIso, type Iso } from '../../../models/isos.ts';
import { concernedBy, type Item, readUnder } from '../../../models/item-rows.ts';
import { changeItems, findItems, isosOfItems } from '../../../models/items.ts';
import { currentProgramme, programmesAt } from '../../../models/programme-in-use.ts';
import { resultDayId } from '../../../models/result-days.ts';
import { countriesOf } from '../../../models/stores.ts';
import type { Transaction } from '../../../models/transaction.ts';
import { addWebhookEvents } from '../../../models/webhook-events.ts';
import { isFailed } from '../../domain/review-state.ts';
import { appealDecidedEvent, decidedEvent, type WebhookEvent } from '../../domain/webhook-event.ts';
import type { ShopPlace } from '../../programme/deadline-rule.ts';
import { inspectionJudged } from '../inspection-tasks.ts';
import { type DecidedReviews, decideReviews } from './decide-reviews.ts';
import { failureNotices } from './failure-notices.ts';
import { asForeseen, type Foreseen } from './foreseen.ts';
import type { Batch, LandingKind } from './kind.ts';
import { REVIEW_COLUMNS, REVIEW_SPELLINGS, type ReviewRow, reviewRow } from './review-row.ts';

/** `review_*.csv`: what became of items and appeals. */
export const REVIEWS: LandingKind<ReviewRow> = {
  columns: REVIEW_COLUMNS,
  spellings: REVIEW_SPELLINGS,
  rowsAtOnce: 800,
  keyColumn: 'sourceRowKey',
  schema: reviewRow,
  async known(rows) {
    const isos = new Map([
      ...(await isosOfItems(rows.map(({ itemRef }) => itemRef))),
      ...(await findAppeals(appealIdsIn(rows))).map(({ appealId, isoId }) => [appealId, isoId] as const),
    ]);
    return rows.map(({ itemRef, isoId }) => isos.get(itemRef) === isoId);
  },
  async plan(rows, batch, tx) {
    const { foreseen } = batch;
    const appeals = asForeseen(await findAppeals(appealIdsIn(rows), tx), foreseen?.appeals, idOfAppeal);
    const named = await findItems([...itemRefsIn(rows), ...appeals.map(({ itemRef }) => itemRef)], tx);
    const items = asForeseen(named, foreseen?.items, ({ itemRef }) => itemRef);
    // one that is under review again may be under appeal still
    const appealed = items.filter(({ state }) => state === 'APPEALING' || state === 'PENDING');
    const against = appealed.filter(({ judgement }) => judgement !== undefined).map(({ itemRef }) => itemRef);
    const open = asForeseen(await openAppealsAgainst(against, tx), foreseen?.appeals, idOfAppeal);
    const inUse = currentProgramme();
    const decided = decideReviews(rows, {
      items,
      appeals: [...new Map([...appeals, ...open].map((appeal) => [appeal.appealId, appeal])).values()],
      placeOf: await placesOf(items.filter(mayFail(rows, appeals)), tx),
      programmeAt: await programmesAt([inUse.version, ...versionsOf([...items, ...appeals, ...open])]),
      inUse,
      now: batch.now,
      lines: batch.lines,
    });
    let prepared: Prepared | undefined;
    return {
      read: [...items.map(({ itemRef }) => itemRef), ...[...appeals, ...open].map(({ appealId }) => appealId)],
      changed: [...refsOf(decided.items), ...decided.appeals.map(({ before }) => before.appealId)],
      notes: dayResultIds(decided.news),
      async prepare() {
        prepared = await prepareWrites(decided, batch);
      },
      async write(inTx) {
        await write(decided, prepared ?? (await prepareWrites(decided, batch, inTx)), batch, inTx);
        return decided.outcomes;
      },
      async foresee(all) {
        foreseeReviews(decided, all);
        return decided.outcomes;
      },
    };
  },
};

function foreseeReviews({ items, appeals, news, unknownReasons }: DecidedReviews, foreseen: Foreseen): void {
  for (const { after } of items) foreseen.items.set(after.itemRef, after);
  for (const { after } of appeals) foreseen.appeals.set(after.appealId, after);
  for (const one of news) foreseen.news.set(resultDayId(one.userId, one.dataDate), one);
  for (const notice of unknownReasons) foreseen.notices.set(noticeIdOf(notice), notice);
}

function idOfAppeal({ appealId }: Appeal): string {
  return appealId;
}

/** Of what is written a row each what hangs on nothing that the transaction reads. */
interface Prepared {
  /** When whoever has which item in hand is told of it next. */
  readonly notices: ReadonlyMap<string, number | null>;
  readonly audit: AuditTogether;
}

async function prepareWrites({ items }: DecidedReviews, { now, cause }: Batch, tx?: Transaction): Promise<Prepared> {
  const notices = await failureNotices(items, now, tx);
  const entries = items.map(({ after, line }) => itemEntry(after, line));
  return { notices, audit: auditedTogether(entries, { at: now, cause }) };
}

async function write(
  decided: DecidedReviews,
  { notices, audit }: Prepared,
  { now, cause, noted }: Batch,
  tx: Transaction,
): Promise<void> {
  const { items, appeals, mootModifications, news, unknownReasons } = decided;
  await changeItems(
    items.map(({ before, after: { itemRef, isoId, state, judgement, deadlineAt }, steps }) => ({
      item: before,
      steps,
      auditBatch: audit.batchOf(isoId),
      change: {
        state,
        deadlineAt: deadlineAt ?? (before.deadlineAt === undefined ? undefined : null),
        noticeAt: notices.get(itemRef),
        judgement: judgement !== undefined && judgement !== before.judgement ? judgement : undefined,
      },
    })),
    tx,
  );
  for (const { before, change } of appeals) await changeAppeal(before, change, tx);
  for (const { after, line: row } of items) {
    if (after.itemType === 'INSPECTION') await inspectionJudged(after.itemRef, after.state, { now, cause, row }, tx);
  }
  await touchCardsAbout('draft', await discardModifications(mootModifications, now, tx), tx);
  await touchCardsAbout('item', refsOf(items), tx);
  // the card of the day that had decided it shows what can still be done
  await touchCardsAbout('resultDay', decidedEarlierOn(items), tx);
  await touchCardsAbout(
    'appeal',
    appeals.map(({ before }) => before.appealId),
    tx,
  );
  await addWebhookEvents(() => eventsOf(decided, now), tx);
  await noteDayResults(news, tx, noted);
  await noteData(unknownReasons, tx);
  await audit.add(tx);
  await addAudit(
    appeals.map(({ after, line: row }) => ({ ...appealEntry(after), row, at: now, by: 'system', cause })),
    tx,
  );
}

/** What a receiver of webhooks is told; an appeal that was never sent is not known there. */
function eventsOf({ items, appeals }: DecidedReviews, now: number): readonly WebhookEvent[] {
  const known = appeals.filter(({ before }) => before.state !== 'DRAFT');
  return [
    ...items.map(({ after }) => decidedEvent(after, now)),
    ...known.map(({ after }) => appealDecidedEvent(after, now)),
  ];
}

function itemEntry({ isoId, itemRef, state, revision, judgement }: Item, row: number | undefined): ItemEntry {
  const details = {
    state,
    revision,
    dataDate: judgement?.dataDate ?? '',
    reasons: judgement?.reasonCodes.join() ?? '',
  };
  return { isoId, itemRef, what: 'item.judged', row, details };
}

function appealEntry({ isoId, appealId: id, state }: DecidedReviews['appeals'][number]['after']) {
  return { isoId, what: 'appeal.answered', subject: { kind: 'appeal', id }, details: { state } } as const;
}

function decidedEarlierOn(items: DecidedReviews['items']): string[] {
  const days = items.flatMap(({ before }) => {
    const { judgement } = before;
    return judgement === undefined ? [] : concernedBy(before).map((userId) => resultDayId(userId, judgement.dataDate));
  });
  return [...new Set(days)];
}

function refsOf(items: DecidedReviews['items']): string[] {
  return items.map(({ before }) => before.itemRef);
}

function appealIdsIn(rows: readonly ReviewRow[]): string[] {
  return rows.filter(({ itemType }) => itemType === 'APPEAL').map(({ itemRef }) => itemRef);
}

function itemRefsIn(rows: readonly ReviewRow[]): string[] {
  return rows.filter(({ itemType }) => itemType !== 'APPEAL').map(({ itemRef }) => itemRef);
}

/** Of which items a deadline may be asked for: a row fails it, or answers an appeal against it. */
function mayFail(rows: readonly ReviewRow[], appeals: readonly Appeal[]): (item: Item) => boolean {
  const failing = rows.filter(({ decision }) => isFailed(decision)).map(({ itemRef }) => itemRef);
  const refs = new Set([...failing, ...appeals.map(({ itemRef }) => itemRef)]);
  return ({ itemRef }) => refs.has(itemRef);
}

/** Where the shops of these items are; one that is not ours is where its ISO is. */
async function placesOf(items: readonly Item[], tx: Transaction | undefined): Promise<(item: Item) => ShopPlace> {
  const isos = new Map<string, Iso>();
  for (const isoId of new Set(items.map((item) => item.isoId))) {
    const iso = await findIso(isoId, tx);
    if (iso !== undefined) isos.set(isoId, iso);
  }
  const countries = await countriesOf([...new Set(items.map(({ storeId }) => storeId))], tx);
  return ({ isoId, storeId }) => {
    const { country = '', timeZone = 'UTC' } = isos.get(isoId) ?? {};
    return { market: countries.get(storeId) ?? country, timeZone };
  };
}

/** The versions under which these were made, and by which their reasons are read. */
function versionsOf(made: readonly (Item | Appeal)[]): readonly number[] {
  return made.flatMap((one) => [one.programme, 'itemType' in one ? readUnder(one) : one.programme]);
}
