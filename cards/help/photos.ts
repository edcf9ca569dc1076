import type { SlotName } from '../../src/domain/flows/definition.ts';
import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { slotExample } from '../vocabulary.ts';

export interface PhotoTipsModel {
  /** Pictures of the programme that show a photo as it should be, each once. */
  readonly examples: readonly { readonly slot: SlotName; readonly example: string }[];
}

/** *Photo tips*: what makes a photo pass, with examples. */
export function photoTips({ examples }: PhotoTipsModel, t: T): CardView {
  return {
    title: t('button.photoTips'),
    body: [t('photoTips.light'), t('photoTips.still'), t('photoTips.code')],
    images: examples.map(({ slot, example }) => ({ kind: 'example', name: example, alt: slotExample(t, slot) })),
    actions: [plain(t('button.help'), 'help.open'), menuButton(t)],
  };
}
