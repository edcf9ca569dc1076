import { EXPORT_PERIODS } from '../../src/domain/export-state.ts';
import { LIST_NAMES } from '../../src/domain/list-names.ts';
import { plain } from '../buttons.ts';
import { type FieldModel, formOf } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

export const LIST_FIELDS = [
  { name: 'list', type: 'choice', options: LIST_NAMES, required: true },
  { name: 'time', type: 'choice', options: EXPORT_PERIODS, required: true },
] as const satisfies readonly FieldModel[];

/** *Lists as files*: which list, and of which time. */
export function lists(_model: object, t: T): CardView {
  const values = { list: LIST_NAMES[0], time: EXPORT_PERIODS[0] };
  return {
    title: t('button.lists'),
    body: [t('takeList.how'), t('takeList.without'), t('takeList.closes')],
    form: formOf(t, { step: 'takeList', fields: LIST_FIELDS, values }, 'team.takeList', t('button.getFile')),
    actions: [plain(t('button.cameIn'), 'team.cameIn'), teamButton(t)],
  };
}
