import type { Product, SlotName, StepId } from '../src/domain/flows/definition.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../src/domain/languages.ts';
import type { SpotLabel } from '../src/domain/spot-label.ts';
import { labelWith, menuButton, plain, primary } from './buttons.ts';
import { markdownText } from './markdown.ts';
import { shortList } from './short-list.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardView } from './view.ts';
import { photoShows, slotHow, slotName, spotName, stepName } from './vocabulary.ts';

/** What the work at hand waits for. */
export type HelpWants =
  | { readonly kind: 'photos'; readonly product: Product; readonly slots: readonly SlotName[] }
  | { readonly kind: 'form'; readonly step: StepId }
  | { readonly kind: 'code' | 'choice' | 'payments' | 'check' | 'front' | 'spotPhoto' | 'reason' };

export interface HelpHere {
  /** Empty where the shop has no name yet. */
  readonly shop: string;
  readonly spot?: SpotLabel | undefined;
  readonly wants: HelpWants;
  /** Of a promotion: the draft to go on with. */
  readonly draft?: string | undefined;
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

const WANTS: Readonly<Record<Exclude<HelpWants['kind'], 'photos' | 'form'>, TextKey>> = {
  code: 'help.wants.code',
  choice: 'help.wants.choice',
  payments: 'help.wants.payments',
  check: 'help.wants.check',
  front: 'help.wants.front',
  spotPhoto: 'help.wants.spotPhoto',
  reason: 'help.wants.reason',
};

const SHOP = 14;

/** *Help*: what the work at hand waits for, the words that always work, and whom to ask. */
export function help({ admin, canAsk = false, former = false, iso, here }: HelpModel, t: T): CardView {
  const words = { menu: t('word.menu'), back: t('word.back') };
  const others = LANGUAGES.filter((language) => language !== t.language).map((language) => LANGUAGE_NAMES[language]);
  return {
    title: t('help.title'),
    body: [
      ...(here === undefined ? [] : hereLines(t, here)),
      t('help.words', words),
      ...(here === undefined ? [t('help.languages', { names: others.join(' · ') })] : []),
      ...(admin === undefined ? [] : [markdownText(t, 'help.admin', { name: admin })]),
    ],
    actions: [
      ...(here?.draft === undefined
        ? []
        : [primary(resumeLabel(t, here.shop), 'promotion.resume', { draft: here.draft })]),
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

function resumeLabel(t: T, shop: string): string {
  return shop === '' ? t('button.goOn') : labelWith(t, 'menu.resume', shop);
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
