import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { Weakness } from '../../src/flow/codes.ts';
import { menuButton, plain } from '../buttons.ts';
import { WEAKNESS_TEXTS } from '../notes.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { slotName } from '../vocabulary.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

/** A picture that was kept, but may not pass. */
export interface WeakPhotoModel {
  readonly job: JobModel;
  readonly slot: SlotName;
  /** At least one; the first is told. */
  readonly weaknesses: readonly Weakness[];
}

/** *A bit dark*: it stays, or a better one is simply sent; a code that could not be read in it can be typed. */
export function weakPhoto({ job, slot, weaknesses: [why = 'dark'] }: WeakPhotoModel, t: T): CardView {
  const isUnread = job.notes?.some(({ code }) => code === 'codeUnreadable') ?? false;
  return {
    ...jobHead(t, job, job.spot ?? { slot }),
    tag: { text: `! ${slotName(t, slot)}`, tone: 'warning' },
    body: [...noteLines(t, job), t(WEAKNESS_TEXTS[why]), t('weak.better')],
    actions: [
      plain(t('button.keep'), 'promotion.keepPhoto'),
      ...(isUnread ? [plain(t('button.typeCode'), 'promotion.typeCode')] : []),
      menuButton(t),
    ],
  };
}
