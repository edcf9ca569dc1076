import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { backButton, menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, type NoteModel, noteLines } from './job.ts';

export interface CodeAndPhotosModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  /** Which of the two pictures are kept. */
  readonly counter: boolean;
  readonly closeUp: boolean;
  /** The last four of the code, once it was read or typed. */
  readonly codeEnd?: string;
  /** Opened again: what is kept can be replaced, and there is somewhere to go back to. */
  readonly reopened: boolean;
}

/** *Cashier 1*: two pictures, in any order; the one in which a code is read is the close-up. */
export function codeAndPhotos(model: CodeAndPhotosModel, t: T): CardView {
  const { job, spot, codeEnd, reopened } = model;
  return {
    ...jobHead(t, job, spot),
    body: [
      ...noteLines(t, { ...job, notes: job.notes?.filter(isNews) ?? [] }),
      ...(codeEnd === undefined ? [] : [markdownText(t, 'photos.code', { code: codeEnd })]),
      ...asked(model, t),
    ],
    actions: [
      ...(isComplete(model) ? [primary(t('button.next'), 'promotion.leave')] : []),
      plain(t('button.typeCode'), 'promotion.typeCode'),
      reopened ? backButton(t) : plain(t('button.skipSpot'), 'promotion.skipSpot'),
      menuButton(t),
    ],
  };
}

/** Which of the two pictures are kept stands below anyway. */
function isNews({ code, slot }: NoteModel): boolean {
  return code !== 'photoKept' || (slot !== 'context' && slot !== 'closeup');
}

/** Opened again with nothing missing: one may go on without a new picture. */
function isComplete({ counter, closeUp, codeEnd }: CodeAndPhotosModel): boolean {
  return counter && closeUp && codeEnd !== undefined;
}

function asked(model: CodeAndPhotosModel, t: T): string[] {
  const { counter, closeUp, codeEnd, job } = model;
  if (!counter && !closeUp) return [t('photos.both'), t('photos.counter'), t('photos.closeUp')];
  const isRead = closeUp && codeEnd !== undefined;
  const has = t('photos.has', { counter: counter ? '✓' : '✗', closeUp: isRead ? '✓' : '✗' });
  if (isComplete(model)) return [has, t('photo.replace')];
  if (!counter) return [has, t('photos.counterNext')];
  if (!closeUp) return [has, t('photos.closeUpNext')];
  const isSaid = job.notes?.some(({ code }) => code === 'codeUnreadable');
  return isSaid ? [has] : [has, t('photos.codeMissing')];
}
