import { plain } from '../buttons.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type InspectionJob, inspectionHead, wayOut } from './job.ts';
import { type InspectionPart, keyOf, nameOf } from './parts.ts';

export interface ChangePartsModel extends PageModel {
  readonly job: InspectionJob;
  readonly parts: readonly InspectionPart[];
  /** Whether a tool was chosen that can be chosen anew. */
  readonly tool: boolean;
}

/** `Change…`: every part that was done, six a page. */
export function changeParts(model: ChangePartsModel, t: T): CardView {
  const { job, parts, tool } = model;
  return {
    ...inspectionHead(t, job, t('place.change')),
    body: [t('change.which')],
    actions: [
      ...parts.map((part) => plain(nameOf(t, part), 'inspection.part', { part: keyOf(part) })),
      ...(tool ? [plain(t('button.paymentTool'), 'inspection.part', { part: 'tool' })] : []),
      ...pageButtons(t, model, 'inspection.part', { part: 'change' }),
      ...wayOut(t),
    ],
    ...pageNote(t, model),
  };
}
