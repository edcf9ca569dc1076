import { GIVE_BACK_REASONS } from '../../src/domain/give-back.ts';
import { plain } from '../buttons.ts';
import { type FieldModel, formOf } from '../form.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export const GIVE_BACK_FIELDS = [
  { name: 'giveBack', type: 'choice', required: true, options: GIVE_BACK_REASONS },
] as const satisfies readonly FieldModel[];

export interface GiveBackModel {
  readonly shop: string;
}

/** *Give back?*: why somebody else is to inspect it. */
export function giveBackForm({ shop }: GiveBackModel, t: T): CardView {
  const form = { step: 'giveBack', fields: GIVE_BACK_FIELDS, values: {} };
  return {
    title: t('giveBack.title'),
    body: [markdownText(t, 'giveBack.what', { shop: shorten(shop, 24) }), t('giveBack.kept')],
    form: formOf(t, form, 'inspection.giveBackSure', t('button.giveBack')),
    actions: [plain(t('button.back'), 'inspection.goOn')],
  };
}
