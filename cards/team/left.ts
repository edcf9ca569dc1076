import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface LeftModel {
  /** Empty where the ISO does not know it any more. */
  readonly name: string;
  readonly iso: string;
}

/** *Somebody has left*: a record for each admin of the ISO; where to is not said. */
export function left({ name, iso }: LeftModel, t: T): CardView {
  const who = { name: shorten(name, 24), iso: shorten(iso, 20), named: name === '' ? 'no' : 'yes' };
  return { title: t('left.title'), body: [markdownText(t, 'left.who', who), t('left.work')], actions: [] };
}
