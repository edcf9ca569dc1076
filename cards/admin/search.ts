import { type FieldModel, formOf } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

export const SEARCH_FIELDS = [
  { name: 'find', type: 'text', required: true, maxLength: 60 },
] as const satisfies readonly FieldModel[];

/** Looks for a person of the team. */
export function search(_model: object, t: T): CardView {
  return {
    title: t('search.title'),
    form: formOf(t, { step: 'search', fields: SEARCH_FIELDS, values: {} }, 'team.find', t('button.search')),
    actions: [teamButton(t)],
  };
}
