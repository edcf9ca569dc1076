import { plain } from '../buttons.ts';
import { sentences } from '../short-list.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';
import { doubtLine, type PartModel } from './parts.ts';
import { fixButton } from './summary.ts';

export interface ConfirmDoubtsModel {
  readonly job: JobModel;
  /** The parts that may fail, at least one. */
  readonly doubts: readonly PartModel[];
}

const NAMED = 2;

/** *Submit with 1 doubt?* */
export function confirmDoubts({ job, doubts }: ConfirmDoubtsModel, t: T): CardView {
  const [first] = doubts;
  return {
    ...jobHead(t, job, 'place.summary'),
    body: [
      ...noteLines(t, job),
      sentences(t.language, [t('doubts.question', { count: doubts.length }), t('doubts.modify')]),
      ...doubts.slice(0, NAMED).map((part) => doubtLine(t, job.product, part)),
    ],
    actions: [
      ...(first === undefined ? [] : [fixButton(t, first, true)]),
      plain(t('button.submitAnyway'), 'promotion.submitAnyway'),
      plain(t('button.back'), 'promotion.back'),
    ],
  };
}
