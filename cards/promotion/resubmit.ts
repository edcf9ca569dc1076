import type { FieldName, SlotName, StepId } from '../../src/domain/flows/definition.ts';
import { menuButton, plain, primary, seePhotosButton } from '../buttons.ts';
import { type FieldModel, shownAnswer } from '../form.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { type CardImage, type CardView, sideBySide } from '../view.ts';
import { fieldLabel, slotName } from '../vocabulary.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';
import { blockedLine, doubtLine, type PartModel, waitingLines } from './parts.ts';
import { fixButton } from './summary.ts';

/** An answer as it was and as it is now. */
export interface ChangedAnswer {
  readonly step: StepId;
  readonly field: Pick<FieldModel, 'name' | 'type' | 'label' | 'options'> & { readonly name: FieldName };
  readonly was: string;
  readonly is: string;
}

export interface ChangedPhoto {
  readonly slot: SlotName;
  /** Content hashes. */
  readonly was?: string | undefined;
  readonly is: string;
}

export interface ResubmitModel {
  readonly job: JobModel;
  readonly answers: readonly ChangedAnswer[];
  readonly photos: readonly ChangedPhoto[];
  /** The last four of the codes that went and came. */
  readonly codes: readonly { readonly was: string; readonly is: string }[];
  readonly canResubmit: boolean;
  /** The first part that keeps it from being sent. */
  readonly blocking?: PartModel | undefined;
  /** The first part with a photo that is being checked. */
  readonly waiting?: PartModel | undefined;
  /** The first part that may fail again. */
  readonly doubt?: PartModel | undefined;
}

const VALUE = 40;

/** *Modify · Door*, in the end: old beside new. */
export function resubmit(model: ResubmitModel, t: T): CardView {
  const { job, blocking, doubt } = model;
  const hasPairs = model.photos.some(({ was }) => was !== undefined);
  const { note: _note, ...head } = jobHead(t, job, 'place.summary');
  return {
    ...head,
    body: [
      ...noteLines(t, job),
      ...(doubt === undefined ? [] : [doubtLine(t, job.product, doubt)]),
      ...ready(model, t),
      ...(hasPairs ? [t('resubmit.photos')] : []),
    ],
    facts: facts(model, t),
    images: model.photos.map((photo) => pair(photo, t)),
    actions: [
      ...(model.canResubmit ? [primary(t('button.resubmit'), 'review.resubmit')] : []),
      ...(blocking === undefined ? [] : [fixButton(t, blocking, true)]),
      plain(t('button.change'), 'promotion.change'),
      ...(model.photos.length > 0 ? [seePhotosButton(t)] : []),
      ...cancelButtons(t, job),
      menuButton(t),
    ],
  };
}

function ready({ job, canResubmit, blocking, waiting }: ResubmitModel, t: T): string[] {
  if (blocking !== undefined) return [blockedLine(t, job.product, blocking)];
  if (waiting !== undefined) return waitingLines(t, waiting);
  return [t(canResubmit ? 'resubmit.ready' : 'resubmit.nothing')];
}

function facts({ answers, codes }: ResubmitModel, t: T): NonNullable<CardView['facts']> {
  const said = (text: string): string => shorten(text === '' ? '–' : text, VALUE);
  return [
    ...answers.map(({ step, field, was, is }) => ({
      label: fieldLabel(t, step, field),
      value: t('resubmit.change', { was: said(shownAnswer(t, field, was)), is: said(shownAnswer(t, field, is)) }),
    })),
    ...codes.map(({ was, is }) => ({
      label: fieldLabel(t, 'typeCode', { name: 'code' }),
      value: t('resubmit.change', { was: `…${was}`, is: `…${is}` }),
    })),
  ];
}

function pair({ slot, was, is }: ChangedPhoto, t: T): CardImage {
  const photo = slotName(t, slot);
  const now = t('resubmit.now', { photo });
  if (was === undefined) return { kind: 'photo', sha256: is, alt: now };
  return sideBySide(shortList(t.language, [t('resubmit.before', { photo }), now]), [was, is]);
}
