import type { StoryDeed, StoryRow } from '../../cards/team/story.ts';
import { idsAboutItems } from '../../models/about-items.ts';
import { type AuditEntry, auditOf, auditOfItems, auditOfPromotion } from '../../models/audit.ts';
import { bindingsOfSpots, shortOf } from '../../models/bindings.ts';
import { recordsAbout } from '../../models/cards-about.ts';
import { sourcesOf } from '../../models/incoming-files.ts';
import type { Item } from '../../models/item-rows.ts';
import { namesOf } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { findSpot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import type { Audited } from '../../src/domain/audited.ts';
import type { Reasons } from '../../src/domain/reasons.ts';
import { isReviewState } from '../../src/domain/review-state.ts';

/** What one looks through at once; of more the latest. */
const MOST = 500;
/** Who does something without being a person. */
const NOBODY = new Set(['system', 'operator', '']);

/** What of the audit is a part of an item's story; all else is about people, lists and settings. */
const TOLD: Readonly<Partial<Record<Audited, (entry: AuditEntry, reasons: Reasons) => StoryDeed | undefined>>> = {
  'promotion.start': () => ({ deed: 'begun' }),
  'promotion.unpaid': () => ({ deed: 'unpaid' }),
  'promotion.submit': () => ({ deed: 'sent', revision: 1 }),
  'review.modify': () => ({ deed: 'modifyBegun' }),
  'review.cancelModify': () => ({ deed: 'modifyStopped' }),
  'review.resubmit': ({ details }) => ({ deed: 'sent', revision: Number(details?.revision ?? 1) }),
  'review.appeal': () => ({ deed: 'appealBegun' }),
  'review.sendAppeal': () => ({ deed: 'appealSent' }),
  'review.withdrawAppeal': () => ({ deed: 'appealTakenBack' }),
  'review.lapse': () => ({ deed: 'tooLate' }),
  'appeal.answered': ({ details }) => answered(String(details?.state ?? '')),
  'item.judged': ({ details }, reasons) =>
    judged(String(details?.state ?? ''), String(details?.reasons ?? ''), reasons),
  'item.settled': ({ details }) => ({
    deed: 'settled',
    fee: details?.settlement === 'CONFIRMED' ? 'CONFIRMED' : 'TAKEN_BACK',
  }),
  'code.settle': () => ({ deed: 'codeChecked' }),
  'handOver.give': ({ details }) => ({ deed: 'given', to: String(details?.to ?? '') }),
  'photo.move': () => ({ deed: 'photoMoved' }),
  'photo.putAside': () => ({ deed: 'photoPutAside' }),
};

/** What an entry of the audit says of an item, if it is a part of its story. */
export function toldOf(entry: AuditEntry, reasons: Reasons): StoryDeed | undefined {
  return TOLD[entry.what]?.(entry, reasons);
}

/** All that is kept of what happened to an item, the oldest first, people by their names. */
export async function storyOfItem(item: Item, seen?: Reads): Promise<readonly StoryRow[]> {
  const [{ entries, records, sourceOf, names }, place, bindings, { reasons }] = await Promise.all([
    keptAbout(item, seen),
    item.spotId === undefined ? findStore(item.storeId, seen) : findSpot(item.spotId, seen),
    item.spotId === undefined ? [] : bindingsOfSpots([item.spotId], seen),
    programmeAt(item.judgement?.programme ?? item.programme),
  ]);
  const photos = place?.photos;
  const rows: StoryRow[] = [
    ...entries.flatMap((entry) => {
      const done = toldOf(entry, reasons);
      const { at, by: who, row } = entry;
      const file = fileOf(entry);
      const source = file === undefined ? undefined : sourceOf(file, at);
      return done === undefined ? [] : [{ ...done, at, who, file, row, source }];
    }),
    ...(photos ?? []).map(({ slot, at }) => ({ deed: 'photo' as const, slot, at, who: '' })),
    ...bindings.flatMap((binding) => {
      const { boundAt, boundBy, releasedAt, releasedBy = '' } = binding;
      const code = shortOf(binding);
      const up = { deed: 'codeUp' as const, code, at: boundAt, who: boundBy };
      return releasedAt === undefined
        ? [up]
        : [up, { ...up, deed: 'codeDown' as const, at: releasedAt, who: releasedBy }];
    }),
    ...records
      .filter(({ inGroup }) => !inGroup)
      .map(({ viewer, delivered, at = 0 }) => ({ deed: 'card' as const, to: viewer, arrived: delivered, at, who: '' })),
  ];
  const inOrder = rows.toSorted((one, other) => one.at - other.at);
  return await withNames(inOrder, names);
}

function fileOf({ cause }: AuditEntry): string | undefined {
  return parseFileName(cause)?.name;
}

/**
 * What the audit and cards keep about an item, about the promotion in which it was submitted, and about the drafts that it was made as: what another
 * ISO did is never a part of it.
 */
async function keptAbout(item: Item, seen: Reads | undefined) {
  const about = idsAboutItems([item], seen);
  const [[promotionId, ...submitted], own, records] = await Promise.all([
    auditOfPromotion(item),
    about.then((ids) => auditOfItems(ids, MOST)),
    about.then((ids) => recordsAbout(ids, MOST)),
  ]);
  const all = [...submitted, ...own];
  const drafts = all.flatMap(({ details }) => (typeof details?.draft === 'string' ? [details.draft] : []));
  const said = all.flatMap(({ by, details: { to = '' } = {} }) => [by, String(to)]);
  const [ofDrafts, ofPromotion, sourceOf, names] = await Promise.all([
    drafts.length === 0 ? [] : auditOf(drafts, MOST),
    promotionId === undefined ? [] : recordsAbout([promotionId], MOST),
    sourcesOf([...new Set(all.flatMap((entry) => fileOf(entry) ?? []))]),
    namesOf([...said, ...records.map(({ viewer }) => viewer)].filter(isSomebody)),
  ]);
  const entries = [...all, ...ofDrafts].filter(({ isoId = item.isoId }) => isoId === item.isoId);
  return { entries, records: [...records, ...ofPromotion], sourceOf, names };
}

/** People by their names, of which most are `known`. */
async function withNames(rows: readonly StoryRow[], known: ReadonlyMap<string, string>): Promise<readonly StoryRow[]> {
  const ids = rows.flatMap((row) => ('to' in row ? [row.who, row.to] : [row.who])).filter(isSomebody);
  const others = await namesOf(ids.filter((id) => !known.has(id)));
  const nameOf = (id: string): string => known.get(id) ?? others.get(id) ?? '';
  return rows.map((row) =>
    'to' in row ? { ...row, who: nameOf(row.who), to: nameOf(row.to) } : { ...row, who: nameOf(row.who) },
  );
}

function isSomebody(id: string): boolean {
  return !NOBODY.has(id);
}

function answered(state: string): StoryDeed | undefined {
  if (state === 'ACCEPTED') return { deed: 'appealAccepted' };
  return state === 'DENIED' ? { deed: 'appealDenied' } : undefined;
}

function judged(state: string, codes: string, reasons: Reasons): StoryDeed | undefined {
  if (!isReviewState(state)) return undefined;
  return {
    deed: 'judged',
    state,
    reasons: codes
      .split(',')
      .filter((code) => code !== '')
      .map((code) => reasons.of(code)),
  };
}
