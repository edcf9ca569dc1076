import type { Product, SlotName, StepId } from '../src/domain/flows/definition.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../src/domain/languages.ts';
import type { SpotLabel } from '../src/domain/spot-label.ts';
import { labelWith, menuButton, plain, primary } from './buttons.ts';
import { markdownText } from './markdown.ts';
import { shortList } from './short-list.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardAction, CardView } from './view.ts';
import { photoShows, slotHow, slotName, spotName, stepName } from './vocabulary.ts';
import { widthOf } from './width.ts';
import { wordToType } from './words.ts';

/** What the work at hand waits for. */
export type HelpWants =
  | { readonly kind: 'photos'; readonly product: Product; readonly slots: readonly SlotName[] }
  | { readonly kind: 'form'; readonly step: StepId }
  | { readonly kind: PlainWant };

type PlainWant =
  | 'code'
  | 'choice'
  | 'payments'
  | 'paymentPhoto'
  | 'check'
  | 'front'
  | 'spotPhoto'
  | 'reason'
  | 'cannotPhoto'
  | 'appeal';

export interface HelpHere {
  /** Empty where the shop has no name yet. */
  readonly shop: string;
  readonly spot?: SpotLabel | undefined;
  readonly wants: HelpWants;
  /** Where to go on: a promotion, an inspection, or what failed and is being put right. */
  readonly goOn: { readonly draft: string } | { readonly task: string } | { readonly item: string };
}

export interface HelpModel {
  /** Whom to ask; unknown before the association. */
  readonly admin?: string | undefined;
  /** Whether there is another admin than the reader. */
  readonly canAsk?: boolean | undefined;
  /** Whether they may still read their results at another ISO. */
  readonly former?: boolean | undefined;
  /** The ISO that the person works for, and can leave. */
  readonly iso?: string | undefined;
  /** The work that they have in hand. */
  readonly here?: HelpHere | undefined;
}

const WANTS: Readonly<Record<PlainWant, TextKey>> = {
  code: 'help.wants.code',
  choice: 'help.wants.choice',
  payments: 'help.wants.payments',
  paymentPhoto: 'help.wants.paymentPhoto',
  check: 'help.wants.check',
  front: 'help.wants.front',
  spotPhoto: 'help.wants.spotPhoto',
  reason: 'help.wants.reason',
  cannotPhoto: 'help.wants.cannotPhoto',
  appeal: 'help.wants.appeal',
};

const SHOP = 14;
/** How wide a line is at most (wording rule 3). */
const LINE = 60;

/** *Help*: what the work at hand waits for, the words that always work, and whom to ask. */
export function help({ admin, canAsk = false, former = false, iso, here }: HelpModel, t: T): CardView {
  const words = { menu: wordToType(t, 'word.menu'), back: wordToType(t, 'word.back') };
  return {
    title: t('help.title'),
    body: [
      ...(here === undefined ? [] : hereLines(t, here)),
      t('help.words', words),
      ...(here === undefined ? [otherLanguages(t)] : []),
      ...(admin === undefined ? [] : [markdownText(t, 'help.admin', { name: admin })]),
    ],
    actions: [
      ...(here === undefined ? [] : [resumeButton(t, here)]),
      ...(canAsk ? [plain(t('button.askAdmin'), 'help.ask')] : []),
      ...(iso === undefined ? [] : [plain(t('button.photoTips'), 'help.photos')]),
      menuButton(t),
      plain(t('button.language'), 'language.open'),
      ...(former ? [plain(t('button.formerResults'), 'review.former')] : []),
      ...(iso === undefined ? [] : [plain(labelWith(t, 'button.leaveIso', iso), 'association.leave')]),
    ],
    note: t('help.saved'),
  };
}

/** `Another language? Send its name: 简体中文 · ไทย …`: as many as the line has room for. */
function otherLanguages(t: T): string {
  const others = LANGUAGES.filter((language) => language !== t.language).map((language) => LANGUAGE_NAMES[language]);
  const said = (count: number): string => {
    const names = [...others.slice(0, count), ...(count < others.length ? ['…'] : [])];
    return t('help.languages', { names: names.join(' · ') });
  };
  const most = others.findLastIndex((_, index) => widthOf(said(index + 1)) <= LINE);
  return said(most + 1);
}

function resumeButton(t: T, { shop, goOn }: HelpHere): CardAction {
  const label = shop === '' ? t('button.resume') : labelWith(t, 'menu.resume', shop);
  if ('draft' in goOn) return primary(label, 'promotion.resume', { draft: goOn.draft });
  if ('task' in goOn) return primary(label, 'inspection.open', { task: goOn.task });
  return primary(label, 'review.open', { item: goOn.item });
}

/** `Now: Baan Coffee · Cashier 1.`, what is wanted there, and how its photo is taken where that is said. */
function hereLines(t: T, { shop, spot, wants }: HelpHere): string[] {
  const named = shop === '' ? t('movePhoto.unnamed') : shorten(shop, SHOP);
  const place = [named, ...(spot === undefined ? [] : [spotName(t, spot)])].join(' · ');
  const [first] = wants.kind === 'photos' ? wants.slots : [];
  const how = first === undefined ? [] : slotHow(t, first).slice(0, 1);
  return [markdownText(t, 'help.now', { place, wants: wantsText(t, wants) }), ...how];
}

function wantsText(t: T, wants: HelpWants): string {
  if (wants.kind === 'form') return t('help.wants.form', { step: stepName(t, wants.step) });
  if (wants.kind !== 'photos') return t(WANTS[wants.kind]);
  const photos = wants.slots.map((slot) =>
    wants.slots.length > 1 ? slotName(t, slot) : photoShows(t, wants.product, slot),
  );
  return t('help.wants.photos', { photos: shortList(t.language, photos) });
}
