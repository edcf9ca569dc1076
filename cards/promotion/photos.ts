import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { backButton, menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { newPhoto, photoInLine, photoNext, photoReplaces, photoShows } from '../vocabulary.ts';
import { cancelButtons, type JobModel, jobHead, type NoteModel, noteLines } from './job.ts';

export interface SpotPhotosModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  /** The pictures that are needed, in the order in which they are told apart where no code does it. */
  readonly photos: readonly SpotPhoto[];
  /** Whether the product has codes: then the picture in which one is read is told by it. */
  readonly readsCode: boolean;
  /** The last four of the codes that were read or typed (`shortOf`). */
  readonly codeEnd?: string | undefined;
  /** How many codes are still to be read or typed. */
  readonly codesLeft: number;
  /** Opened again: what is kept can be replaced, and there is somewhere to go back to. */
  readonly reopened: boolean;
  /** Opened again with nothing missing: the one that a new picture replaces, unless its code tells. */
  readonly replaces?: SlotName | undefined;
}

interface SpotPhoto {
  readonly slot: SlotName;
  readonly kept: boolean;
  /** A code is to be read in it, and was not. */
  readonly unread: boolean;
  /** What opens it alone, where a new picture would replace another one. */
  readonly place?: string | undefined;
}

const NUMBERS = ['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'];

/** *Cashier 1*: its pictures, told apart by the code in one of them, or by their order. */
export function spotPhotos(model: SpotPhotosModel, t: T): CardView {
  const { job, spot, photos, codeEnd, readsCode, reopened } = model;
  return {
    ...jobHead(t, job, spot),
    captures: true,
    body: [
      ...noteLines(t, { ...job, notes: job.notes?.filter((note) => isNews(note, photos)) ?? [] }),
      ...(codeEnd === undefined ? [] : [markdownText(t, 'photos.code', { code: codeEnd })]),
      ...asked(model, t),
    ],
    actions: [
      ...(isComplete(model) ? [primary(t('button.next'), 'promotion.leave')] : []),
      ...(readsCode ? [plain(t('button.typeCode'), 'promotion.typeCode')] : []),
      ...photos.flatMap(({ slot, place }) =>
        place === undefined ? [] : [plain(newPhoto(t, slot), 'promotion.open', { place })],
      ),
      ...(reopened ? [backButton(t)] : wayOut(t, job)),
      menuButton(t),
    ],
  };
}

function wayOut(t: T, job: JobModel): CardAction[] {
  const cancel = cancelButtons(t, job);
  return cancel.length > 0 ? cancel : [plain(t('button.skipSpot'), 'promotion.skipSpot')];
}

/** Which of the pictures are kept stands below anyway. */
function isNews({ code, slot }: NoteModel, photos: SpotPhotosModel['photos']): boolean {
  return code !== 'photoKept' || !photos.some((photo) => photo.slot === slot);
}

/** Opened again with nothing missing: one may go on without a new picture. */
function isComplete({ photos, codesLeft }: SpotPhotosModel): boolean {
  return photos.every(({ kept }) => kept) && codesLeft === 0;
}

function asked(model: SpotPhotosModel, t: T): string[] {
  const { photos, readsCode, codeEnd, codesLeft, job, replaces } = model;
  const { product } = job;
  const missing = photos.find(({ kept }) => !kept);
  if (photos.length > 1 && photos.every(({ kept }) => !kept)) {
    const listed = photos.map(({ slot }, index) => `${NUMBERS[index]} ${photoShows(t, product, slot)}`);
    return [t(readsCode ? 'photos.anyOrder' : 'photos.inOrder', { count: photos.length }), ...listed];
  }
  const isThere = ({ kept, unread }: SpotPhoto): boolean => kept && !unread;
  const has = photos.map((photo) => `${isThere(photo) ? '✓' : '○'} ${photoInLine(t, product, photo.slot)}`).join('  ');
  if (isComplete(model)) return [has, replaces === undefined ? t('photo.replace') : photoReplaces(t, replaces)];
  if (missing !== undefined) return [has, photoNext(t, product, missing.slot)];
  const isSaid = job.notes?.some(({ code }) => code === 'codeUnreadable');
  if (isSaid) return [has];
  return [has, codeEnd === undefined ? t('photos.codeMissing') : t('photos.codesMissing', { count: codesLeft })];
}
