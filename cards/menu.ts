import type { Product } from '../src/domain/flows/definition.ts';
import { labelWith, plain, primary } from './buttons.ts';
import { markdownText } from './markdown.ts';
import { fixItemButton, type ItemName } from './review/item-name.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import { timeLeft } from './time-left.ts';
import type { CardAction, CardView } from './view.ts';
import { productName } from './vocabulary.ts';
import { widthOf } from './width.ts';

/** A promotion that waits to be finished. */
export interface OpenDraft {
  readonly draftId: string;
  readonly product: Product;
  /** Empty until the shop has a name. */
  readonly shop: string;
  readonly step: number;
  readonly of: number;
}

/** What failed and can still be put right. */
export interface OpenFailures {
  readonly count: number;
  /** Whether each of them is a spot of its own, or what stands there. */
  readonly onlySpots: boolean;
  /** Of the most urgent one. */
  readonly itemRef: string;
  readonly itemName: ItemName;
  readonly deadlineAt: number | undefined;
}

export interface ProductListModel {
  readonly name: string;
  /** What is promoted now, in the order of the programme. */
  readonly products: readonly Product[];
  readonly failures?: OpenFailures | undefined;
  /** The one worked on last first. */
  readonly drafts: readonly OpenDraft[];
  /** Inspections that wait for this person: at most ten of them are counted. */
  readonly inspections: number;
  /** Whether there is a team to look after. */
  readonly inCharge: boolean;
  readonly now: number;
  readonly timeZone: string;
}

const TITLE = 30;
const RESUMABLE = 3;
/** As many buttons as the menu of staff may have, and that of who looks after a team. */
const BUTTONS = { staff: 7, inCharge: 10 } as const;

/** The product list: what is to be put right and what can be resumed, the products, the results, and what is always there. */
export function productList(model: ProductListModel, t: T): CardView {
  const { name, products, drafts, failures, inspections, inCharge } = model;
  const isBusy = failures !== undefined || drafts.length > 0;
  const fix = failures === undefined ? [] : [fixItemButton(t, failures.itemName, failures.itemRef)];
  const always = [
    ...products.map((product, index) => {
      const first = !isBusy && index === 0;
      return (first ? primary : plain)(productName(t, product), 'menu.product', { product });
    }),
    plain(inspectionLabel(t, inspections), 'menu.inspections'),
    plain(t('button.myResults'), 'review.mine', { period: 'week' }),
    ...(inCharge ? [plain(t('button.team'), 'team.open')] : []),
  ];
  const help = plain(t('button.help'), 'help.open');
  const language = plain(t('button.language'), 'language.open');
  const left = (inCharge ? BUTTONS.inCharge : BUTTONS.staff) - fix.length - always.length - 1;
  const resumable = Math.min(RESUMABLE, drafts.length);
  // what is begun goes before the language, which stands in `Help` and at the bottom of the chat, too
  const hasLanguage = left > resumable;
  const room = Math.max(0, Math.min(resumable, left));
  return {
    title: title(t, name),
    body: whatToDo(t, model),
    actions: [
      ...fix,
      ...resumeButtons(t, drafts, room, failures === undefined),
      ...always,
      ...(hasLanguage ? [language] : []),
      help,
    ],
  };
}

/** What it is stands beside the name where there is room. */
function title(t: T, name: string): string {
  const whole = t('menu.title', { name });
  return widthOf(whole) <= TITLE ? whole : t('menu.hi', { name: shorten(name, 24) });
}

/** One line, and only if there is something to do: what failed before what is half done before what is due. */
function whatToDo(t: T, model: ProductListModel): string[] {
  const {
    failures,
    drafts: [last],
    inspections,
  } = model;
  if (failures !== undefined) return [failedLine(t, failures, model)];
  if (last !== undefined)
    return [markdownText(t, 'menu.unfinished', { shop: shopOf(t, last), step: last.step, of: last.of })];
  return inspections === 0 ? [] : [t('menu.tasks', { count: inspections, many: shownCount(inspections) })];
}

function resumeButtons(t: T, drafts: readonly OpenDraft[], room: number, first: boolean): CardAction[] {
  return drafts.slice(0, room).map((draft, index) => {
    const label = resumeLabel(t, draft, drafts);
    return (first && index === 0 ? primary : plain)(label, 'promotion.resume', { draft: draft.draftId });
  });
}

/** `Resume Baan Coffee`; two products of one shop are told apart by what is promoted. */
export function resumeLabel(t: T, draft: OpenDraft, all: readonly OpenDraft[]): string {
  const isOneOfTwo = all.some((other) => other.shop === draft.shop && other.product !== draft.product);
  if (draft.shop === '' && !isOneOfTwo) return t('menu.resumeUnnamed');
  return labelWith(t, 'menu.resume', isOneOfTwo ? productName(t, draft.product) : draft.shop);
}

/** By which name a draft is called. */
export function shopOf(t: T, { shop }: OpenDraft): string {
  return shop || t('menu.unnamedShop');
}

/** `Spot Inspection (2)`: how many are due. */
function inspectionLabel(t: T, count: number): string {
  const name = t('name.SPOT_INSPECTION');
  return count === 0 ? name : `${name} (${shownCount(count)})`;
}

function shownCount(count: number): string {
  return count > 9 ? '9+' : String(count);
}

/** `! 1 failed spot, 3 days left`. */
function failedLine(t: T, failures: OpenFailures, { now, timeZone }: ProductListModel): string {
  const { count, onlySpots, deadlineAt } = failures;
  const left = deadlineAt === undefined ? 'none' : timeLeft(t, now, deadlineAt, timeZone);
  return t(onlySpots ? 'menu.failedSpots' : 'menu.failed', { count, left });
}
