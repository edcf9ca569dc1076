import type { Product } from '../../src/domain/products.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { backButton, menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { cancelButtons, type JobModel, jobHead, type NoteModel, noteLines } from './job.ts';

export interface SpotPhotosModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  /** Which of the two pictures are kept. */
  readonly counter: boolean;
  readonly closeUp: boolean;
  /** Whether the product has codes: then the picture in which one is read is the close-up. */
  readonly readsCode: boolean;
  /** The last four of the code, once it was read or typed. */
  readonly codeEnd?: string | undefined;
  /** Opened again: what is kept can be replaced, and there is somewhere to go back to. */
  readonly reopened: boolean;
  /** Opened again with nothing missing: the one that a new picture replaces, unless its code tells. */
  readonly replaces?: 'context' | 'closeup' | undefined;
  /** What opens the close-up alone, where a new picture would replace the other one. */
  readonly closeUpPlace?: string | undefined;
}

const TEXTS = {
  MARKETING_CODE: {
    both: 'photos.both.MARKETING_CODE',
    counter: 'photos.counter.MARKETING_CODE',
    closeUp: 'photos.closeUp.MARKETING_CODE',
    has: 'photos.has.MARKETING_CODE',
    counterNext: 'photos.counterNext.MARKETING_CODE',
    closeUpNext: 'photos.closeUpNext.MARKETING_CODE',
  },
  PRIMARY_POSM: {
    both: 'photos.both.PRIMARY_POSM',
    counter: 'photos.counter.PRIMARY_POSM',
    closeUp: 'photos.closeUp.PRIMARY_POSM',
    has: 'photos.has.PRIMARY_POSM',
    counterNext: 'photos.counterNext.PRIMARY_POSM',
    closeUpNext: 'photos.closeUpNext.PRIMARY_POSM',
  },
} as const satisfies Readonly<Record<Product, Readonly<Record<string, TextKey>>>>;

const REPLACES: Readonly<Record<NonNullable<SpotPhotosModel['replaces']>, TextKey>> = {
  context: 'photos.replaces.context',
  closeup: 'photos.replaces.closeup',
};

/** *Cashier 1*: two pictures, told apart by the code in one of them, or by their order. */
export function spotPhotos(model: SpotPhotosModel, t: T): CardView {
  const { job, spot, codeEnd, readsCode, reopened, closeUpPlace } = model;
  return {
    ...jobHead(t, job, spot),
    body: [
      ...noteLines(t, { ...job, notes: job.notes?.filter(isNews) ?? [] }),
      ...(codeEnd === undefined ? [] : [markdownText(t, 'photos.code', { code: codeEnd })]),
      ...asked(model, t),
    ],
    actions: [
      ...(isComplete(model) ? [primary(t('button.next'), 'promotion.leave')] : []),
      ...(readsCode ? [plain(t('button.typeCode'), 'promotion.typeCode')] : []),
      ...(closeUpPlace === undefined ? [] : [plain(t('button.newCloseUp'), 'promotion.open', { place: closeUpPlace })]),
      ...(reopened ? [backButton(t)] : wayOut(t, job)),
      menuButton(t),
    ],
  };
}

function wayOut(t: T, job: JobModel): CardAction[] {
  const cancel = cancelButtons(t, job);
  return cancel.length > 0 ? cancel : [plain(t('button.skipSpot'), 'promotion.skipSpot')];
}

/** Which of the two pictures are kept stands below anyway. */
function isNews({ code, slot }: NoteModel): boolean {
  return code !== 'photoKept' || (slot !== 'context' && slot !== 'closeup');
}

/** Opened again with nothing missing: one may go on without a new picture. */
function isComplete({ counter, closeUp, readsCode, codeEnd }: SpotPhotosModel): boolean {
  return counter && closeUp && (!readsCode || codeEnd !== undefined);
}

function asked(model: SpotPhotosModel, t: T): string[] {
  const { counter, closeUp, readsCode, codeEnd, job, replaces } = model;
  const texts = TEXTS[job.product];
  if (!counter && !closeUp) return [t(texts.both), t(texts.counter), t(texts.closeUp)];
  const isCloseUp = closeUp && (!readsCode || codeEnd !== undefined);
  const has = t(texts.has, { counter: counter ? '✓' : '✗', closeUp: isCloseUp ? '✓' : '✗' });
  if (isComplete(model)) return [has, t(replaces === undefined ? 'photo.replace' : REPLACES[replaces])];
  if (!counter) return [has, t(texts.counterNext)];
  if (!closeUp) return [has, t(texts.closeUpNext)];
  const isSaid = job.notes?.some(({ code }) => code === 'codeUnreadable');
  return isSaid ? [has] : [has, t('photos.codeMissing')];
}
