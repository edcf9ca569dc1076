import { backButton, danger, plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';
import { type PartModel, partName } from './parts.ts';

export interface ChangeListModel {
  readonly job: JobModel;
  readonly parts: readonly PartModel[];
  /** False once the shop has as many spots as it may have. */
  readonly canAddSpot: boolean;
}

/** *Change…*: a button for each part, one to add a spot, one to give up. */
export function changeList({ job, parts, canAddSpot }: ChangeListModel, t: T): CardView {
  return {
    ...jobHead(t, job, 'place.change'),
    body: [...noteLines(t, job), t('change.which')],
    actions: [
      ...parts.map((part) => plain(shorten(partName(t, part), 30), 'promotion.open', { place: part.place })),
      ...(canAddSpot ? [plain(t('button.addSpot'), 'promotion.addSpot')] : []),
      ...(job.modifies === undefined ? [danger(t('button.discard'), 'promotion.discard')] : cancelButtons(t, job)),
      backButton(t),
    ],
  };
}
