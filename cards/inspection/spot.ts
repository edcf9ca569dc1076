import type { CodeComparison } from '../../src/inspection/slots.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { beside } from './front.ts';
import { type InspectedSpot, type InspectionJob, inspectedSpotName, inspectionHead, lastNote } from './job.ts';

export interface SpotCheckModel {
  readonly job: InspectionJob;
  readonly spotRef: string;
  readonly spot: InspectedSpot;
  /** Whether a code stands there: a Primary POSM has none. */
  readonly hasCode: boolean;
  readonly submitted?: string | undefined;
  readonly found?: string | undefined;
  readonly code: CodeComparison;
  /** What was said of it already, as long as its photo is missing. */
  readonly said?: 'good' | 'problem' | 'missing' | undefined;
}

/** *Cashier 1*: the submitted photo, a photo of now beside it, the code compared; one tap when it is good. */
export function spotCheck(model: SpotCheckModel, t: T): CardView {
  const { job, spotRef, spot, submitted, found, code } = model;
  const good = (found !== undefined && code.kind !== 'other' ? primary : plain)(t('button.good'), 'inspection.good', {
    spot: spotRef,
  });
  const problem = (code.kind === 'other' ? primary : plain)(t('button.problem'), 'inspection.part', {
    part: `problem:${spotRef}`,
  });
  const notes = job.notes.filter((note) => note.code !== 'photoKept');
  return {
    ...inspectionHead(t, job, inspectedSpotName(t, spot)),
    body: [
      ...lastNote(t, { ...job, notes }),
      ...(found === undefined
        ? [t(askFor(model))]
        : [codeLine(t, code), t(submitted === undefined ? 'inspection.compare' : 'inspection.compareTwo')]),
    ],
    captures: found === undefined,
    images: beside(t, submitted, found),
    actions: [
      ...(code.kind === 'other' ? [problem, good] : [good, problem]),
      plain(t('button.cannotInspect'), 'inspection.part', { part: 'cannot' }),
      menuButton(t),
    ],
  };
}

function askFor({ said, hasCode }: SpotCheckModel) {
  if (said === 'missing') return 'inspection.sendPlace';
  if (said !== undefined) return 'inspection.photoMissing';
  return hasCode ? 'inspection.sendCode' : 'inspection.sendDisplay';
}

function codeLine(t: T, code: CodeComparison): string {
  switch (code.kind) {
    case 'same':
      return markdownText(t, 'inspection.codeSame', { code: code.short });
    case 'other':
      return markdownText(t, 'inspection.codeOther', { code: code.short, submitted: code.submitted });
    case 'unread':
      return markdownText(t, 'inspection.codeUnread', { submitted: code.submitted });
    case 'noPhoto':
    case 'noneSubmitted':
      return t('photo.kept');
  }
}
