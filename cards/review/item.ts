import type { FeeKind, FeeState } from '../../src/domain/fee.ts';
import type { SlotName } from '../../src/domain/flows/definition.ts';
import { isSuspected, type Reason, type Remedy } from '../../src/domain/reasons.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { type SaidModel, saidLine } from '../promotion/part-says.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import { timeLeft } from '../time-left.ts';
import { type CardAction, type CardImage, type CardView, type PictureRef, sideBySide } from '../view.ts';
import { feeName, moreOfReason, reviewReason, type SaidReason, slotExample } from '../vocabulary.ts';
import { answerByLine } from './answer-by.ts';
import { type Happening, historyFacts } from './history.ts';
import { type ItemName, itemName } from './item-name.ts';
import { ITEM_STATES, ITEM_TONES } from './item-state.ts';
import { quotedWords, type Words } from './words.ts';

/** A store, a spot or a POSM and how its review stands. */
export interface ItemModel {
  readonly name: ItemName;
  /** As of now: what lapsed by its deadline has lapsed. */
  readonly state: ReviewState;
  /** Which time it was sent, and when. */
  readonly revision: number;
  readonly submittedAt: number;
  /** Why it failed, as its promoter reads it: a suspicion stands alone. */
  readonly reasons: readonly SaidReason[];
  /** The reviewer's own. */
  readonly words?: Words | undefined;
  readonly remedies: readonly Exclude<Remedy, 'NONE'>[];
  readonly deadlineAt?: number | undefined;
  /** Under appeal: whether it was sent, or is still being written. */
  readonly appeal?: 'draft' | 'filed' | undefined;
  /** By when it is to be answered, milliseconds. */
  readonly answerBy?: number | undefined;
  readonly fee: FeeState;
  /** Which fee that is; absent where the programme gives none for what is approved. */
  readonly feeKind?: FeeKind | undefined;
  /** How it should be, and how not, by the reason that says so. */
  readonly examples?: Reason['examples'] | undefined;
  /** The photo that the reason is about. */
  readonly photo?:
    | { readonly sha256: string; readonly slot: SlotName; readonly example?: string | undefined }
    | undefined;
  readonly now: number;
  readonly timeZone: string;
  /** Where another than the viewer did it, or has it in hand, their name; of what nobody has in hand, an empty one. */
  readonly promotedBy?: string | undefined;
  readonly inHandOf?: string | undefined;
  /** What was sent of it last. */
  readonly says: readonly SaidModel[];
  /** What was decided last, and when. */
  readonly decided?: Happening | undefined;
  /** Opened by `What happened`. */
  readonly history?: readonly Happening[] | undefined;
  /** Opened by `See photos`: those that are still kept, by content hash. */
  readonly photos?: readonly string[] | undefined;
}

const REASONS = 2;
const ICONS = { success: '✓', danger: '✗', info: '…', warning: '!' } as const;

const FEES: Readonly<Record<FeeState, TextKey>> = {
  NOT_ELIGIBLE: 'fee.NOT_ELIGIBLE',
  ELIGIBLE: 'fee.ELIGIBLE',
  CONFIRMED: 'fee.CONFIRMED',
  REVERSED: 'fee.REVERSED',
};

/** *✗ Baan Coffee · Door*: what came of it, what to do and until when. */
export function item(model: ItemModel, t: T): CardView {
  const { name, state, history, photos } = model;
  const toDo = buttons(model, t);
  // what is to be put right says that alone, and the rest behind `What happened`
  const isWhole = toDo.length < 2 || history !== undefined;
  const images = photos === undefined ? pictures(model, t) : [];
  const all = photos === undefined || photos.length === 0 ? [] : [sideBySide(t('part.photos'), photos)];
  const isUnsent = state === 'APPEALING' && model.appeal === 'draft';
  const tone = isUnsent ? 'warning' : ITEM_TONES[state];
  return {
    title: `${ICONS[tone]} ${itemName(t, name, 28)}`,
    tag: { text: t(isUnsent ? 'appeal.state.DRAFT' : ITEM_STATES[state]), tone },
    body: [
      ...lines(model, t),
      ...(images.length > 0 ? [picturesLine(images, t)] : []),
      ...(photos?.length === 0 ? [t('item.noPhotos')] : []),
    ],
    images: images.length + all.length > 0 ? [...images, ...all] : undefined,
    facts: factsOf(model, isWhole || photos !== undefined, t),
    actions: [
      ...toDo,
      ...(history === undefined ? [plain(t('button.whatHappened'), 'review.history')] : []),
      ...(isWhole && photos === undefined ? [plain(t('button.seePhotos'), 'review.photos')] : []),
      menuButton(t),
    ],
    note: feeNote(model, t),
  };
}

function lines(model: ItemModel, t: T): string[] {
  const { state, revision, submittedAt, timeZone } = model;
  const date = shownDate(t.language, submittedAt, timeZone);
  switch (state) {
    case 'PENDING':
      return [markdownText(t, 'item.sent', { date, revision }), t('item.wait')];
    case 'APPROVED':
      return [t('item.approved')];
    case 'REJECTED':
    case 'INVALIDATED':
      return [...why(model, t), ...whatNow(model, t)];
    case 'MODIFYING':
      if (model.inHandOf !== undefined) return [...why(model, t), ...whatNow(model, t)];
      return [...why(model, t), t('item.modifying'), ...whatNow({ ...model, remedies: ['MODIFY'] }, t)];
    case 'APPEALING':
      if (model.inHandOf !== undefined) return [...why(model, t), ...whatNow(model, t)];
      if (model.appeal === 'draft') return [...why(model, t), t('item.appealDraft')];
      return [...why(model, t), t('item.appealing'), ...answerByLine(t, model)];
    case 'REJECTED_FINAL':
      return [...why(model, t), t('item.final')];
    case 'LAPSED':
      return [...why(model, t), t('item.lapsed')];
  }
}

function why({ reasons, words }: ItemModel, t: T): string[] {
  // of a suspicion the promoter is told only that the admin knows (domain A.10)
  const own = words === undefined || isSuspected(reasons) ? [] : [quotedWords(t, words)];
  const said = reasons.slice(0, REASONS).flatMap((reason) => {
    const more = moreOfReason(t, reason);
    const short = t('item.reason', { reason: capitalised(t, reviewReason(t, reason)) });
    return more === undefined ? [short] : [short, more];
  });
  return [...said, ...own];
}

function capitalised(t: T, [first = '', ...rest]: string): string {
  return `${first.toLocaleUpperCase(t.language)}${rest.join('')}`;
}

function whatNow({ remedies, deadlineAt, inHandOf, now, timeZone }: ItemModel, t: T): string[] {
  if (inHandOf !== undefined) return [t('item.othersToDo')];
  if (remedies.length === 0) return [t('item.noRemedy')];
  if (deadlineAt === undefined) return [];
  const date = shownDate(t.language, deadlineAt, timeZone);
  const time = shownTime(t.language, deadlineAt, timeZone);
  const key = remedies[0] === 'MODIFY' ? 'item.modifyBy' : 'item.appealBy';
  return [markdownText(t, key, { date, time, left: timeLeft(t, now, deadlineAt, timeZone) })];
}

function buttons(model: ItemModel, t: T): CardAction[] {
  const { state, remedies, appeal, deadlineAt, inHandOf, now } = model;
  if (inHandOf !== undefined) return [];
  switch (state) {
    case 'REJECTED':
    case 'INVALIDATED':
      return remedies.map((remedy, index) => {
        const button = index === 0 ? primary : plain;
        return remedy === 'MODIFY'
          ? button(t('button.modify'), 'review.modify')
          : button(t('button.appeal'), 'review.appeal');
      });
    case 'MODIFYING':
      return [primary(t('button.resume'), 'review.modify'), plain(t('button.cancel'), 'review.cancelModify')];
    case 'APPEALING': {
      if (appeal === 'draft')
        return [primary(t('button.resume'), 'review.appeal'), plain(t('button.cancel'), 'review.withdraw')];
      // once the deadline has passed, taking it back would only lose it
      const isOpen = deadlineAt === undefined || deadlineAt > now;
      return isOpen ? [plain(t('button.withdraw'), 'review.withdraw')] : [];
    }
    default:
      return [];
  }
}

function feeNote({ state, fee, feeKind }: ItemModel, t: T): string {
  if (fee !== 'NOT_ELIGIBLE') return t(FEES[fee], { fee: feeKind === undefined ? t('fee.any') : feeName(t, feeKind) });
  if (state === 'APPROVED') return t('fee.waits');
  return t(state === 'LAPSED' || state === 'REJECTED_FINAL' ? 'fee.lost' : 'fee.NOT_ELIGIBLE');
}

/** Who else it is about, what was sent of it, then what was decided, or all that happened. */
function factsOf(model: ItemModel, isWhole: boolean, t: T): CardView['facts'] {
  const { promotedBy, inHandOf, history, says, decided, timeZone } = model;
  const sent = saidLine(t, says, timeZone);
  const happened = history ?? (decided === undefined ? [] : [decided]);
  const facts = [
    ...(promotedBy === undefined ? [] : [{ label: t('failed.who'), value: shorten(promotedBy, 20) }]),
    ...(inHandOf === undefined ? [] : [inHandFact(t, inHandOf)]),
    ...(isWhole && sent !== '' ? [{ label: t('item.whatWasSent'), value: sent }] : []),
    ...(isWhole ? historyFacts(t, happened, timeZone) : []),
  ];
  return facts.length > 0 ? facts : undefined;
}

/** In whose hands something is; an empty name for nobody's. */
export function inHandFact(t: T, name: string): { readonly label: string; readonly value: string } {
  return { label: t('item.inHandOf'), value: name === '' ? t('teamTasks.nobody') : shorten(name, 20) };
}

/** The person's own photo beside a good one: that of the reason, else of what the photo should show; then a bad one. */
function pictures({ photo, examples = {}, reasons, remedies, inHandOf, history }: ItemModel, t: T): CardImage[] {
  // what is opened here is read at once: no picture comes between it and the buttons
  if (history !== undefined || inHandOf !== undefined || remedies.length === 0 || isSuspected(reasons)) return [];
  const { good, bad } = examples;
  const ofReason = bad === undefined ? [] : [exampleOf(bad, t('item.picture.bad'))];
  if (photo === undefined)
    return [...(good === undefined ? [] : [exampleOf(good, t('item.picture.good'))]), ...ofReason];
  const yours = t('item.picture.yours');
  const how = good === undefined ? slotExample(t, photo.slot) : t('item.picture.good');
  const picture = inQuestion(photo, examples);
  const alt = picture.kind === 'sheet' ? shortList(t.language, [yours, how]) : yours;
  return [{ ...picture, alt }, ...ofReason];
}

/** The photo that the reason is about, beside a good example where there is one: whoever shows the way to this card has it ready. */
export function inQuestion(
  { sha256, example }: NonNullable<ItemModel['photo']>,
  { good = example }: NonNullable<ItemModel['examples']> = {},
): PictureRef {
  return good === undefined ? { kind: 'photo', sha256 } : { kind: 'sheet', photos: [sha256], example: bareName(good) };
}

function bareName(file: string): string {
  return file.replace(/\.jpg$/, '');
}

function exampleOf(name: string, alt: string): CardImage {
  return { kind: 'example', name: bareName(name), alt };
}

/** `Below: 1 your photo, 2 a good example.` */
function picturesLine(images: readonly CardImage[], t: T): string {
  const [yours, good, bad] = [t('item.picture.yours'), t('item.picture.good'), t('item.picture.bad')];
  const names = images.flatMap(({ kind, alt }) => {
    if (kind === 'sheet') return [`1 ${yours}`, `2 ${good}`];
    if (kind === 'photo') return [yours];
    return [alt === bad ? bad : good];
  });
  return t('item.pictures', { pictures: shortList(t.language, names) });
}
