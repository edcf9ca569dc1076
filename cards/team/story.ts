import { present } from '@field/kit/present';
import type { FileSource } from '../../src/domain/file-source.ts';
import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { shownWhen } from '../account/when.ts';
import { plain } from '../buttons.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { ITEM_STATES, ITEM_TONES } from '../review/item-state.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { reviewReason, type SaidReason, slotName } from '../vocabulary.ts';
import { feeStatus } from './fees.ts';
import { cameBy, fileInWords, rowInWords } from './file-words.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

/** What somebody did to an item, where a word says all of it. */
const DEEDS = {
  begun: 'history.begun',
  unpaid: 'history.unpaid',
  codeChecked: 'history.codeChecked',
  modifyBegun: 'history.modifyBegun',
  modifyStopped: 'history.modifyStopped',
  appealBegun: 'history.appealBegun',
  appealSent: 'history.appealSent',
  appealTakenBack: 'history.appealTakenBack',
  appealAccepted: 'history.appealAccepted',
  appealDenied: 'history.appealDenied',
  photoMoved: 'history.photoMoved',
  photoPutAside: 'history.photoPutAside',
  tooLate: 'itemState.LAPSED',
} as const satisfies Readonly<Record<string, TextKey>>;

/** One thing that happened to an item. */
export type StoryDeed =
  | { readonly deed: keyof typeof DEEDS }
  | { readonly deed: 'sent'; readonly revision: number }
  | { readonly deed: 'photo'; readonly slot: SlotName }
  | { readonly deed: 'codeUp' | 'codeDown'; readonly code: string }
  | { readonly deed: 'judged'; readonly state: ReviewState; readonly reasons: readonly SaidReason[] }
  | { readonly deed: 'settled'; readonly fee: 'CONFIRMED' | 'TAKEN_BACK' }
  /** To whom it was given; an empty name for nobody. */
  | { readonly deed: 'given'; readonly to: string }
  /** A card that told somebody of it, by their name, and whether it is there. */
  | { readonly deed: 'card'; readonly to: string; readonly arrived: boolean };

export type StoryRow = StoryDeed & {
  readonly at: number;
  /** Who did it; empty where the bot did, or where that is not known. */
  readonly who: string;
  /** The daily file that said so. */
  readonly file?: string | undefined;
  /** The row of that file, and which way it came. */
  readonly row?: number | undefined;
  readonly source?: FileSource | undefined;
};

export interface StoryModel extends PageModel {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly state: ReviewState;
  readonly rows: readonly StoryRow[];
  readonly timeZone: string;
  /** Whether it was opened from what a number or a code stands for. */
  readonly fromSearch?: boolean | undefined;
  /** The daily file from whose story it was opened. */
  readonly fromFile?: string | undefined;
}

const FAILED: ReadonlySet<ReviewState> = new Set(['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED']);
const NAME = 20;

/** *Baan Coffee · Door*: what happened to it, the oldest first, for whoever looks after its people. */
export function story(model: StoryModel, t: T): CardView {
  const { itemRef, name, state, rows, timeZone, fromSearch, fromFile } = model;
  return {
    title: itemName(t, name, 30),
    tag: { text: t(ITEM_STATES[state]), tone: ITEM_TONES[state] },
    body: rows.length === 0 ? [t('history.nothing')] : undefined,
    facts:
      rows.length === 0
        ? undefined
        : rows.map((row) => ({ label: shownWhen(t, row.at, timeZone), value: saidOf(row, t).join(' · ') })),
    actions: [
      ...pageButtons(t, model, 'team.story', present({ item: itemRef, from: fromSearch ? 'found' : fromFile })),
      ...backButton(model, t),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** To what was found, the file, or the failure that it was opened from. */
function backButton({ itemRef, state, fromSearch, fromFile }: StoryModel, t: T): readonly CardAction[] {
  if (fromFile !== undefined) return [plain(t('button.back'), 'team.fileStory', { file: fromFile })];
  if (fromSearch) return [plain(t('button.back'), 'team.found', { page: '1' })];
  return FAILED.has(state) ? [plain(t('button.back'), 'team.failedItem', { item: itemRef })] : [];
}

/** What was done, whose deed it was, and the row of which file said so: on the card, and for an operator who asks. */
export function saidOf(row: StoryRow, t: T): readonly string[] {
  const { who, file = '' } = row;
  const from = [fileInWords(file), ...rowInWords(t, row.row), ...cameBy(t, row.source)];
  return [...doneOf(row, t), shorten(who, NAME), ...from].filter((part) => part !== '');
}

/** What was done alone. */
export function doneOf(row: StoryDeed, t: T): readonly string[] {
  switch (row.deed) {
    case 'sent':
      return [t('history.sent', { revision: row.revision })];
    case 'photo':
      return [t('history.photo', { photo: slotName(t, row.slot) })];
    case 'codeUp':
      return [t('history.codeUp', { code: row.code })];
    case 'codeDown':
      return [t('history.codeDown', { code: row.code })];
    case 'judged':
      return [t(ITEM_STATES[row.state]), ...row.reasons.map((reason) => reviewReason(t, reason))];
    case 'settled':
      return [t('fee.any'), feeStatus(t, row.fee)];
    case 'given':
      return [row.to === '' ? t('history.givenToNobody') : t('history.given', { name: shorten(row.to, NAME) })];
    case 'card':
      return [t(row.arrived ? 'history.card' : 'history.cardWaits', { name: shorten(row.to, NAME) })];
    default:
      return [t(DEEDS[row.deed])];
  }
}
