import mongoose from 'mongoose';
import type { PhotoStore } from '../../../models/photo-store.ts';
import { monthsBefore, type Retention } from '../../../src/domain/retention.ts';

type Row = Readonly<Record<string, unknown>> & { readonly _id: string };

const DAY_MS = 24 * 3_600_000;
/** Where what a card is about lies. */
const HOMES: Readonly<Record<string, string>> = {
  draft: 'drafts',
  appeal: 'appeals',
  inspection: 'inspectiontasks',
  item: 'items',
  question: 'questions',
};
const OPEN_REVIEW = ['PENDING', 'REJECTED', 'INVALIDATED', 'MODIFYING', 'APPEALING'];

/** Everything that is stored, read beside the product, and what of it is alive or due by the rules of the page. */
export class Stored {
  readonly #keep: Retention;
  readonly #now: number;
  readonly #rows: ReadonlyMap<string, readonly Row[]>;

  static async read(keep: Retention, now: number): Promise<Stored> {
    const names = [
      'cards',
      'outbox',
      'drafts',
      'photos',
      'items',
      'appeals',
      'inspectiontasks',
      'peoples',
      'submissions',
      'questions',
      'audit',
      'auditbatches',
      'spots',
      'stores',
      'sites',
    ];
    const rows = names.map(
      async (name) => [name, await mongoose.connection.collection<Row>(name).find({}).toArray()] as const,
    );
    return new Stored(keep, now, new Map(await Promise.all(rows)));
  }

  constructor(keep: Retention, now: number, rows: ReadonlyMap<string, readonly Row[]>) {
    this.#keep = keep;
    this.#now = now;
    this.#rows = rows;
  }

  all(collection: string): readonly Row[] {
    return this.#rows.get(collection) ?? [];
  }

  /** What something alive points to and is not there. */
  async dangling(photos: PhotoStore): Promise<readonly string[]> {
    const missing: string[] = [];
    const has = (collection: string, id: unknown): boolean => this.all(collection).some(({ _id }) => _id === id);
    const needs = (whose: string, collection: string, id: unknown): void => {
      if (!has(collection, id)) missing.push(`${whose} needs ${String(id)} of ${collection}`);
    };
    const needsPhoto = async (whose: string, photoId: unknown): Promise<void> => {
      const photo = this.all('photos').find(({ _id }) => _id === photoId);
      if (photo?.stored !== true || !(await photos.has(String(photo.contentHash))))
        missing.push(`${whose} needs photo ${String(photoId)}`);
    };
    for (const { _id, workingCard } of this.all('peoples'))
      if (workingCard !== undefined) needs(_id, 'cards', workingCard);
    for (const card of this.all('cards').filter(({ folded }) => folded === undefined)) {
      const { kind, id } = card.subject as { kind: string; id: string };
      const home = HOMES[kind];
      if (home !== undefined) needs(`card ${card._id}`, home, id);
    }
    for (const row of this.all('outbox')) if (row.state !== 'SENT') needs(`job ${row._id}`, 'cards', row.outTrackId);
    for (const card of this.all('cards')) needs(`card ${card._id}`, 'outbox', card._id);
    for (const draft of this.all('drafts').filter(({ state }) => state === 'OPEN')) {
      if (draft.siteId !== undefined) needs(draft._id, 'sites', draft.siteId);
      for (const what of ['licence', 'extra']) await needsPhoto(draft._id, `${draft._id}-${what}`);
    }
    for (const shop of this.all('stores')) {
      if (shop.versionOf !== undefined) needs(shop._id, 'stores', shop.versionOf);
      for (const { itemRef, photoId } of this.#photosOf(shop))
        if (!this.#isPhotoDue(itemRef)) await needsPhoto(shop._id, photoId);
      for (const item of this.#itemsOf(shop._id)) {
        if (item.itemType !== 'POSM' && this.overSince(item._id) === undefined)
          needs(item._id, 'submissions', `${item._id}#1`);
      }
    }
    for (const appeal of this.all('appeals')) {
      if (!this.#isPhotoDue(String(appeal.itemRef))) await needsPhoto(appeal._id, `${appeal._id}-photo`);
    }
    for (const task of this.all('inspectiontasks'))
      if (task.state !== 'EXPIRED') await needsPhoto(task._id, `${task._id}-photo`);
    for (const file of this.all('photos')) if (file.stored === true) await needsPhoto('a row', file._id);
    return missing;
  }

  /** What should have been removed by now. */
  due(): readonly string[] {
    const carried = this.#now - this.#keep.cardsDays * DAY_MS;
    const records = monthsBefore(this.#now, this.#keep.recordsMonths);
    const working = new Set(this.all('peoples').map(({ workingCard }) => workingCard));
    const unsent = new Set(this.all('outbox').flatMap(({ _id, state }) => (state === 'SENT' ? [] : [_id])));
    const cards = this.all('cards').filter(({ _id, kind, at, stale }) => {
      const limit = kind === 'record' ? records : carried;
      return Number(at) < limit && !working.has(_id) && !unsent.has(_id) && stale !== true;
    });
    const shown = new Set(
      this.all('cards').flatMap(({ folded, subject }) =>
        folded === undefined ? [(subject as { id: string }).id] : [],
      ),
    );
    const drafts = this.all('drafts').filter(({ _id, state, updatedAt }) =>
      state === 'OPEN'
        ? Number(updatedAt) < this.#now - this.#keep.draftsDays * DAY_MS
        : Number(updatedAt) < carried && !shown.has(_id),
    );
    const photos = this.all('photos').filter(({ _id, stored, backs, keptFor }) => {
      const ref = String(keptFor ?? backs ?? '').split('/')[0] ?? '';
      return stored === true && ref !== '' && this.#isPhotoDue(ref) && !this.#isOfADraft(_id);
    });
    const audit = ['audit', 'auditbatches'].flatMap((of) => this.all(of).filter(({ at }) => Number(at) < records));
    const lines = this.all('submissions').filter(({ _id, submittedAt }) => {
      const since = this.overSince(_id.split('#')[0] ?? '');
      return Number(submittedAt) < records && since !== undefined && since < records;
    });
    return [...cards, ...drafts, ...photos, ...audit, ...lines].map(({ _id }) => String(_id));
  }

  /** Since when nothing waits for an item; worked out here in another way than in the product. */
  overSince(itemRef: string): number | undefined {
    const item = this.all('items').find(({ _id }) => _id === itemRef);
    if (item === undefined) return undefined;
    const all = this.#itemsOf(String(item.storeId));
    const open = all.some((one) => this.#isOpen(one, all)) || this.#isInspected(item);
    const spot = all.find(({ itemType }) => itemType === 'SPOT');
    const earned = all.every((one) => this.#stateOf(one, all) === 'APPROVED') && spot?.settlement === undefined;
    if (open || earned) return undefined;
    const [day] = String(spot?.settledBy ?? '').split('/');
    const settled = day ? Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)) + 1) : 0;
    const lapsed = all.flatMap((one) => (this.#stateOf(one, all) === 'LAPSED' ? [Number(one.deadlineAt ?? 0)] : []));
    return Math.max(
      settled,
      ...lapsed,
      ...all.flatMap(({ decidedAt = 0, submittedAt }) => [Number(decidedAt), Number(submittedAt)]),
    );
  }

  #isPhotoDue(itemRef: string): boolean {
    const since = this.overSince(itemRef);
    return since !== undefined && since < monthsBefore(this.#now, this.#keep.photosMonths);
  }

  #isOfADraft(photoId: string): boolean {
    return this.all('drafts').some(({ _id }) => photoId.startsWith(`${_id}-`));
  }

  #itemsOf(storeId: string): readonly Row[] {
    return this.all('items').filter((item) => item.storeId === storeId);
  }

  #stateOf(item: Row, all: readonly Row[]): unknown {
    if (item.itemType === 'POSM' && item.decision === undefined) {
      const spot = all.find(({ itemType }) => itemType === 'SPOT');
      return spot === undefined ? item.state : this.#stateOf(spot, all);
    }
    return item.state === 'REJECTED' && Number(item.deadlineAt) <= this.#now ? 'LAPSED' : item.state;
  }

  #isOpen(item: Row, all: readonly Row[]): boolean {
    return OPEN_REVIEW.includes(String(this.#stateOf(item, all)));
  }

  #isInspected({ storeId }: Row): boolean {
    return this.all('inspectiontasks').some((task) => task.storeRef === storeId && task.state !== 'EXPIRED');
  }

  #photosOf(store: Row): readonly { readonly itemRef: string; readonly photoId: unknown }[] {
    const doors = this.all('spots').filter((spot) => spot.storeId === store._id);
    return [store, ...doors].flatMap(({ _id, photos }) =>
      (photos as readonly { readonly photoId: string }[]).map(({ photoId }) => ({ itemRef: _id, photoId })),
    );
  }
}
