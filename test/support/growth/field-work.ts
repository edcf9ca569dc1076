import { createHash } from 'node:crypto';
import { derivedId } from '@field/kit/ids';
import mongoose from 'mongoose';
import { addAppeal, changeAppeal, findAppeal } from '../../../models/appeals.ts';
import { addAudit } from '../../../models/audit.ts';
import { cardWasDelivered, wantCard } from '../../../models/cards.ts';
import { addDraft, changeDraft, findDraft } from '../../../models/drafts.ts';
import { addTask, changeTask, findTask } from '../../../models/inspection-tasks.ts';
import type { ItemChange } from '../../../models/item-rows.ts';
import { changeItem, findItem } from '../../../models/items.ts';
import { markSent } from '../../../models/outbox.ts';
import { changePerson } from '../../../models/people.ts';
import type { PhotoStore } from '../../../models/photo-store.ts';
import { addPhoto, deployPhotos } from '../../../models/photos.ts';
import { sendRecord } from '../../../models/record-cards.ts';
import { addSubmissions } from '../../../models/submissions.ts';
import { inTransaction, type Transaction } from '../../../models/transaction.ts';
import { type LineFacts, outgoingRow } from '../../../src/daily/submission-line.ts';
import type { Draft } from '../../../src/flow/draft.ts';
import { newDraft } from '../../../src/flow/engine.ts';
import type { Subject } from '../../../src/platform/subject.ts';
import { MARKETING_CODE_FLOW } from '../shipped-programme.ts';
import { hashOf, NOW, submitShop } from '../shop-under-review.ts';

const DAY_MS = 24 * 3_600_000;

/** What people in the field leave behind, as rows and files, at whatever time it is. */
export class FieldWork {
  now = NOW;
  readonly drafts: string[] = [];
  readonly shops: string[] = [];
  readonly appeals: string[] = [];
  readonly tasks: string[] = [];
  readonly cards: string[] = [];
  readonly #photos: PhotoStore;
  readonly #photoBytes: number;
  #made = 0;

  /** `photoBytes`: how large each photo of a shop is. */
  constructor(photos: PhotoStore, photoBytes = 100) {
    this.#photos = photos;
    this.#photoBytes = photoBytes;
  }

  /** A promotion is begun: one photo of it will be the licence, the other is of no use. */
  async begins(): Promise<string> {
    const draftId = this.#name('draft');
    const begun = newDraft(MARKETING_CODE_FLOW);
    const draft: Draft = {
      ...begun,
      photos: [photoIn(`${draftId}-licence`, 1, this.now), photoIn(`${draftId}-extra`, 2, this.now)],
    };
    const own = { draftId, userId: 'nok', isoId: 'iso', product: 'MARKETING_CODE', storeKey: draftId } as const;
    await inTransaction((tx) => addDraft({ ...own, draft, updatedAt: this.now }, tx));
    for (const what of ['licence', 'extra']) await this.#sends(`${draftId}-${what}`, { kind: 'draft', id: draftId });
    this.drafts.push(draftId);
    return draftId;
  }

  async discards(draftId: string): Promise<void> {
    const stored = await findDraft(draftId);
    if (stored?.state !== 'OPEN') return;
    await inTransaction((tx) => changeDraft(stored, { state: 'DISCARDED', updatedAt: this.now }, tx));
  }

  async submits(draftId: string): Promise<void> {
    const stored = await findDraft(draftId);
    if (stored?.state !== 'OPEN') return;
    const shop = this.#name('shop');
    await submitShop('nok', shop, { spots: 1, product: 'PRIMARY_POSM', at: this.now });
    const promotionId = `${shop}-promotion`;
    await inTransaction((tx) => changeDraft(stored, { state: 'SUBMITTED', promotionId, updatedAt: this.now }, tx));
    const backs = { front: `${shop}/storefront`, '1-context': `${shop}-1/context`, '1-closeup': `${shop}-1/closeup` };
    const hashes: string[] = [];
    for (const [photo, slot] of Object.entries(backs)) {
      hashes.push(await this.#storesAs(`${shop}-${photo}`));
      await inTransaction((tx) => deployPhotos([{ photoId: `${shop}-${photo}`, backs: slot }], tx));
    }
    const promoted = { promotionNumber: shop, product: 'PRIMARY_POSM', storeRef: shop };
    const common = { isoId: 'iso', staffRef: 'nok', submittedAt: this.now, revision: 1, values: {}, ...promoted };
    const photos = hashes.map((sha256) => ({ role: 'photo', sha256 }));
    const lines: LineFacts[] = [
      { ...common, itemType: 'STORE', itemRef: shop, merchant: {}, photos: photos.slice(0, 1) },
      { ...common, itemType: 'SPOT', itemRef: `${shop}-1`, photos: photos.slice(1) },
    ];
    const own = { isoId: 'iso', programme: 1, submittedAt: this.now };
    const subject = { kind: 'promotion', id: promotionId } as const;
    const entry = { at: this.now, by: 'nok', what: 'promotion.submit', subject, cause: 'tap' } as const;
    await inTransaction(async (tx) => {
      await addSubmissions(
        lines.map((line) => ({ ...outgoingRow(line), ...own })),
        tx,
      );
      await addAudit([entry], tx);
    });
    this.shops.push(shop);
  }

  /** A row decides about one of its three items. */
  async decides(shop: string, part: '' | '-1' | '-1.posm', decision: 'APPROVED' | 'REJECTED'): Promise<void> {
    const judgement = {
      revision: 1,
      decision,
      reasonCodes: [],
      decidedAt: this.now,
      dataDate: '20261123',
      sourceRowKey: 'row',
    };
    const deadlineAt = decision === 'REJECTED' ? this.now + 3 * DAY_MS : null;
    await this.#changes(`${shop}${part}`, ['PENDING', 'APPROVED', 'REJECTED'], {
      state: decision,
      judgement,
      deadlineAt,
    });
  }

  async settles(shop: string, settlement: 'CONFIRMED' | 'REVERSED'): Promise<void> {
    const day = new Date(this.now).toISOString().slice(0, 10).replaceAll('-', '');
    await this.#changes(`${shop}-1`, ['APPROVED'], { settlement, settledBy: `${day}/fee` });
  }

  async appealsAgainst(shop: string): Promise<void> {
    const item = await findItem(`${shop}-1`);
    if (item?.state !== 'REJECTED') return;
    const appealId = this.#name('appeal');
    const about = {
      itemRef: item.itemRef,
      isoId: 'iso',
      userId: 'nok',
      againstRevision: 1,
      againstReasonCodes: [],
      programme: 1,
    };
    await inTransaction(async (tx) => {
      await addAppeal({ ...about, appealId, startedAt: this.now }, tx);
      await changeItem(item, { state: 'APPEALING' }, tx);
      const appeal = await findAppeal(appealId, tx);
      if (appeal !== undefined) await changeAppeal(appeal, { state: 'FILED', filedAt: this.now }, tx);
    });
    await this.#sends(`${appealId}-photo`, { kind: 'appeal', id: appealId });
    this.appeals.push(appealId);
  }

  async answers(appealId: string, state: 'ACCEPTED' | 'DENIED'): Promise<void> {
    const appeal = await findAppeal(appealId);
    const item = await findItem(appeal?.itemRef ?? '');
    if (appeal?.state !== 'FILED' || item?.state !== 'APPEALING') return;
    await inTransaction(async (tx) => {
      await changeAppeal(appeal, { state, decidedAt: this.now }, tx);
      await changeItem(item, { state: state === 'ACCEPTED' ? 'APPROVED' : 'REJECTED_FINAL' }, tx);
    });
  }

  /** Somebody is to look at the shop. */
  async isInspected(shop: string): Promise<void> {
    const taskId = this.#name('task');
    const where = {
      storeRef: shop,
      storeName: shop,
      address: 'Silom Rd',
      countryRegion: 'TH',
      spotRefs: [`${shop}-1`],
    };
    const facts = { ...where, acceptsOnlyAlipay: false, dueAt: this.now + 7 * DAY_MS, priority: 1 };
    const task = {
      ...facts,
      taskId,
      sourceKey: taskId,
      isoId: 'iso',
      promoters: [],
      asOf: '1',
      namedAssignee: undefined,
    };
    await inTransaction((tx) => addTask({ ...task, assigneeId: undefined }, tx));
    await this.#sends(`${taskId}-photo`, { kind: 'inspection', id: taskId });
    this.tasks.push(taskId);
  }

  async expires(taskId: string): Promise<void> {
    const task = await findTask(taskId);
    if (task?.state !== 'ASSIGNED') return;
    await inTransaction((tx) => changeTask(task, { state: 'EXPIRED' }, tx));
  }

  /** A card about something comes, is read, and in the end folds. */
  async shows(subject: Subject, kind: 'record' | 'line'): Promise<string> {
    const intent = this.#name('card');
    const view = kind === 'line' ? 'line' : 'menu';
    await inTransaction((tx) => sendRecord({ intent, to: 'nok', kind, view, subject }, this.now, tx));
    const outTrackId = derivedId('record', intent);
    this.cards.push(outTrackId);
    return outTrackId;
  }

  async comes(outTrackId: string): Promise<void> {
    await inTransaction(async (tx) => {
      await markSent(outTrackId, tx);
      await cardWasDelivered(outTrackId, { version: 1, hash: '' }, false, tx);
    });
  }

  async folds(outTrackId: string): Promise<void> {
    await inTransaction((tx) =>
      wantCard(outTrackId, { folded: { key: 'folded.continued' }, at: this.now, kind: 'working' }, tx),
    );
    await this.isDrawn(outTrackId);
  }

  /** Every card that waits to be sent comes, and every one that shows something else by now is drawn anew. */
  async allCome(): Promise<void> {
    const waiting = mongoose.connection.collection<{ _id: string }>('outbox').find({ state: 'PENDING' });
    for (const { _id } of await waiting.toArray()) await this.comes(_id);
    await mongoose.connection.collection('cards').updateMany({ stale: true }, { $set: { stale: false } });
  }

  async isDrawn(outTrackId: string): Promise<void> {
    const rows = mongoose.connection.collection<{ _id: string }>('cards');
    await rows.updateOne({ _id: outTrackId }, { $set: { stale: false } });
  }

  async worksOn(outTrackId: string): Promise<void> {
    await inTransaction((tx) => changePerson('nok', { workingCard: outTrackId }, tx));
  }

  async #changes(itemRef: string, from: readonly string[], change: ItemChange): Promise<void> {
    const item = await findItem(itemRef);
    if (item === undefined || !from.includes(item.state) || item.state === change.state) return;
    await inTransaction((tx: Transaction) => changeItem(item, change, tx));
  }

  async #sends(photoId: string, about: Subject): Promise<void> {
    const contentHash = hashOf(photoId);
    await this.#photos.put(contentHash, Buffer.from(photoId));
    const size = { width: 1, height: 1 };
    const photo = {
      photoId,
      isoId: 'iso',
      userId: 'nok',
      contentHash,
      originalHash: contentHash,
      sentAt: this.now,
      about,
    };
    await inTransaction((tx) => addPhoto({ ...photo, ...size, found: { codes: [], weaknesses: [] } }, tx));
  }

  /** The photo of a shop gets bytes, and is known by them. */
  async #storesAs(photoId: string): Promise<string> {
    const bytes = Buffer.alloc(this.#photoBytes, photoId);
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    await this.#photos.put(contentHash, bytes);
    await mongoose.connection
      .collection<{ _id: string }>('photos')
      .updateOne({ _id: photoId }, { $set: { contentHash } });
    return contentHash;
  }

  #name(what: string): string {
    this.#made += 1;
    return `${what}${this.#made}`;
  }
}

function photoIn(photoId: string, seq: number, at: number): Draft['photos'][number] {
  const kept = { sha256: hashOf(photoId), codes: [], foreign: false, weaknesses: [], accepted: false };
  const where = seq === 1 ? ({ kind: 'slot', slot: { name: 'licence' } } as const) : ({ kind: 'tray' } as const);
  return { photoId, seq, at, aim: {}, where, kept };
}
