import { plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type InspectedSpot, type InspectionJob, inspectedSpotName, inspectionHead, wayOut } from './job.ts';

export interface FindingFormModel {
  readonly job: InspectionJob;
  readonly kind: 'differs' | 'problem' | 'cannot';
  /** Of a problem. */
  readonly spot?: InspectedSpot | undefined;
  readonly form: Omit<FormModel, 'step'>;
  /** It was said before that it cannot be inspected: that can be taken back. */
  readonly takesBack: boolean;
}

const TEXTS: Readonly<Record<FindingFormModel['kind'], { readonly title: TextKey; readonly ask: TextKey }>> = {
  differs: { title: 'inspection.title.differs', ask: 'inspection.ask.differs' },
  problem: { title: 'inspection.title.problem', ask: 'inspection.ask.problem' },
  cannot: { title: 'inspection.title.cannot', ask: 'inspection.ask.cannot' },
};

/** What differs, what is wrong, or why it cannot be inspected: one choice, and a note if there is more to say. */
export function findingForm({ job, kind, spot, form, takesBack }: FindingFormModel, t: T): CardView {
  const asked = { ...form, step: kind };
  const title = spot === undefined ? t(TEXTS[kind].title) : inspectedSpotName(t, spot);
  return {
    ...inspectionHead(t, job, title),
    body: [...problemLines(t, asked), t(TEXTS[kind].ask)],
    form: formOf(t, asked, 'inspection.answer', t('button.next')),
    actions: [
      ...(takesBack ? [plain(t('button.inspectAfterAll'), 'inspection.afterAll')] : []),
      ...(kind === 'cannot' ? [plain(t('button.giveBack'), 'inspection.giveBack')] : []),
      ...wayOut(t),
    ],
  };
}
